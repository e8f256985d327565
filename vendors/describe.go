package vendors

import (
	_ "embed"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"text/template"
)

// describeText is the text of a description; a tab in it ends a cell of a table.
//
//go:embed describe.tmpl
var describeText string

var describeTemplate = template.Must(template.New("describe").Funcs(template.FuncMap{"join": strings.Join}).Parse(describeText))

// Describe writes [Vendor.Description] as text for people.
func (v *Vendor) Describe(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if err := describeTemplate.Execute(t, v); err != nil {
		return err
	}
	return t.Flush()
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
