package job

import (
	"slices"

	"importer/mapping"
)

// fields reads `fields` or `wire`: by name, a column or a table of field keys. A member with a problem stays, with a
// stand-in for its source where need be, so that what else is wrong with it is found at the same time.
func (r *reading) fields(n *node, what string) []mapping.FieldSpec {
	var specs []mapping.FieldSpec
	for _, e := range r.table(n, what) {
		before := len(r.problems)
		spec := r.field(e)
		sound := len(r.problems) == before && !e.value.bad
		if !sound && (spec.Name == "address" || spec.Name == "metadata") {
			continue
		}
		if !sound && len(spec.Columns) == 0 && spec.Expr == "" && spec.Value == nil {
			spec.Columns = []string{spec.Name}
		}
		specs = append(specs, spec)
	}
	return specs
}

func (r *reading) field(e entry) mapping.FieldSpec {
	spec := mapping.FieldSpec{Name: e.key.Text, Where: e.key.Pos}
	switch n := e.value; {
	case n.bad:
	case n.shape == scalar && n.isBool:
		r.report(n.pos, "field "+quoted(spec.Name)+" takes the name of a column here", "did you mean {value: "+n.text+"}?")
	case n.shape == scalar && n.text == "":
		r.report(n.pos, "field "+quoted(spec.Name)+" takes the name of a column, not an empty text", "")
	case n.shape == scalar:
		addColumn(&spec, Scalar{n.text, n.pos})
	case n.shape == table:
		r.members(&spec, n)
	case n.shape == list:
		r.report(n.pos, "field "+quoted(spec.Name)+" takes a column or keys and values, not a list", "write {columns: [A, B]} to take the first that is not empty")
	default:
		r.report(e.key.Pos, "field "+quoted(spec.Name)+" has no source", "give it a column, columns, value or expr")
	}
	return spec
}

// members reads the table of one field.
func (r *reading) members(spec *mapping.FieldSpec, n *node) {
	if group := spec.Name; group == "address" || group == "metadata" {
		r.report(spec.Where, quoted(group)+" is no field of its own", "write its members with a dot, as in "+group+"."+firstKey(n))
		return
	}
	var names []string
	for _, k := range fieldKeys {
		names = append(names, k.Name)
	}
	for _, e := range n.entries {
		i := slices.Index(names, e.key.Text)
		switch {
		case i < 0:
			r.unknown(e.key, names, "fields")
		case e.key.Text == "columns":
			r.columns(spec, e)
		case e.key.Text == "values":
			r.values(spec, e)
		case e.key.Text == "empty":
			r.empties(spec, e)
		case e.key.Text == "format":
			r.formats(spec, e)
		default:
			r.one(spec, e, fieldKeys[i].set)
		}
	}
	if hasEntry(n, "column") && hasEntry(n, "columns") {
		r.report(spec.Where, "field "+quoted(spec.Name)+" has both column and columns", "keep one of them")
	}
}

// place notes where a part of a field is written.
func place(spec *mapping.FieldSpec, key, item string, pos mapping.Pos) {
	if spec.At == nil {
		spec.At = map[mapping.Part]mapping.Pos{}
	}
	spec.At[mapping.Part{Key: key, Item: item}] = pos
}

func addColumn(spec *mapping.FieldSpec, s Scalar) {
	spec.Columns = append(spec.Columns, s.Text)
	place(spec, "columns", s.Text, s.Pos)
}

// one reads a key that takes one text, which may be empty where it is a constant.
func (r *reading) one(spec *mapping.FieldSpec, e entry, set func(*mapping.FieldSpec, string)) {
	key := e.key.Text
	s, ok := r.text(e.value, key)
	switch {
	case !ok:
	case s.Text == unsaid && (key == "value" || key == "default"):
		r.report(s.Pos, key+` is still "…", which stands for a text that only you know`, "replace … by the text that the vendor is to get")
	case s.Text == "" && key != "value" && key != "default":
		r.report(s.Pos, key+" takes a text that is not empty", "")
	case key == "column":
		addColumn(spec, s)
	default:
		set(spec, s.Text)
		place(spec, key, "", s.Pos)
	}
}

// unsaid is what a proposed job file has in the place of what it cannot know.
const unsaid = "…"

