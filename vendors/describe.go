package vendors

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Describe writes what the literal says, as text for people.
func (v *Vendor) Describe(w io.Writer) error {
	d := v.Description()
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)\n%s\n\n%s\n", d.Title, d.Name, d.Page, d.Doc)
	table(&b, "Operations", []string{"NAME", "REQUEST", ""}, d.Operations, func(o Operation) []string {
		return []string{o.Name, "POST " + d.BaseURL + o.Path, o.Doc}
	})
	table(&b, "Settings (an environment variable NAME can also be read from a file that NAME_FILE names)",
		[]string{"SETTING", "ENVIRONMENT", "REQUIRED", ""}, d.Settings, func(s Setting) []string {
			return []string{s.Name, cmp.Or(s.Env, "-"), Need{Always: s.Required}.String(), s.note()}
		})
	table(&b, "Headers", []string{"HEADER", "VALUE", ""}, d.Headers, func(h Header) []string { return []string{h.Name, h.Value, h.Doc} })
	table(&b, "Fields", []string{"VENDOR'S FIELD", "FROM", "TYPE", "REQUIRED", ""}, d.Fields, func(f FieldDescription) []string {
		return []string{f.Name, f.From, string(f.Type), f.Required, f.note()}
	})
	fmt.Fprintf(&b, "\nLimits    %s (%s)\nRepeat    %s\n", d.Limits, d.LimitsDoc, d.Repeat)
	fmt.Fprintf(&b, "Identity  %s (the first that a row carries; two rows with the same are one person)\n", strings.Join(d.Identity, ", "))
	check := d.CredentialCheck
	if v.CredentialCheck.Question == nil {
		check = "not possible: " + check
	}
	fmt.Fprintf(&b, "Key check %s\n", check)
	for _, q := range d.Questions {
		fmt.Fprintf(&b, "Question  %s: %s\n", q.Name, q.Doc)
	}
	table(&b, "Codes (the first line that fits decides)", []string{"CODE", "CLASS", "WHEN", "MEANING", "WHAT TO DO"}, d.Codes, func(c CodeRule) []string {
		return []string{c.Code, c.Class, c.When, c.Meaning, c.Hint}
	})
	_, err := io.WriteString(w, b.String())
	return err
}

// table writes rows in columns below a head line; nothing where there are none.
func table[T any](b *strings.Builder, title string, head []string, rows []T, cells func(T) []string) {
	if len(rows) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n", title)
	t := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	line := func(cells []string) { fmt.Fprintln(t, "  "+strings.TrimRight(strings.Join(cells, "\t"), "\t")) }
	line(head)
	for _, row := range rows {
		line(cells(row))
	}
	t.Flush() // into memory: cannot fail
}

// note says everything about a setting that has no column.
func (s *Setting) note() string {
	note := s.Doc
	if s.Secret {
		note += "; secret: never in a job file"
	}
	return note + noted("; one of ", strings.Join(s.Values, ", ")) + noted("; e.g. ", s.Example) + noted("; default ", s.Default)
}

// note says everything about a field that has no column.
func (f *FieldDescription) note() string {
	return f.Doc + noted("; written as ", f.Format) + noted("; must be ", strings.Join(f.Constraints, "; must be ")) +
		noted("; only ", strings.Join(f.Operations, ", "))
}

// noted is a text after its label; nothing where there is no text.
func noted(label, text string) string {
	if text == "" {
		return ""
	}
	return label + text
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
	if r.Field == "*" {
		parts = append(parts, "any field")
	} else if r.Field != "" {
		parts = append(parts, "field "+r.Field)
	}
	if r.Text != "" {
		parts = append(parts, fmt.Sprintf("text %q", strings.ReplaceAll(r.Text, "*", " ... ")))
	}
	if r.AnyBody {
		parts = append(parts, "any body")
	}
	return strings.Join(parts, ", ")
}
