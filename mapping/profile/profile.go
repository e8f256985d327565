package profile

import (
	"slices"
	"strings"
	"unicode/utf8"

	"importer/mapping"
)

// Profile gathers what was read of every field that is read from columns. It is not safe for concurrent use.
type Profile struct {
	mapper *mapping.Mapper
	fields []*field
}

// field is what is gathered of one field.
type field struct {
	reading mapping.Reading
	name    string
	columns []string
	at      []int // the columns' positions
	kind    mapping.Kind
	hidden  bool // or made of a column that is
	names   bool // the values are names of people

	filled, empty, invalid int64

	shortest, longest Found
	earliest, latest  string
	values            *tally
	groups            *tally // decades, countries or domains; nil of other kinds
	shapes            *shapes
	changes           changes
	suspects          suspects
}

// New returns a profile of what the mapper reads from a list with this header.
func New(m *mapping.Mapper, header []string) *Profile {
	p, secret := &Profile{mapper: m}, m.HiddenColumns()
	for _, r := range m.Readings() {
		f := &field{reading: r, name: r.Name(), at: r.Columns(), kind: r.Kind(), hidden: r.Privacy() == mapping.Hidden}
		for _, at := range f.at {
			f.columns = append(f.columns, header[at])
			f.hidden = f.hidden || slices.Contains(secret, at)
		}
		switch r.Field() {
		case mapping.FirstName, mapping.LastName, mapping.AddressFirstName, mapping.AddressLastName:
			f.names = true
		}
		f.values = newTally(maxValues, f.hidden, r.Privacy() == mapping.Plain)
		switch f.kind {
		case mapping.CalendarDate, mapping.Phone, mapping.EmailAddress:
			f.groups = newTally(maxGroups, false, true)
		}
		if !f.hidden && (f.kind == mapping.Text || f.kind == mapping.Phone || f.kind == mapping.CalendarDate) {
			f.shapes = &shapes{}
		}
		p.fields = append(p.fields, f)
	}
	return p
}

// Add takes a row that was mapped: its cells, the customer that was made of them, and the faults of its fields, those that the row goes without
// included. Nothing of the arguments is kept but short copies.
func (p *Profile) Add(at Place, cells []string, c *mapping.Customer, faults []mapping.Fault) {
	for _, f := range p.fields {
		f.add(at, cells, c, f.code(faults))
	}
}

// code is the code of the field's fault; "" without one.
func (f *field) code(faults []mapping.Fault) string {
	for i := range faults {
		if faults[i].Field == f.name {
			return faults[i].Code
		}
	}
	return ""
}

func (f *field) add(at Place, cells []string, c *mapping.Customer, code string) {
	cell, value := f.reading.Cell(cells), f.reading.Value(c)
	written := f.written(cells, cell)
	var room [maxShape]byte
	var shape []byte
	if f.shapes != nil && !isBlank(cell) && (value != "" || code != "") {
		shape = shapeOf(room[:0], cell)
		f.shapes.add(at, shape)
	}
	switch {
	case code != "" && (written || value != ""):
		f.invalid++
		f.change(at, Refused, cells, cell, code, shape)
	case value != "":
		f.filled++
		f.change(at, f.way(cell, value, written), cells, cell, value, shape)
		f.fill(at, value, c)
	default:
		f.empty++
		if written {
			f.change(at, Emptied, cells, cell, "", nil)
		}
	}
}

// written reports whether there is text in the cells.
func (f *field) written(cells []string, cell string) bool {
	if !isBlank(cell) {
		return true
	}
	for _, i := range f.at {
		if i < len(cells) && !isBlank(cells[i]) {
			return true
		}
	}
	return false
}

// isBlank reports whether a cell shows nothing.
func isBlank(cell string) bool {
	if cell == "" {
		return true
	}
	if cell[0] > ' ' && cell[0] < utf8.RuneSelf {
		return false
	}
	return mapping.Trim(cell) == ""
}

// fill counts a value that is sent.
func (f *field) fill(at Place, value string, c *mapping.Customer) {
	n := utf8.RuneCountInString(value)
	where := at
	if f.hidden {
		where = Place{} // whose password is short is nobody's business
	}
	if f.shortest.Characters == 0 || n < f.shortest.Characters {
		f.shortest = Found{Characters: n, First: where}
	}
	if n > f.longest.Characters {
		f.longest = Found{Characters: n, First: where}
	}
	f.values.add(value)
	if f.hidden {
		return
	}
	switch f.kind {
	case mapping.CalendarDate:
		if f.earliest == "" || value < f.earliest {
			f.earliest = strings.Clone(value)
		}
		if value > f.latest {
			f.latest = strings.Clone(value)
		}
		f.groups.add(value[:min(3, len(value))])
	case mapping.Phone:
		f.groups.add(countryOf(c.Phone(f.reading.Field())))
	case mapping.EmailAddress:
		f.groups.add(value[strings.LastIndexByte(value, '@')+1:])
	case mapping.Text:
		f.suspects.look(at, value, f.names)
	}
}

// countryOf is the country of a number; "none" of those that belong to no country.
func countryOf(p mapping.PhoneParts) string {
	if p.Region == "001" {
		return "none"
	}
	return p.Region
}

// change counts what was made of a cell, and keeps it as a sample. shape is that of the cell, where it is known.
func (f *field) change(at Place, w Way, cells []string, cell, after string, shape []byte) {
	change := f.changes.of(w)
	change.cells++
	if f.hidden || change.full() {
		return
	}
	if f.reading.Computed() {
		cell, shape = f.joined(cells), nil
	}
	change.keep(at, cell, after, shape)
}

// joined are the cells of an expression that have text.
func (f *field) joined(cells []string) string {
	var parts []string
	for _, i := range f.at {
		if i < len(cells) && !isBlank(cells[i]) {
			parts = append(parts, cells[i])
		}
	}
	return strings.Join(parts, " + ")
}
