package job

import (
	"maps"
	"slices"

	"importer/mapping"
)

// merge lays a file over its base: named members merge by name, ignore and empty lists add up, all else of the file wins.
func merge(base, over *File) *File {
	out := *over
	for _, k := range scalarKeys {
		if !k.of(&out).Set() {
			*k.of(&out) = *k.of(base)
		}
	}
	out.Settings = mergeNamed(base.Settings, over.Settings, func(s Setting) string { return s.Name })
	byName := func(s mapping.FieldSpec) string { return s.Name }
	out.Fields = mergeNamed(base.Fields, over.Fields, byName)
	out.Wire = mergeNamed(base.Wire, over.Wire, byName)
	out.Ignore = mergeNamed(base.Ignore, over.Ignore, func(s Scalar) string { return s.Text })
	out.Empty = mergeNamed(base.Empty, over.Empty, func(s Scalar) string { return s.Text })
	if len(out.OK) == 0 {
		out.OK = base.OK
	}
	if len(out.Identity) == 0 {
		out.Identity = base.Identity
	}
	if len(out.Input.Columns) == 0 {
		out.Input.Columns = base.Input.Columns
	}
	out.sources = maps.Clone(base.sources)
	maps.Copy(out.sources, over.sources)
	return &out
}

// mergeNamed replaces members of base in their place and adds new ones at the end.
func mergeNamed[T any](base, over []T, name func(T) string) []T {
	out := slices.Clone(base)
	at := make(map[string]int, len(base)+len(over))
	for i, b := range base {
		at[name(b)] = i
	}
	for _, o := range over {
		if i, ok := at[name(o)]; ok {
			out[i] = o
			continue
		}
		at[name(o)] = len(out)
		out = append(out, o)
	}
	return out
}
