package suggest

import (
	"cmp"
	"slices"

	"importer/mapping"
)

// margin is how much better the best column must be than the next for it to be chosen without asking.
const margin Score = 0.035

// Propose finds a mapping for the sample's header. It always succeeds: what it cannot tell, it asks or leaves out.
func Propose(s *Sample, o Options) *Proposal {
	p := &Proposal{opts: o, header: slices.Clone(s.header)}
	p.rows, _ = s.Rows()
	columns := newColumns(s)
	for _, c := range columns {
		weighContent(c)
	}
	byOtherColumns(columns)
	streets(columns)
	states(columns)
	oneAddress(columns)
	a := assignment{columns: columns, taken: map[int]mapping.Field{}, chosen: map[mapping.Field]*column{}}
	wants := wanted(o.Fields)
	a.assign(wants)
	w := writing{hints: countryHints(columns), columns: columns}
	for _, want := range wants {
		p.Choices = append(p.Choices, a.choice(want, &w))
	}
	p.settle(columns)
	p.try(s)
	return p
}

// wanted lists what the vendor can use in catalogue order, each field once.
func wanted(fields []Want) []Want {
	var all []Want
	for _, f := range mapping.Fields() {
		i := slices.IndexFunc(fields, func(w Want) bool { return w.Field == f })
		switch {
		case fields == nil:
			all = append(all, Want{Field: f})
		case i >= 0:
			all = append(all, fields[i])
		}
	}
	return all
}

// rank lists the columns that may be the field, best first.
func rank(columns []*column, f mapping.Field) []*column {
	var ranked []*column
	for _, c := range columns {
		if c.best(f) >= Possible && !c.duplicate {
			ranked = append(ranked, c)
		}
	}
	slices.SortStableFunc(ranked, func(a, b *column) int { return cmp.Compare(b.rank(f), a.rank(f)) })
	return ranked
}

// rank is the score with what makes one of several right columns the better one.
func (c *column) rank(f mapping.Field) Score {
	r := c.best(f)
	if f.Kind() == mapping.Phone && c.named.mobile {
		r += 0.09
	}
	if f.Kind() == mapping.Phone && len(c.named.words) == 1 {
		r += 0.04 // called by the plain word
	}
	if c.named.place() == "" {
		r += 0.04
	}
	for _, b := range better {
		if b.field == f || b.field == mapping.NoField {
			if c.named.has(b.words...) && !(f.Kind() == mapping.Phone && c.ofDefaultAddress()) {
				r += 0.04
			}
		}
	}
	if c.content.rows > 0 && c.content.filled*10 < c.content.rows {
		r -= 0.05 // nearly empty: a fuller one is the better one
	}
	return r
}

// ofDefaultAddress reports a column of the one of a person's addresses that a shop takes first: the number of whoever receives parcels there.
func (c *column) ofDefaultAddress() bool {
	return c.named.has("default") && slices.ContainsFunc(c.named.words, func(w string) bool { return columnWords("words").Has("address", w) })
}

// better words mark the better one of several columns that are all right. Never changed.
var better = []struct {
	field mapping.Field // NoField: any
	words []string
}{
	{mapping.NoField, []string{"primary", "main", "default", "preferred"}},
	{mapping.Newsletter, []string{"newsletter", "nieuwsbrief", "boletin", "biuletyn"}},
	{mapping.Country, []string{"code", "iso", "iso2"}}, // codes cannot be misread
	{mapping.AddressState, []string{"code", "iso"}},
	{mapping.AddressState, []string{"province", "provincia", "bundesland"}}, // `estado` is also a status
}

// assignment gives each column to at most one field.
type assignment struct {
	columns []*column
	taken   map[int]mapping.Field // by column
	chosen  map[mapping.Field]*column
}

// assign lets the fields choose, the surest first.
func (a *assignment) assign(wants []Want) {
	scores := map[mapping.Field]Score{}
	for _, w := range wants {
		if ranked := rank(a.columns, w.Field); len(ranked) > 0 {
			scores[w.Field] = ranked[0].best(w.Field)
		}
	}
	surest := func(x, y Want) int { return cmp.Compare(scores[y.Field], scores[x.Field]) }
	for _, w := range slices.SortedStableFunc(slices.Values(wants), surest) {
		if best := a.clear(w.Field); best != nil {
			a.chosen[w.Field] = best
			a.taken[best.at] = w.Field
		}
	}
	a.share(wants)
}

// clear is the column that is the field for certain, with no other close behind; nil when there is none.
func (a *assignment) clear(f mapping.Field) *column {
	var free []*column
	for _, c := range rank(a.columns, f) {
		if _, taken := a.taken[c.at]; !taken {
			free = append(free, c)
		}
	}
	if len(free) == 0 || free[0].best(f) < Certain {
		return nil
	}
	if len(free) > 1 && free[1].best(f) >= Certain && free[0].rank(f)-free[1].rank(f) < margin && !sameCells(free[0], free[1]) {
		return nil
	}
	return free[0]
}

// sameCells reports two columns whose cells were all the same: either will do.
func sameCells(a, b *column) bool {
	return a.content.filled > 0 && a.content.filled == b.content.filled && slices.Equal(a.content.order, b.content.order)
}

// share gives an address's fields the person's columns where they are required and have none of their own.
func (a *assignment) share(wants []Want) {
	for _, w := range wants {
		person, isTwin := twins[w.Field]
		if !isTwin || !w.Required || a.chosen[w.Field] != nil {
			continue
		}
		if c := a.chosen[person]; c != nil {
			a.chosen[w.Field] = c
		} else if c := a.clear(person); c != nil {
			a.chosen[w.Field] = c
			a.taken[c.at] = w.Field
		}
	}
}

// choice says what is proposed for one field, and what else was considered.
func (a *assignment) choice(want Want, w *writing) Choice {
	f := want.Field
	choice := Choice{Want: want}
	chosen := a.chosen[f]
	if chosen != nil {
		w.write(&choice, chosen)
	}
	for _, c := range rank(a.columns, f) {
		if c == chosen {
			continue
		}
		if by, taken := a.taken[c.at]; taken && by != f && c.best(f) < Certain {
			continue // it is something else, and only perhaps this
		}
		if len(choice.Candidates) < 4 {
			choice.Candidates = append(choice.Candidates, Candidate{c.at, c.name, min(c.best(f), 1), c.fields[f].reasons})
		}
	}
	if chosen == nil {
		a.ask(&choice, w)
		choice.generate()
	}
	return choice
}

// generate proposes passwords made by the importer, where the vendor wants one and no column may be it.
func (c *Choice) generate() {
	if c.Field != mapping.Password || !c.Required || c.Question != nil || len(c.Candidates) > 0 {
		return
	}
	c.Spec = &mapping.FieldSpec{Name: mapping.Password.String(), Generate: "20"}
	c.Score, c.Reasons = 1, []Reason{{1, "no column holds passwords in clear, and the vendor requires one"}}
	c.note("nobody knows these: tell people to set a password of their own by the vendor's \"forgot password\"")
}
