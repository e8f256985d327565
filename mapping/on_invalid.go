package mapping

// OnInvalid says what happens to a row in which a field has a value that cannot be read or that the vendor does not take.
type OnInvalid uint8

const (
	ByJob         OnInvalid = iota // the field says nothing: as the job says for all fields
	RejectInvalid                  // the row is invalid
	DropInvalid                    // the row is sent without the field, where the vendor does not need it
)

// The words of `on_invalid`. Never changed.
var onInvalidWords = []string{"reject", "drop"}

// onInvalid compiles FieldSpec.OnInvalid.
func (c *compiler) onInvalid(m *Mapper, st *step, s *FieldSpec) {
	if st.place == wirePlace { // compiled last: where a field has the same name, that one is never dropped either
		m.setOnInvalid(s.Name, RejectInvalid)
		if s.OnInvalid != "" {
			c.addf(s.at("on_invalid", ""), "take it out", "%q is the vendor's own field: whether it can be left out is not known here", s.Name)
		}
		return
	}
	rule := ByJob
	switch s.OnInvalid {
	case "":
		return
	case "reject":
		rule = RejectInvalid
	case "drop":
		rule = DropInvalid
	default:
		c.addf(s.at("on_invalid", ""), didYouMean(s.OnInvalid, onInvalidWords, "use reject or drop"), "unknown on_invalid %q", Escape(s.OnInvalid, maxShown))
	}
	if s.Value != nil {
		c.addf(s.at("on_invalid", ""), "take it out", "%q is a constant: it is the same in every row", s.Name)
	}
	m.setOnInvalid(s.Name, rule)
}

func (m *Mapper) setOnInvalid(name string, rule OnInvalid) {
	if m.onInvalid == nil {
		m.onInvalid = map[string]OnInvalid{}
	}
	m.onInvalid[name] = rule
}

// OnInvalid returns what the job says of a field by its name, as in [Fault]. Members of `wire` are never dropped.
func (m *Mapper) OnInvalid(name string) OnInvalid { return m.onInvalid[name] }

// Without returns the customer without fields: by their names, as in [Fault]. Names that it does not have are passed over.
func (c Customer) Without(names ...string) Customer {
	for _, name := range names {
		f, ok := ParseField(name)
		if !ok {
			continue
		}
		c.text[f] = ""
		switch f {
		case PhoneNumber:
			c.phone = PhoneParts{}
		case AddressPhone:
			c.addrTel = PhoneParts{}
		case BirthDate:
			c.birth = Date{}
		}
	}
	return c
}
