package mapping

import (
	"reflect"
	"slices"
)

// whereName is what messages call the condition: the job file's own key.
const whereName = "where"

// condition compiles Spec.Where, which must come to yes or no for every row.
func (c *compiler) condition(m *Mapper, spec *Spec) {
	if spec.Where == "" {
		return
	}
	s := &FieldSpec{Name: whereName, Expr: spec.Where, Where: spec.WhereAt}
	st := &step{name: whereName, kind: Bool}
	before := len(c.problems)
	c.expression(st, s)
	if len(c.problems) > before {
		return
	}
	if kind := st.expr.program.Node().Type(); kind == nil || kind.Kind() != reflect.Bool {
		c.addf(spec.WhereAt, `compare something, as in row["Country"] == "IE"`, "%q does not come to yes or no", whereName)
		return
	}
	if c.header != nil {
		m.where = st.expr
	}
}

// Takes reports whether the job's `where` takes a row; without one every row is taken. The fault says that it can't be worked out for this row.
func (m *Mapper) Takes(cells []string) (bool, *Fault) {
	if m.where == nil {
		return true, nil
	}
	text, bad := m.where.run(m.fit(cells))
	if bad != nil {
		return false, &Fault{Code: bad.code, Field: whereName, Message: bad.message, Hint: bad.hint}
	}
	return text == "true", nil
}

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
