package suggest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"importer/mapping"
)

// try maps the sampled rows with what is proposed, and notes which fields would refuse how many of them, and why. It finds what a
// way of writing that fits most cells does not fit.
func (p *Proposal) try(s *Sample) {
	m, err := mapping.Compile(p.spec(), p.header, mapping.Options{Today: p.opts.Today})
	if err != nil {
		return // a header with a standard field's name twice: the file says so when it is used
	}
	study(m, s.kept())
	refused := map[string]map[string]int{}
	for _, cells := range s.kept() {
		_, faults := m.Map(cells)
		for _, f := range faults {
			if refused[f.Field] == nil {
				refused[f.Field] = map[string]int{}
			}
			refused[f.Field][f.Code]++
		}
	}
	for i := range p.Choices {
		c := &p.Choices[i]
		for _, n := range m.Notes() {
			if n.Code == mapping.NoteFillerDay && n.Field == c.Field.String() {
				c.note("days that programs write where they have none: %s", strings.Join(n.Seen, ", "))
			}
		}
		if codes := refused[c.Field.String()]; c.Spec != nil && len(codes) > 0 {
			for _, rows := range codes {
				c.Refused += rows
			}
			c.note("as proposed, %d of %d sampled rows will be refused: %s", c.Refused, len(s.kept()), counted(codes))
			p.noteRemedies(c, codes, s)
		}
	}
}

// remedies are the options of a field that have values read which are refused otherwise, by the code of their refusal. They change what is sent, so they are
// told and not proposed. It is never changed.
var remedies = []struct {
	code, option string
	set          func(*mapping.FieldSpec)
}{
	{mapping.CodeTextDamaged, "repair: true", func(s *mapping.FieldSpec) { s.Repair = "true" }},
	{mapping.CodeEmailInvalid, "take: first", func(s *mapping.FieldSpec) { s.Take = "first" }},
}

// noteRemedies notes the options that would have refused rows read.
func (p *Proposal) noteRemedies(c *Choice, refused map[string]int, s *Sample) {
	for _, remedy := range remedies {
		if refused[remedy.code] == 0 {
			continue
		}
		spec := *c.Spec
		remedy.set(&spec)
		m, err := mapping.Compile(mapping.Spec{Fields: []mapping.FieldSpec{spec}, Ignore: []string{"*"}}, p.header, mapping.Options{Today: p.opts.Today})
		if err != nil {
			continue
		}
		read := c.Refused
		for _, cells := range s.kept() {
			if _, faults := m.Map(cells); len(faults) > 0 {
				read--
			}
		}
		if read > 0 {
			c.note("with %s in the field, %d of these would be read", remedy.option, read)
		}
	}
}

// spec is what the file says, apart from its comments.
func (p *Proposal) spec() mapping.Spec {
	var spec mapping.Spec
	for _, c := range p.Choices {
		if c.Spec != nil {
			spec.Fields = append(spec.Fields, *c.Spec)
		}
	}
	for _, l := range p.Ignore {
		spec.Ignore = append(spec.Ignore, l.Name)
	}
	return spec
}

// counted lists codes with their counts, the commonest first.
func counted(codes map[string]int) string {
	var parts []string
	for _, code := range byCount(codes) {
		parts = append(parts, fmt.Sprintf("%s %d", code, codes[code]))
	}
	return strings.Join(parts, ", ")
}

// byCount lists what was counted, the commonest first.
func byCount(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
}
