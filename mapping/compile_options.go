package mapping

import (
	"maps"
	"reflect"
	"slices"
)

// constants reads `value`, `values` and `default` once, so that a wrong one is found before any row is.
func (c *compiler) constants(st *step, s *FieldSpec) {
	if s.Value != nil {
		st.constant = c.constant(st, *s.Value, s.at("value", ""), "value")
		if len(s.Values) > 0 {
			c.addf(s.Where, "write the value itself", "%q is a constant: values has nothing to translate", s.Name)
		}
	}
	if s.Default != nil {
		st.fallback = c.constant(st, *s.Default, s.at("default", ""), "default")
	}
	if len(s.Values) == 0 {
		return
	}
	st.values = make(map[string]value, len(s.Values))
	for _, cell := range slices.Sorted(maps.Keys(s.Values)) {
		if v := c.constant(st, s.Values[cell], s.at("values", cell), "value"); v != nil {
			st.values[cleaned(cell)] = *v
		}
		st.listed = append(st.listed, cell)
	}
}

// constant reads one text of the job file as a value of the field. An empty text is the absent value.
func (c *compiler) constant(st *step, text string, pos Pos, what string) *value {
	if st.field != Password {
		text = cleaned(text)
	}
	if text == "" {
		return &value{}
	}
	v, bad := st.plain(text)
	if bad == nil {
		return &v
	}
	shown := ""
	if st.privacy != Hidden {
		shown = " \"" + Escape(text, maxShown) + "\""
	}
	c.addf(pos, bad.hint, "%s%s of %q: %s", what, shown, st.name, bad.message)
	return nil
}

// empties gathers the texts that stand for an empty cell. What `values` lists has a meaning of its own, so the list for
// the whole job does not reach it; a field that lists a text under both contradicts itself.
func (c *compiler) empties(st *step, s *FieldSpec) {
	if s.Value != nil && len(s.Empty) > 0 {
		c.addf(s.Where, "take one of them out", "%q is a constant: empty has nothing to look at", s.Name)
	}
	st.empties = map[string]bool{}
	for _, text := range s.Empty {
		pos := s.at("empty", text)
		text = cleaned(text)
		switch _, translated := st.values[text]; {
		case text == "":
			c.addf(pos, "list what is written instead of nothing, such as n/a", "an empty cell of %q is empty anyway", s.Name)
		case translated:
			c.addf(pos, "keep one of them", "%q lists %q under empty and under values", s.Name, Escape(text, maxShown))
		default:
			st.empties[text] = true
		}
	}
	if s.Empty != nil && len(s.Empty) == 0 {
		return
	}
	for _, text := range c.empty {
		text = cleaned(text)
		if _, translated := st.values[text]; !translated && text != "" {
			st.empties[text] = true
		}
	}
}

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
		c.addf(spec.WhereAt, `compare something, as in row["Country"] == "IE"`, "%q does not give yes or no", whereName)
		return
	}
	if c.header != nil {
		m.where, m.whereColumns = st.expr, st.columns
	}
}

// Takes reports whether the job's `where` takes a row; without one every row is taken. The fault says that it cannot be evaluated for this row.
func (m *Mapper) Takes(cells []string) (bool, *Fault) {
	if m.where == nil {
		return true, nil
	}
	cells, _, bad := m.where.bare(m.fit(cells))
	text := ""
	if bad == nil {
		text, bad = m.where.run(cells)
	}
	if bad != nil {
		return false, &Fault{Code: bad.code, Field: whereName, Message: bad.message, Hint: bad.hint}
	}
	return text == "true", nil
}

// TakesUnread is [Mapper.Takes] for a row with cells that could not be read for certain: the condition cannot be judged where it looks at one.
func (m *Mapper) TakesUnread(cells []string, unread []Unread) (bool, *Fault) {
	if u := unreadOf(m.whereColumns, unread); u != nil {
		return false, &Fault{Code: u.Code, Field: whereName, Message: u.Message, Hint: u.Hint}
	}
	return m.Takes(cells)
}

// The words of `part` and `from`. Never changed.
var (
	nameParts = []string{"first", "last"}
	sources   = []string{"salutation"}
)

// derived compiles `part` and `from`: the cell does not hold the field itself but something that says it. Constants of the
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
	pos := s.at("part", "")
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
	pos := s.at("from", "")
	switch {
	case st.place != fieldPlace || st.field != Gender:
		c.addf(pos, "from: salutation reads the gender from a form of address", "%q can't be read from anything else and takes no from", s.Name)
	case s.From == "salutation":
		st.read, st.exceptions = rememberFirst(readSalutation), true
	default:
		c.addf(pos, didYouMean(s.From, sources, "use salutation"), "unknown source %q", Escape(s.From, maxShown))
	}
}

// The words of `repair` and `take`. Never changed.
var (
	repairWords = []string{"true", "false"}
	takeWords   = []string{"first"}
)

// repairs compiles Spec.Repair and FieldSpec.Repair. That of the job reaches every text; to say it of anything else is a mistake.
func (c *compiler) repairs(st *step, s *FieldSpec) {
	pos := s.at("repair", "")
	switch {
	case s.Repair == "":
		st.repair = c.repair && st.texture != unchecked
	case st.texture == unchecked:
		c.addf(pos, "take it out: repair is for texts, such as names", "%q takes no repair", s.Name)
	case s.Value != nil:
		c.addf(pos, "write the value itself", "%q is a constant: there is no damage to repair", s.Name)
	case !slices.Contains(repairWords, s.Repair):
		c.addf(pos, didYouMean(s.Repair, repairWords, "use true or false"), "repair of %q is %q", s.Name, Escape(s.Repair, maxShown))
	default:
		st.repair = s.Repair == "true"
	}
}
