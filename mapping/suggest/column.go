package suggest

import (
	"strings"

	"importer/mapping"
)

// column is a header cell with all that is known of it.
type column struct {
	at        int
	name      string // trimmed
	named     named
	content   content
	duplicate bool // its name is in the header more than once, or is none: it cannot be mapped
	fields    map[mapping.Field]*evidence
	is        string // what it is when it is no field, as words/fields.txt says; or ""
	score     Score  // of that meaning
}

// evidence is what suggests that a column is a field.
type evidence struct {
	score   Score
	named   Score // by the column's name alone
	reasons []Reason
}

func (e *evidence) add(points Score, text string) {
	e.score += points
	e.reasons = append(e.reasons, Reason{points, text})
}

// limit lowers the score to at most top, and says why.
func (e *evidence) limit(top Score, text string) {
	if e.score > top {
		e.reasons = append(e.reasons, Reason{top - e.score, text})
		e.score = top
	}
}

// best is the column's score for a field; 0 when nothing suggests it.
func (c *column) best(f mapping.Field) Score {
	if e := c.fields[f]; e != nil {
		return e.score
	}
	return 0
}

// of returns the evidence for a field, made when there is none yet.
func (c *column) of(f mapping.Field) *evidence {
	e := c.fields[f]
	if e == nil {
		e = &evidence{}
		c.fields[f] = e
	}
	return e
}

// raise lifts the score for a field to points, and says why; a higher score stays.
func (c *column) raise(f mapping.Field, points Score, why string) {
	if was := c.best(f); was < points {
		c.of(f).add(points-was, why)
	}
}

// newColumns understands every column of a sample by its name and its cells.
func newColumns(s *Sample) []*column {
	l := theLexicon()
	times := map[string]int{}
	for _, cell := range s.header {
		times[mapping.Trim(cell)]++
	}
	columns := make([]*column, len(s.header))
	for i, cell := range s.header {
		name := mapping.Trim(cell)
		c := &column{at: i, name: name, named: l.read(withoutWrapper(name)), content: inspect(s.column(i)), duplicate: times[name] > 1 || name == "", fields: map[mapping.Field]*evidence{}}
		c.byName(l)
		columns[i] = c
	}
	return columns
}

// withoutWrapper is a column's name without the object around it that says nothing: _source in exports of Elasticsearch, name around the names of a person in
// SCIM.
func withoutWrapper(name string) string {
	name = strings.TrimPrefix(name, "_source.")
	if rest, ok := strings.CutPrefix(name, "name."); ok && strings.HasSuffix(rest, "Name") {
		return rest
	}
	return name
}

// byName turns what the name says into evidence. A column whose name says one thing clearly is not something else as well.
func (c *column) byName(l *lexicon) {
	if f, ok := mapping.ParseField(withoutWrapper(c.name)); ok {
		c.fields[f] = &evidence{1, 1, []Reason{{1, "it is the standard field's own name"}}}
		return
	}
	if len(c.named.evidence) == 0 {
		return
	}
	top := c.named.evidence[0].score
	for _, e := range c.named.evidence {
		m := l.meanings[e.meaning]
		if m.field == mapping.NoField {
			if e.score > c.score {
				c.is, c.score = m.is, e.score
			}
			continue
		}
		found := &evidence{e.score, 0, e.reasons}
		if e.score < top-0.02 || e.score < top && l.meanings[c.named.evidence[0].meaning].field == mapping.NoField {
			found.limit(0.6, "another meaning of the name fits better")
		}
		found.named = found.score
		c.fields[m.field] = found
	}
}

// isNamed reports a column whose name says the field, whatever its cells are.
func (c *column) isNamed(f mapping.Field) bool {
	e := c.fields[f]
	return e != nil && e.named >= Certain && !c.duplicate
}

// against is the strongest reason that its cells give against a field; "" where there is none.
func (c *column) against(f mapping.Field) string {
	worst := Reason{}
	for _, r := range c.of(f).reasons {
		if r.Points < worst.Points {
			worst = r
		}
	}
	return worst.Text
}
