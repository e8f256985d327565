package mapping

import "slices"

// The words of `part` and `from`. Never changed.
var (
	nameParts = []string{"first", "last"}
	sources   = []string{"salutation"}
)

// derived compiles `part` and `from`: the cell does not hold the field itself but something that tells it. Constants of the
// job file still are the field itself, and `values` lists exceptions instead of everything there is.
func (c *compiler) derived(st *step, s *FieldSpec) {
	if s.Part != "" {
		c.part(st, s)
	}
	if s.From != "" {
		c.from(st, s)
	}
	if (s.Part != "" || s.From != "") && s.Value != nil {
		c.addf(s.Where, "take one of them out", "%q is a constant: there is no cell to take it from", s.Name)
	}
}

func (c *compiler) part(st *step, s *FieldSpec) {
	pos := s.at(s.At.Part)
	switch {
	case st.place != fieldPlace || !slices.Contains([]Field{FirstName, LastName, AddressFirstName, AddressLastName}, st.field):
		c.addf(pos, "part takes a full name apart, for first_name and last_name", "%q is no part of a name and takes no part", s.Name)
	case s.Part == "first":
		st.read, st.exceptions = readNamePart(func(n fullName) string { return n.first }), true
	case s.Part == "last":
		st.read, st.exceptions = readNamePart(func(n fullName) string { return n.last }), true
	default:
		c.addf(pos, didYouMean(s.Part, nameParts, "use first or last"), "unknown part %q", Escape(s.Part, maxShown))
	}
}

func (c *compiler) from(st *step, s *FieldSpec) {
	pos := s.at(s.At.From)
	switch {
	case st.place != fieldPlace || st.field != Gender:
		c.addf(pos, "from: salutation tells the gender by a form of address", "%q can't be told from anything else and takes no from", s.Name)
	case s.From == "salutation":
		st.read, st.exceptions = remember(fewTexts, readSalutation), true
	default:
		c.addf(pos, didYouMean(s.From, sources, "use salutation"), "unknown source %q", Escape(s.From, maxShown))
	}
}
