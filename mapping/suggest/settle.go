package suggest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"importer/mapping"
)

// settle lists what no field takes, after making sure that the whole compiles against the header.
func (p *Proposal) settle(columns []*column) {
	for i := range p.Choices {
		if !p.Choices[i].compiles(p.header) {
			p.Choices[i].Spec = nil
		}
	}
	used := p.used()
	listed := map[string]bool{}
	for _, c := range columns {
		if used[c.name] || listed[c.name] || strings.HasPrefix(c.name, mapping.ImportPrefix) {
			continue
		}
		listed[c.name] = true
		p.Ignore = append(p.Ignore, Leftover{c.at, c.name, p.why(c)})
	}
	p.together(columns)
}

// compiles reports whether the choice by itself fits the header: an expression may not, where a column's name is very odd.
func (c *Choice) compiles(header []string) bool {
	if c.Spec == nil {
		return true
	}
	spec := mapping.Spec{Fields: []mapping.FieldSpec{*c.Spec}}
	for _, name := range header {
		spec.Ignore = append(spec.Ignore, mapping.Trim(name))
	}
	_, err := mapping.Compile(spec, header, mapping.Options{})
	return err == nil
}

// used are the names of the columns that the mapped fields draw on.
func (p *Proposal) used() map[string]bool {
	used := map[string]bool{}
	for _, choice := range p.Choices {
		if choice.Spec == nil {
			continue
		}
		for _, name := range choice.Spec.Columns {
			used[name] = true
		}
		if choice.Spec.Expr == "" {
			continue
		}
		for _, name := range p.header {
			if name = mapping.Trim(name); strings.Contains(choice.Spec.Expr, cellOf(name)) {
				used[name] = true
			}
		}
	}
	return used
}

// why says what a leftover column seems to be.
func (p *Proposal) why(c *column) string {
	switch {
	case c.name == "":
		return "has no name"
	case c.duplicate:
		return "is in the header more than once, so it can't be told which is meant"
	case c.content.hashes >= 0.5:
		return "hashes or keys: no password that anybody could type"
	case c.content.masks >= 0.5:
		return "masks in place of passwords"
	case c.score >= Certain:
		return c.is
	}
	f := slices.MaxFunc(mapping.Fields(), func(a, b mapping.Field) int { return cmp.Compare(c.best(a), c.best(b)) })
	wanted := slices.ContainsFunc(p.Choices, func(choice Choice) bool { return choice.Field == f })
	switch {
	case c.best(f) >= Certain && !wanted:
		return f.String() + ", which the vendor does not take"
	case c.best(f) >= Possible:
		return "perhaps " + f.String()
	case c.namedField() != mapping.NoField:
		f = c.namedField()
		return fmt.Sprintf("has the name of %s, but %s", f, c.against(f))
	case c.content.rows > 0 && c.content.filled == 0:
		return "empty in every sampled row"
	}
	return ""
}

// Named returns the field whose name each column of a header has; NoField where there is none.
func Named(header []string) []mapping.Field {
	fields := make([]mapping.Field, len(header))
	for i, c := range newColumns(NewSample(header)) {
		fields[i] = c.namedField()
	}
	return fields
}

// namedField is the field whose name the column has, whatever its cells are; NoField where there is none.
func (c *column) namedField() mapping.Field {
	for _, f := range mapping.Fields() {
		if c.isNamed(f) {
			return f
		}
	}
	return mapping.NoField
}

// Questions returns what only a person knows, the fields that the vendor requires first.
func (p *Proposal) Questions() []Question {
	var questions []Question
	for _, required := range []bool{true, false} {
		for _, choice := range p.Choices {
			if choice.Required == required && choice.Spec == nil && choice.Question != nil {
				questions = append(questions, *choice.Question)
			}
		}
	}
	return questions
}

// Settle takes an answer for a field: what it says is mapped, and its columns are no longer left over. An answer that does not
// fit the header is an error.
func (p *Proposal) Settle(f mapping.Field, spec mapping.FieldSpec) error {
	i := slices.IndexFunc(p.Choices, func(c Choice) bool { return c.Field == f })
	if i < 0 {
		return fmt.Errorf("the vendor has no use for %s", f)
	}
	choice := p.Choices[i]
	spec.Name = f.String()
	choice.Spec, choice.Question, choice.Score = &spec, nil, 1
	choice.Reasons = []Reason{{1, "you said so"}}
	if !choice.compiles(p.header) {
		return fmt.Errorf("that does not fit the header as %s", f)
	}
	p.Choices[i] = choice
	used := p.used()
	p.Ignore = slices.DeleteFunc(p.Ignore, func(l Leftover) bool { return used[l.Name] })
	return nil
}