func (r *reading) columns(spec *mapping.FieldSpec, e entry) {
	columns := r.texts(e.value, "columns")
	if len(columns) == 0 && !e.value.bad {
		r.report(e.key.Pos, "columns takes at least one column", "")
	}
	for _, s := range columns {
		if s.Text == "" {
			r.report(s.Pos, "a column needs a name", "")
			continue
		}
		addColumn(spec, s)
	}
}

// formats reads one way of writing dates, or several.
func (r *reading) formats(spec *mapping.FieldSpec, e entry) {
	formats := r.texts(e.value, "format")
	if (e.value.shape == nothing || e.value.shape == list && len(e.value.items) == 0) && !e.value.bad {
		r.report(e.key.Pos, "format takes at least one way of writing dates", "")
	}
	for _, s := range formats {
		if s.Text == "" {
			r.report(s.Pos, "format takes a text that is not empty", "")
			continue
		}
		if len(spec.Formats) == 0 {
			place(spec, "format", "", s.Pos)
		}
		spec.Formats = append(spec.Formats, s.Text)
		place(spec, "format", s.Text, s.Pos)
	}
}

func (r *reading) values(spec *mapping.FieldSpec, e entry) {
	if e.value.shape != table || len(e.value.entries) == 0 {
		if !e.value.bad {
			r.report(e.key.Pos, "values takes keys and values, not "+e.value.describe(), "write it like {J: true, N: false}")
		}
		return
	}
	spec.Values = make(map[string]string, len(e.value.entries))
	trimmed := make(map[string]string, len(e.value.entries))
	for _, v := range e.value.entries {
		cell := mapping.Trim(v.key.Text)
		if before, twice := trimmed[cell]; twice {
			r.report(v.key.Pos, "value "+quoted(v.key.Text)+" is the same as "+quoted(before)+" once trimmed", "keep one of them")
			continue
		}
		trimmed[cell] = v.key.Text
		if s, ok := r.text(v.value, "value "+quoted(v.key.Text)); ok {
			spec.Values[cell] = s.Text
			place(spec, "values", cell, s.Pos)
		}
	}
}

func hasEntry(n *node, name string) bool {
	return slices.ContainsFunc(n.entries, func(e entry) bool { return e.key.Text == name })
}

func firstKey(n *node) string {
	if len(n.entries) == 0 {
		return "…"
	}
	return n.entries[0].key.Text
}

// empty reads the texts that stand for an empty cell in every field.
func (r *reading) empty(e entry) {
	for _, s := range r.placeholders(e, "give it a list such as [n/a, \"-\"]") {
		if mapping.Trim(s.Text) == "" {
			r.report(s.Pos, "an empty cell is empty anyway", "list what is written instead of nothing, such as n/a")
			continue
		}
		r.file.Empty = append(r.file.Empty, s)
	}
}

// repair reads whether damaged texts are repaired in every field.
func (r *reading) repair(n *node) {
	s, ok := r.text(n, "repair")
	if ok && s.Text != "true" && s.Text != "false" {
		r.report(s.Pos, "repair is true or false, not "+quoted(s.Text), "")
		return
	}
	r.file.Repair = s
}

// empties reads the texts that stand for an empty cell in one field.
func (r *reading) empties(spec *mapping.FieldSpec, e entry) {
	spec.Empty = []string{}
	for _, s := range r.placeholders(e, "write [] to turn the list of the job off for this field") {
		spec.Empty = append(spec.Empty, s.Text)
		place(spec, "empty", s.Text, s.Pos)
	}
}

// placeholders reads a list in which NULL is likely to be meant as a text, and is none to YAML.
func (r *reading) placeholders(e entry, hint string) []Scalar {
	if e.value.shape == nothing {
		r.report(e.key.Pos, "empty takes a list, not nothing", hint)
		return nil
	}
	sound := *e.value
	sound.items = nil
	for _, item := range e.value.items {
		if item.shape == nothing && !item.bad {
			r.report(item.pos, "NULL without quotes is no text to YAML", `write "NULL", in quotes`)
			continue
		}
		sound.items = append(sound.items, item)
	}
	return r.texts(&sound, "empty")
}
