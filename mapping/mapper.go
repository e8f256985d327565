package mapping

import "slices"

// Mapper turns rows of one header into customers. It is safe for concurrent use and never changes, apart from what a [Study] finds before the first row,
// bounded caches of what was read before, and the counts of [Mapper.Notes]. A row of ten columns costs about 0.5 µs and one allocation, a telephone
// number that was not read lately 11 µs more, and twice that where its digits may have lost a +.
type Mapper struct {
	steps []*step // of standard fields and pairs alike, in job-file order
	width int

	used         []bool               // by column: a field or the condition draws on it
	unmapped     []string             // columns that are neither mapped nor ignored
	unused       []int                // columns that nothing draws on and whose name says secret
	where        *expression          // which rows to take; nil: all
	whereColumns []int                // that the condition looks at
	generated    int                  // see GeneratedPassword
	onInvalid    map[string]OnInvalid // by name of the field, where the job says it of the field
}

// Map makes a customer of a row's cells, which are in header order. Missing cells count as empty, surplus ones are not looked at: whether a
// ragged row may get here is the reader's business. With faults the customer holds what could be read. The faults are in job-file order.
func (m *Mapper) Map(cells []string) (Customer, []Fault) {
	return m.run(cells, nil, nil)
}

// MapUnread is Map for a row with cells that could not be read for certain. What is read from such a cell gets a fault that says why, and no value, even
// where another cell would give it one.
func (m *Mapper) MapUnread(cells []string, unread []Unread) (Customer, []Fault) {
	return m.run(cells, nil, unread)
}

// Unread is a cell that could not be read for certain, and why, as a [Fault] has it.
type Unread struct {
	Column              int // header position
	Code, Message, Hint string
}

// unreadOf returns the first of the cells that is among columns; nil for none.
func unreadOf(columns []int, all []Unread) *Unread {
	if i := slices.IndexFunc(all, func(u Unread) bool { return slices.Contains(columns, u.Column) }); i >= 0 {
		return &all[i]
	}
	return nil
}

// MapOnly is Map for some fields: it reads nothing else, so masked identities can be made again at little cost.
func (m *Mapper) MapOnly(cells []string, fields ...Field) (Customer, []Fault) {
	return m.run(cells, &fields, nil)
}

// run takes all steps and counts notes, or only those of some fields and counts none.
func (m *Mapper) run(cells []string, only *[]Field, unread []Unread) (c Customer, faults []Fault) {
	cells = m.fit(cells)
	for _, st := range m.steps {
		notes := &st.noted
		if only != nil {
			if st.place != fieldPlace || !slices.Contains(*only, st.field) {
				continue
			}
			notes = nil
		}
		if u := unreadOf(st.columns, unread); u != nil {
			faults = append(faults, Fault{Code: u.Code, Field: st.name, Message: u.Message, Hint: u.Hint})
			continue
		}
		if fault := st.run(&c, cells, notes); fault != nil {
			faults = append(faults, *fault)
		}
	}
	return c, faults
}

// fit pads a short row so that expressions find every column.
func (m *Mapper) fit(cells []string) []string {
	if len(cells) >= m.width {
		return cells
	}
	return append(slices.Clone(cells), make([]string, m.width-len(cells))...)
}

// Fields returns the standard fields that are mapped, in job-file order.
func (m *Mapper) Fields() []Field {
	var fields []Field
	for _, st := range m.steps {
		if st.place == fieldPlace {
			fields = append(fields, st.field)
		}
	}
	return fields
}

// Has reports whether f is mapped at all.
func (m *Mapper) Has(f Field) bool { return slices.Contains(m.Fields(), f) }

// Unmapped returns the names of the columns that are neither mapped nor ignored, in header order: none unless [Compile] returned an error beside the
// Mapper.
func (m *Mapper) Unmapped() []string { return m.unmapped }

// Drawn returns the cells that fields and the condition draw on, in header order. A column that nothing draws on does not count, nor do surplus
// cells; missing ones are empty.
func (m *Mapper) Drawn(cells []string) []string {
	cells = m.fit(cells)
	drawn := make([]string, 0, m.width)
	for i, used := range m.used {
		if used {
			drawn = append(drawn, cells[i])
		}
	}
	return drawn
}

// HiddenColumns returns the header positions (0-based, ascending) of cells that must never be shown or written to a
// report: those that feed a hidden field, such as a password.
func (m *Mapper) HiddenColumns() []int {
	hidden := slices.Clone(m.unused)
	for _, st := range m.steps {
		if st.privacy == Hidden {
			hidden = append(hidden, st.columns...)
		}
	}
	slices.Sort(hidden)
	return slices.Compact(hidden)
}

// Columns returns the header positions (0-based, ascending) of all cells that something is read from, the job's `where` included.
func (m *Mapper) Columns() []int {
	columns := slices.Clone(m.whereColumns)
	for _, st := range m.steps {
		columns = append(columns, st.columns...)
	}
	slices.Sort(columns)
	return slices.Compact(columns)
}

// ColumnsOf returns the header positions that a field or pair is read from, by its name in a job file (see [Fault].Field); nil where none is.
func (m *Mapper) ColumnsOf(name string) []int {
	for _, st := range m.steps {
		if st.name == name {
			return slices.Clone(st.columns)
		}
	}
	return nil
}
