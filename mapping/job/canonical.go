package job

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"

	"importer/mapping"
)

// Canonical returns everything that decides what is sent (vendor, base URL, settings, fields, wire, which rows) in one fixed writing:
// the same for two files that mean the same, whatever their comments, formatting, order of keys and use of `extends`.
// It is made to be digested, not to be read back. It holds no secret, since job files hold none.
func (f *File) Canonical() []byte {
	if f == nil {
		f = &File{}
	}
	var b bytes.Buffer
	line := func(key string, values ...string) {
		b.WriteString(key)
		for _, v := range values {
			fmt.Fprintf(&b, " %q", v)
		}
		b.WriteByte('\n')
	}
	line("job", "1")
	line("vendor", f.text(keyVendor))
	line("base_url", f.text(keyBaseURL))
	settings := slices.SortedFunc(slices.Values(f.Settings), func(x, y Setting) int { return cmp.Compare(x.Name, y.Name) })
	for _, s := range settings {
		line("setting", s.Name, s.Value.Text)
	}
	if len(f.Empty) > 0 {
		line("empty", slices.Sorted(slices.Values(textsOf(f.Empty)))...)
	}
	if f.Repair.Text == "true" {
		line("repair", f.Repair.Text)
	}
	canonicalFields(line, "field", f.Fields)
	canonicalFields(line, "wire", f.Wire)
	for _, key := range []string{keyWhere, keyOnDuplicate, keyOnShared, keyOnInvalid, keySort} {
		if s, ok := f.Option(key); ok {
			line(key, s.Text)
		}
	}
	for _, key := range []string{keyIdentity, keyAgain} {
		for _, s := range f.texts(key) {
			line(key, s.Text)
		}
	}
	return b.Bytes()
}

func canonicalFields(line func(string, ...string), key string, specs []mapping.FieldSpec) {
	sorted := slices.SortedFunc(slices.Values(specs), func(x, y mapping.FieldSpec) int { return cmp.Compare(x.Name, y.Name) })
	for _, s := range sorted {
		line(key, s.Name)
		if len(s.Columns) > 0 {
			line("  columns", s.Columns...)
		}
		if s.Expr != "" {
			line("  expr", s.Expr)
		}
		if len(s.Formats) > 0 {
			line("  format", slices.Sorted(slices.Values(s.Formats))...)
		}
		for _, part := range []struct{ key, text string }{{"  country", s.Country}, {"  without_plus", s.Plus}, {"  part", s.Part}, {"  from", s.From}, {"  type", s.Type},
			{"  generate", s.Generate}, {"  on_invalid", s.OnInvalid}, {"  century", s.Century}, {"  time_zone", s.TimeZone}, {"  repair", s.Repair}, {"  take", s.Take}} {
			if part.text != "" {
				line(part.key, part.text)
			}
		}
		if s.Empty != nil {
			line("  empty", slices.Sorted(slices.Values(s.Empty))...)
		}
		if s.Value != nil {
			line("  value", *s.Value)
		}
		if s.Default != nil {
			line("  default", *s.Default)
		}
		for _, cell := range slices.Sorted(maps.Keys(s.Values)) {
			line("  values", cell, s.Values[cell])
		}
	}
}
