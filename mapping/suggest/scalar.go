package suggest

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"importer/mapping"
)

// value writes where a field comes from: a bare column, or a map in one line.
func value(s *mapping.FieldSpec) string {
	if s.Generate == "" && s.Expr == "" && s.Value == nil && len(s.Columns) == 1 && len(s.Values) == 0 && s.Default == nil && s.Empty == nil &&
		len(s.Formats) == 0 && s.Century == "" && s.TimeZone == "" && s.Country == "" && s.Plus == "" && s.Part == "" && s.From == "" && s.Repair == "" && s.Take == "" {
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
	case len(s.Columns) == 0:
	default:
		add("columns", scalars(s.Columns))
	}
	for _, option := range []struct{ key, text string }{{"part", s.Part}, {"from", s.From}, {"format", ""}, {"century", s.Century}, {"time_zone", s.TimeZone}, {"country", s.Country}, {"without_plus", s.Plus}, {"repair", s.Repair}, {"take", s.Take}} {
		switch {
		case option.key == "format" && len(s.Formats) > 1:
			add(option.key, scalars(s.Formats))
		case option.key == "format" && len(s.Formats) == 1:
			add(option.key, scalar(s.Formats[0]))
		case option.text != "":
			add(option.key, scalar(option.text))
		}
	}
	if len(s.Values) > 0 {
		add("values", pairs(s.Values))
	}
	if s.Empty != nil {
		add("empty", scalars(s.Empty))
	}
	if s.Generate != "" {
		add("generate", s.Generate)
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
	keys := slices.SortedFunc(maps.Keys(values), func(a, b string) int {
		return cmp.Or(cmp.Compare(values[b], values[a]), cmp.Compare(a, b))
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

// scalar is mapping.Scalar.
func scalar(text string) string { return mapping.Scalar(text) }
