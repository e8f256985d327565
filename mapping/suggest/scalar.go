package suggest

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"importer/mapping"
)

// value writes where a field comes from: a bare column, or a map in one line.
func value(s *mapping.FieldSpec) string {
	if s.Expr == "" && s.Value == nil && len(s.Columns) == 1 && len(s.Values) == 0 && s.Default == nil && s.Empty == nil &&
		s.Format == "" && s.Country == "" && s.Part == "" && s.From == "" {
		return scalar(s.Columns[0])
	}
	var parts []string
	add := func(key, text string) { parts = append(parts, key+": "+text) }
	switch {
	case s.Expr != "":
		add("expr", scalar(s.Expr))
	case s.Value != nil:
		add("value", scalar(*s.Value))
	case len(s.Columns) == 1:
		add("column", scalar(s.Columns[0]))
	default:
		add("columns", scalars(s.Columns))
	}
	if s.Part != "" {
		add("part", scalar(s.Part))
	}
	if s.From != "" {
		add("from", scalar(s.From))
	}
	if s.Format != "" {
		add("format", scalar(s.Format))
	}
	if s.Country != "" {
		add("country", scalar(s.Country))
	}
	if len(s.Values) > 0 {
		add("values", pairs(s.Values))
	}
	if s.Empty != nil {
		add("empty", scalars(s.Empty))
	}
	if s.Default != nil {
		add("default", scalar(*s.Default))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func scalars(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = scalar(text)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

func pairs(values map[string]string) string {
	keys := make([]string, 0, len(values))
	for k := range values {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if d := strings.Compare(values[b], values[a]); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	for i, k := range keys {
		keys[i] = scalar(k) + ": " + word(values[k])
	}
	return "{" + strings.Join(keys, ", ") + "}"
}

// word is scalar for canonical words: true and false look better bare, and are read as written.
func word(text string) string {
	if text == "true" || text == "false" {
		return text
	}
	return scalar(text)
}

// scalar writes a text so that every YAML reader takes it for that text, also within [] and {}: bare where it is letters, digits and
// single blanks and no word that YAML knows, in double quotes otherwise.
func scalar(text string) string {
	if isBare(text) {
		return text
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r > 0xFFFF && !unicode.IsPrint(r):
			fmt.Fprintf(&b, `\U%08x`, r)
		case r != ' ' && !unicode.IsPrint(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func isBare(text string) bool {
	switch strings.ToLower(text) {
	case "", "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return false
	}
	for i, r := range text {
		letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '_' && i > 0 || r > 0x7F && unicode.IsLetter(r)
		digit := '0' <= r && r <= '9'
		switch {
		case letter, digit && i > 0:
		case r == ' ' && i > 0 && i < len(text)-1 && text[i-1] != ' ':
		case (r == '-' || r == '/' || r == '.') && i > 0 && i < len(text)-1:
		default:
			return false
		}
	}
	return true
}
