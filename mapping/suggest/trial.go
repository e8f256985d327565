package suggest

import (
	"cmp"
	"fmt"
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
	rows := 0
	refused := map[string]map[string]int{}
	for _, part := range [][][]string{s.head, s.spread} {
		for _, cells := range part {
			rows++
			_, faults := m.Map(cells)
			for _, f := range faults {
				if refused[f.Field] == nil {
					refused[f.Field] = map[string]int{}
				}
				refused[f.Field][f.Code]++
			}
		}
	}
	for i := range p.Choices {
		c := &p.Choices[i]
		if codes := refused[c.Field.String()]; c.Spec != nil && len(codes) > 0 {
			c.Refused = total(codes)
			c.Notes = append(c.Notes, fmt.Sprintf("as it stands, %d of %d sampled rows will be refused: %s", c.Refused, rows, counted(codes)))
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

func total(codes map[string]int) (n int) {
	for _, count := range codes {
		n += count
	}
	return n
}

// counted lists codes with their counts, the commonest first.
func counted(codes map[string]int) string {
	var parts []string
	keys := make([]string, 0, len(codes))
	for code := range codes {
		keys = append(keys, code)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if d := cmp.Compare(codes[b], codes[a]); d != 0 {
			return d
		}
		return cmp.Compare(a, b)
	})
	for _, code := range keys {
		parts = append(parts, fmt.Sprintf("%s %d", code, codes[code]))
	}
	return strings.Join(parts, ", ")
}
