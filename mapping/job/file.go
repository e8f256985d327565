package job

import (
	"maps"
	"slices"

	"importer/mapping"
)

// File is a job file as read, merged with what it extends.
type File struct {
	Name     string              // as given to Load or Parse
	Settings []Setting           // in file order, those of the base first
	Fields   []mapping.FieldSpec // likewise
	Wire     []mapping.FieldSpec // likewise
	Ignore   []Scalar            // columns
	Empty    []Scalar            // texts that stand for an empty cell
	Repair   Scalar              // whether damaged texts are repaired: true, false, or nothing

	options map[string][]Scalar // by key; one text each, but for lists
	lists   map[string]bool     // the keys of options that are lists
	extends Scalar
	sources map[string][]string // the lines of every file read, by name
}

// Scalar is one text of a job file, exactly as written there (quotes and escapes resolved), and its place.
type Scalar struct {
	Text string
	Pos  mapping.Pos
}

// Setting is one member of `settings`.
type Setting struct {
	Name  string
	Where mapping.Pos // of the name
	Value Scalar
}

// Spec returns what mapping needs. Its slices are shared with f.
func (f *File) Spec() mapping.Spec {
	if f == nil {
		return mapping.Spec{}
	}
	where, _ := f.Option(keyWhere)
	return mapping.Spec{Fields: f.Fields, Wire: f.Wire, Ignore: textsOf(f.Ignore), Empty: textsOf(f.Empty), Repair: f.Repair.Text == "true", Where: where.Text, WhereAt: where.Pos}
}

func textsOf(all []Scalar) []string {
	texts := make([]string, len(all))
	for i, s := range all {
		texts[i] = s.Text
	}
	return texts
}

// SettingMap returns the settings by name.
func (f *File) SettingMap() map[string]string {
	if f == nil {
		return map[string]string{}
	}
	m := make(map[string]string, len(f.Settings))
	for _, s := range f.Settings {
		m[s.Name] = s.Value.Text
	}
	return m
}

// SettingPos returns where a setting is named, the zero Pos when it is not.
func (f *File) SettingPos(name string) mapping.Pos {
	if f != nil {
		for _, s := range f.Settings {
			if s.Name == name {
				return s.Where
			}
		}
	}
	return mapping.Pos{}
}

// extend lays a file over its base: named members merge by name, ignore and empty lists add up, all else of the file wins.
func (f *File) extend(base *File) {
	options := maps.Clone(base.options)
	maps.Copy(options, f.options)
	f.options = options
	fieldName := func(s mapping.FieldSpec) string { return s.Name }
	text := func(s Scalar) string { return s.Text }
	f.Settings = mergeNamed(base.Settings, f.Settings, func(s Setting) string { return s.Name })
	f.Fields = mergeNamed(base.Fields, f.Fields, fieldName)
	f.Wire = mergeNamed(base.Wire, f.Wire, fieldName)
	f.Ignore = mergeNamed(base.Ignore, f.Ignore, text)
	f.Empty = mergeNamed(base.Empty, f.Empty, text)
	if f.Repair.Text == "" {
		f.Repair = base.Repair
	}
	maps.Copy(f.sources, base.sources)
}

// mergeNamed replaces members of base in their place and adds new ones at the end.
func mergeNamed[T any](base, over []T, name func(T) string) []T {
	var out []T
	at := make(map[string]int, len(base)+len(over))
	for _, one := range slices.Concat(base, over) {
		if i, ok := at[name(one)]; ok {
			out[i] = one
			continue
		}
		at[name(one)] = len(out)
		out = append(out, one)
	}
	return out
}
