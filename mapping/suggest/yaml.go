package suggest

import (
	"fmt"
	"slices"
	"strings"

	"importer/mapping"
)

// YAML writes the job file: what is certain as it will be used, what is not as comments. It ends in a line end.
func (p *Proposal) YAML() []byte {
	var b strings.Builder
	p.head(&b)
	if p.opts.Vendor != "" {
		fmt.Fprintf(&b, "vendor: %s\n", scalar(p.opts.Vendor))
	}
	p.settings(&b)
	p.fields(&b)
	p.ignored(&b)
	return []byte(b.String())
}

func (p *Proposal) head(b *strings.Builder) {
	input := "the list"
	if p.opts.Input != "" {
		input = mapping.Escape(p.opts.Input, 80)
	}
	comment(b, "", fmt.Sprintf("Proposed for %s: %d columns, %d rows. Numbers in brackets say how sure a line is, from 0 to 1.", input, len(p.header), p.rows))
	comment(b, "", "Lines that begin with # are not used. Look at each, then try: importer check")
}

func (p *Proposal) settings(b *strings.Builder) {
	if len(p.opts.Settings) == 0 {
		return
	}
	given := slices.ContainsFunc(p.opts.Settings, func(s Setting) bool { return s.Value != "" && !s.Secret })
	title(b, "settings:", given)
	for _, s := range p.opts.Settings {
		s.write(b)
	}
}

// title begins a block after an empty line, as a comment where nothing in it is used.
func title(b *strings.Builder, text string, used bool) {
	if !used {
		text = "# " + text
	}
	b.WriteString("\n" + text + "\n")
}

func (s Setting) write(b *strings.Builder) {
	doc := s.Doc
	switch {
	case s.Required:
		doc += " (required)"
	case s.Default != "":
		doc += " (default " + s.Default + ")"
	}
	if len(s.Values) > 0 {
		doc += ": one of " + strings.Join(s.Values, ", ")
	}
	switch {
	case s.Secret:
		comment(b, "  ", fmt.Sprintf("%s comes from the environment: %s. %s", s.Name, s.Env, doc))
	case s.Value != "":
		comment(b, "  ", doc)
		fmt.Fprintf(b, "  %s: %s\n", scalar(s.Name), scalar(s.Value))
	default:
		example := s.Default
		if example == "" && len(s.Values) > 0 {
			example = s.Values[0]
		}
		if example == "" {
			example = "…"
		}
		if s.Env != "" {
			doc += "; or the environment: " + s.Env
		}
		comment(b, "  ", fmt.Sprintf("%s: %s   # %s", scalar(s.Name), scalar(example), doc))
	}
}

func (p *Proposal) fields(b *strings.Builder) {
	mapped := slices.ContainsFunc(p.Choices, func(c Choice) bool { return c.Spec != nil })
	title(b, "fields:", mapped)
	var without []string
	for _, c := range p.Choices {
		if c.Spec == nil && c.Question == nil && len(c.Candidates) == 0 && len(c.Notes) == 0 && !c.Required {
			without = append(without, c.Field.String())
			continue
		}
		c.write(b)
	}
	if len(without) > 0 {
		comment(b, "  ", "No column looks like: "+strings.Join(without, ", "))
	}
}

func (c *Choice) write(b *strings.Builder) {
	need := ""
	if c.Required {
		need = ", required"
	}
	switch {
	case c.Spec != nil:
		line := ""
		if c.Seen != "" {
			line = "; seen: " + c.Seen
		}
		fmt.Fprintf(b, "  %s: %s\n", c.Spec.Name, value(c.Spec))
		comment(b, "  ", fmt.Sprintf("  ^ %s (%.2f%s)%s", because(c.Reasons), c.Score, need, line))
	case c.Question != nil:
		seen := ""
		if c.Seen != "" {
			seen = " Seen: " + c.Seen + "."
		}
		comment(b, "  ", fmt.Sprintf("QUESTION%s: %s%s", need, c.Question.Text, seen))
		for _, a := range c.Question.Answers {
			comment(b, "  ", fmt.Sprintf("  %s: %s   # %s", a.Spec.Name, value(&a.Spec), a.Text))
		}
	case c.Required:
		comment(b, "  ", fmt.Sprintf("MISSING: %s (%s) is required, and no column looks like it. If it is the same for everybody:", c.Field, c.Field.Doc()))
		comment(b, "  ", fmt.Sprintf("  %s: {value: %s}", c.Field, exampleOf(c.Field)))
	}
	for _, note := range c.Notes {
		comment(b, "  ", "  "+note)
	}
	if c.Spec != nil || c.Question == nil {
		for _, other := range c.Candidates {
			comment(b, "  ", fmt.Sprintf("  or %s: %s (%.2f): %s", c.Field, scalar(other.Name), other.Score, because(other.Reasons)))
		}
	}
}

func exampleOf(f mapping.Field) string {
	switch f.Kind() {
	case mapping.Bool:
		return "false"
	case mapping.LanguageTag:
		return "en"
	case mapping.CountryCode:
		return "IE"
	}
	return "…"
}

func because(reasons []Reason) string {
	if len(reasons) == 0 {
		return "shared"
	}
	parts := make([]string, len(reasons))
	for i, r := range reasons {
		parts[i] = r.Text
	}
	return strings.Join(parts, "; ")
}

func (p *Proposal) ignored(b *strings.Builder) {
	if len(p.Ignore) == 0 {
		return
	}
	b.WriteString("\n")
	if p.opts.Metadata {
		comment(b, "", "A column left over here can be sent along as well: under fields, write metadata.<key>: column")
	}
	b.WriteString("ignore:\n")
	for _, l := range p.Ignore {
		line := "  - " + scalar(l.Name)
		if l.Why != "" {
			line += "   # " + oneLine(l.Why)
		}
		b.WriteString(line + "\n")
	}
}

// comment writes a comment of one line.
func comment(b *strings.Builder, indent, text string) {
	b.WriteString(indent + "# " + oneLine(text) + "\n")
}

// oneLine makes sure that nothing in a comment ends its line.
func oneLine(text string) string {
	return strings.TrimRight(mapping.Escape(text, 2000), " ")
}
