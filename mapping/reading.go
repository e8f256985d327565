package mapping

import "slices"

// Reading is one field of a job that is read from columns of the list: what a person needs to compare a cell with what was made of it. It is
// safe for concurrent use.
type Reading struct{ step *step }

// Readings returns the fields and pairs that are read from columns, in job-file order. Constants are none.
func (m *Mapper) Readings() []Reading {
	var list []Reading
	for _, st := range m.steps {
		if len(st.columns) > 0 {
			list = append(list, Reading{st})
		}
	}
	return list
}

// Name returns the field's name in a job file, as in [Fault].
func (r Reading) Name() string { return r.step.name }

// Field returns the standard field; NoField of a member of metadata or wire.
func (r Reading) Field() Field { return r.step.field }

// Kind returns how a cell becomes the value.
func (r Reading) Kind() Kind { return r.step.kind }

// Privacy returns how much of cells and values may be shown.
func (r Reading) Privacy() Privacy { return r.step.privacy }

// Columns returns the header positions that the field is read from. The slice is the caller's own.
func (r Reading) Columns() []int { return slices.Clone(r.step.columns) }

// Computed reports whether an expression makes the value.
func (r Reading) Computed() bool { return r.step.expr != nil }

// Translated reports whether the job lists values for cells.
func (r Reading) Translated() bool { return r.step.values != nil }

// Split reports whether the value is a part of the name in the cell.
func (r Reading) Split() bool { return r.step.exceptions && r.step.kind == Text }

// Cell returns the cell that counts, as it stands: the first that is not empty and stands for something, else the first with any text, else
// the first. Of an expression it is the first of its cells; see Columns for the others.
func (r Reading) Cell(cells []string) string {
	at := func(i int) string {
		if i < len(cells) {
			return cells[i]
		}
		return ""
	}
	if len(r.step.columns) == 1 || r.step.expr != nil {
		return at(r.step.columns[0])
	}
	text := at(r.step.columns[0])
	for _, i := range r.step.columns {
		switch cell := at(i); {
		case Trim(cell) == "":
		case !r.step.empties[cleaned(cell)]:
			return cell
		case Trim(text) == "":
			text = cell
		}
	}
	return text
}

// Clean returns a cell without the blanks around it and the characters that show nothing, as it is read.
func (r Reading) Clean(cell string) string { return cleaned(cell) }

// Value returns what was made of the cell in a customer of the same row; "" where the customer is without.
func (r Reading) Value(c *Customer) string {
	pairs := c.metadata
	switch r.step.place {
	case fieldPlace:
		return c.text[r.step.field]
	case wirePlace:
		pairs = c.wire
	}
	for i := range pairs {
		if pairs[i].Name == r.step.key {
			return pairs[i].Text
		}
	}
	return ""
}
