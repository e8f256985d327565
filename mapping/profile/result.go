package profile

import "importer/mapping"

// The least that makes a value of a person's own many people's: it is no sign of one person then, but a word such as "Test".
const (
	leastCells   = 3
	leastPercent = 1
)

// Fields returns what was read, in job-file order, with cells and values in clear.
func (p *Profile) Fields() []Field {
	notes := map[string][]Note{}
	for _, n := range p.mapper.Notes() {
		notes[n.Field] = append(notes[n.Field], Note{n.Code, n.Cells, n.Seen})
	}
	list := make([]Field, len(p.fields))
	for i, f := range p.fields {
		list[i] = f.result()
		list[i].Notes = notes[f.name]
	}
	return list
}

// Masked returns what [Profile.Fields] does, as it may be kept in a file.
func (p *Profile) Masked() []Field {
	list := p.Fields()
	for i, f := range p.fields {
		list[i] = Masked(list[i], f.reading)
	}
	return list
}

func (f *field) result() Field {
	r := Field{Name: f.name, Columns: f.columns, Filled: f.filled, Empty: f.empty, Invalid: f.invalid, Earliest: f.earliest, Latest: f.latest}
	r.Distinct, r.Over = f.values.different()
	if f.filled > 0 {
		r.Shortest, r.Longest = &f.shortest, &f.longest
	}
	if f.hidden {
		return r
	}
	f.group(&r)
	r.Top = f.values.top(f.leastTop())
	r.Changes, r.Samples = f.changes.counts(), f.changes.samples()
	if f.shapes != nil {
		r.Usual, r.Odd, r.OddMore = f.shapes.odd()
	}
	r.Suspicious = f.suspects.list()
	return r
}

// group sets the counts by decade, country or domain.
func (f *field) group(r *Field) {
	if f.groups == nil {
		return
	}
	list := f.groups.top(1)
	switch f.kind {
	case mapping.CalendarDate:
		for i := range list {
			list[i].Text += "0s"
		}
		r.Decades = list
	case mapping.Phone:
		r.Countries = list
	case mapping.EmailAddress:
		r.Domains = list
	}
}

// leastTop is how many cells a value needs to be told as frequent.
func (f *field) leastTop() int64 {
	if f.reading.Privacy() != mapping.Plain {
		return max(leastCells, (f.filled*leastPercent+99)/100)
	}
	if n, _ := f.values.different(); n <= maxTop {
		return 1
	}
	return 2
}
