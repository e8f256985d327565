package mapping

import "reflect"

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
