package suggest

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"text/template"

	"importer/mapping"
)

// proposalFile is the job file as a template: what is certain as it will be used, what is not as comments.
//
//go:embed proposal.tmpl
var proposalFile string

var proposalTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("proposal").Funcs(template.FuncMap{
		"comment": comment, "scalar": scalar, "value": value, "doc": Setting.doc, "example": Setting.example,
		"because": because, "seen": seen, "sentence": sentence, "constant": constantFor, "oneForAll": oneForAll,
	}).Parse(proposalFile))
})

// YAML writes the job file. It ends in a line end.
func (p *Proposal) YAML() []byte {
	file := struct {
		Options
		Columns, Rows int
		Given, Mapped bool // any setting, any field
		Choices       []Choice
		Without       string // the fields about which there is nothing to say
		Ignore        []Leftover
	}{Options: p.opts, Columns: len(p.header), Rows: p.rows, Ignore: p.Ignore}
	file.Input = cmp.Or(mapping.Escape(p.opts.Input, 80), "the list")
	file.Given = slices.ContainsFunc(p.opts.Settings, func(s Setting) bool { return s.Value != "" && !s.Secret })
	var without []string
	for _, c := range p.Choices {
		file.Mapped = file.Mapped || c.Spec != nil
		if c.Spec == nil && c.Question == nil && len(c.Candidates) == 0 && len(c.Notes) == 0 && !c.Required {
			without = append(without, c.Field.String())
		} else {
			file.Choices = append(file.Choices, c)
		}
	}
	file.Without = strings.Join(without, ", ")
	var b strings.Builder
	if err := proposalTemplate().Execute(&b, file); err != nil {
		panic(err) // the template is wrong: every test of a proposal would find it
	}
	return []byte(b.String())
}

// doc says what a setting is, what it may be, and where else it may come from.
func (s Setting) doc() string {
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
	if s.Env != "" && s.Value == "" && !s.Secret {
		doc += "; or the environment: " + s.Env
	}
	return doc
}

// example is a value for the comment of a setting that is not given.
func (s Setting) example() string {
	return cmp.Or(s.Default, strings.Join(s.Values[:min(1, len(s.Values))], ""), "…")
}

// constantFor is an example of a constant for a field.
func constantFor(f mapping.Field) string {
	examples := map[mapping.Kind]string{mapping.Bool: "false", mapping.LanguageTag: "en", mapping.CountryCode: "IE"}
	return cmp.Or(examples[f.Kind()], "…")
}

// oneForAll reports fields that may be the same for everybody. What tells people apart is not.
func oneForAll(f mapping.Field) bool {
	return f.Privacy() == mapping.Plain || slices.Contains([]mapping.Field{mapping.Sponsor, mapping.ReferralCode, mapping.Organization, mapping.Subdomain}, f)
}

func because(reasons []Reason) string {
	parts := make([]string, len(reasons))
	for i, r := range reasons {
		parts[i] = r.Text
	}
	return cmp.Or(strings.Join(parts, "; "), "shared")
}

// seen is what a choice's cells look like in a sentence of that format; "" when nothing was seen.
func seen(format string, c Choice) string {
	if c.Seen == "" {
		return ""
	}
	return fmt.Sprintf(format, c.Seen)
}

// sentence ends a text with a full stop where it has no mark at its end.
func sentence(text string) string {
	if strings.HasSuffix(text, "?") || strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}

// comment makes a comment of one line, whatever the arguments hold.
func comment(format string, args ...any) string {
	return "# " + strings.TrimRight(mapping.Escape(fmt.Sprintf(format, args...), 2000), " ")
}
