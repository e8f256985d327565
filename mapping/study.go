package mapping

// Study looks at the rows of a list before the first is mapped, for fields whose cells only the column as a whole can explain: telephone numbers
// without + that are valid in two ways. Call [Mapper.Study] first, then [Study.See] with each row, then [Study.Conclude]. It holds a few counts. Not
// safe for concurrent use, and not beside [Mapper.Map].
type Study struct {
	mapper *Mapper
	phones []*phoneColumn
}

// Extent is how much of a list a [Study] saw.
type Extent uint8

const (
	PartOfList  Extent = iota // some rows of a list: what none of them shows may be in the others
	WholeOfList               // all of it
)

// Study returns what looks at the list, nil where nothing has to be found out.
func (m *Mapper) Study() *Study {
	s := &Study{mapper: m}
	for _, st := range m.steps {
		if st.kind == Phone && st.constant == nil && st.phone.region != "" && st.phone.plus == plusOpen {
			s.phones = append(s.phones, &phoneColumn{step: st})
		}
	}
	if len(s.phones) == 0 {
		return nil
	}
	return s
}

// See looks at a row, whose cells are as for [Mapper.Map]. It reports whether it has seen enough, and the others need not be read.
func (s *Study) See(cells []string) (enough bool) {
	cells = s.mapper.fit(cells)
	enough = true
	for _, c := range s.phones {
		c.see(cells)
		enough = enough && c.enough()
	}
	return enough
}

// Conclude makes the mapper read by what was seen. Without it, and after a part of a list, what only more rows could decide is refused.
func (s *Study) Conclude(of Extent) {
	for _, c := range s.phones {
		c.step.phone.plus = c.rule(of)
		c.step.read = c.step.phone.remembering()
	}
}
