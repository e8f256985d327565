package vendors

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Describe writes what the literal says, as text for people. Errors of w end the writing early and are returned.
func (v *Vendor) Describe(w io.Writer) error {
	d := v.Description()
	p := &printer{w: w}
	p.line("%s (%s)", d.Title, d.Name)
	p.line("%s", d.Page)
	p.line("")
	p.line("%s", d.Doc)
	p.addresses(d)
	p.settings(d)
	p.headers(d)
	p.fields(d)
	p.rest(d)
	p.codes(d)
	return p.err
}

// printer keeps the first error, so that the callers need not.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

// table writes rows in columns below a head line.
func (p *printer) table(title string, head []string, rows [][]string) {
	if p.err != nil || len(rows) == 0 {
		return
	}
	p.line("\n%s", title)
	t := tabwriter.NewWriter(p.w, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{head}, rows...) {
		fmt.Fprintln(t, "  "+strings.TrimRight(strings.Join(row, "\t"), "\t"))
	}
	if err := t.Flush(); p.err == nil {
		p.err = err
	}
}

func (p *printer) addresses(d Description) {
	var rows [][]string
	for _, o := range d.Operations {
		rows = append(rows, []string{o.Name, "POST " + d.BaseURL + o.Path, o.Doc})
	}
	p.table("Operations", []string{"NAME", "REQUEST", ""}, rows)
}

func (p *printer) settings(d Description) {
	var rows [][]string
	for _, s := range d.Settings {
		rows = append(rows, []string{s.Name, dash(s.Env), yesNo(s.Required), s.note()})
	}
	p.table("Settings (an environment variable NAME can also be read from a file that NAME_FILE names)", []string{"SETTING", "ENVIRONMENT", "REQUIRED", ""}, rows)
}

// note says everything about a setting that has no column.
func (s DescribedSetting) note() string {
	note := s.Doc
	if s.Secret {
		note += "; secret: never in a job file"
	}
	if len(s.Values) > 0 {
		note += "; one of " + strings.Join(s.Values, ", ")
	}
	if s.Example != "" {
		note += "; e.g. " + s.Example
	}
	if s.Default != "" {
		note += "; default " + s.Default
	}
	return note
}

func (p *printer) headers(d Description) {
	var rows [][]string
	for _, h := range d.Headers {
		rows = append(rows, []string{h.Name, h.Value, h.Doc})
	}
	p.table("Headers", []string{"HEADER", "VALUE", ""}, rows)
}

func (p *printer) fields(d Description) {
	var rows [][]string
	for _, f := range d.Fields {
		rows = append(rows, []string{f.Name, f.From, string(f.Type), f.Required, f.note()})
	}
	p.table("Fields", []string{"VENDOR'S FIELD", "FROM", "TYPE", "REQUIRED", ""}, rows)
}

// note says everything about a field that has no column.
func (f DescribedField) note() string {
	parts := []string{f.Doc}
	if f.Format != "" {
		parts = append(parts, "written as "+f.Format)
	}
	for _, c := range f.Constraints {
		parts = append(parts, "must be "+c)
	}
	if len(f.Operations) > 0 {
		parts = append(parts, "only "+strings.Join(f.Operations, ", "))
	}
	return strings.Join(parts, "; ")
}

func (p *printer) rest(d Description) {
	p.line("\nLimits    %s (%s)", d.Limits, d.LimitsDoc)
	p.line("Repeat    %s", d.Repeat)
	p.line("Identity  %s (the first that a row carries; two rows with the same are one person)", strings.Join(d.Identity, ", "))
	p.line("Trying    %s", d.Harmless)
	for _, q := range d.Questions {
		p.line("Question  %s: %s", q.Name, q.Doc)
	}
}

func (p *printer) codes(d Description) {
	var rows [][]string
	for _, c := range d.Codes {
		rows = append(rows, []string{c.Code, c.Class, c.When, c.Meaning, c.Hint})
	}
	p.table("Codes (the first line that fits decides)", []string{"CODE", "CLASS", "WHEN", "MEANING", "WHAT TO DO"}, rows)
}

// When says a rule's conditions in words: `400, field username, text "already taken"`.
func (r *Rule) When() string {
	var parts []string
	if len(r.Status) > 0 {
		parts = append(parts, strings.Trim(strings.ReplaceAll(fmt.Sprint(r.Status), " ", "/"), "[]"))
	}
	if r.Code != "" {
		parts = append(parts, "code "+r.Code)
	}
	switch r.Field {
	case "":
	case "*":
		parts = append(parts, "any field")
	default:
		parts = append(parts, "field "+r.Field)
	}
	if r.Text != "" {
		parts = append(parts, fmt.Sprintf("text %q", strings.ReplaceAll(r.Text, "*", " ... ")))
	}
	if r.AnyShape {
		parts = append(parts, "any body")
	}
	return strings.Join(parts, ", ")
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
