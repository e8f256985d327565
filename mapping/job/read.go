package job

import (
	"slices"
	"strconv"
	"strings"

	"importer/mapping"
)

// reading turns one file's tree into a File, gathering problems.
type reading struct {
	file     *File
	problems []error // each a *problem.Error
}

func (r *reading) report(pos mapping.Pos, message, hint string) {
	r.problems = append(r.problems, r.file.Problem(pos, message, hint))
}

// root reads the top level.
func (r *reading) root(n *node) {
	if n.shape == nothing {
		return // an empty file says nothing
	}
	for _, e := range r.table(n, "a job file") {
		switch e.key.Text {
		case "settings":
			r.settings(e.value)
		case "fields":
			r.file.Fields = r.fields(e.value, "fields")
		case "wire":
			r.file.Wire = r.fields(e.value, "wire")
		case "ignore":
			r.file.Ignore = r.texts(e.value, "ignore")
		case "empty":
			r.empty(e)
		case "ok":
			r.file.OK = r.texts(e.value, "ok")
		case "identity":
			r.identity(e.value)
		case "extends":
			r.file.extends, _ = r.text(e.value, "extends")
		case "limits", "input", "run":
			r.block(e.value, e.key.Text)
		default:
			r.scalarKey("", e)
		}
	}
}

// block reads a table of scalar keys.
func (r *reading) block(n *node, name string) {
	for _, e := range r.table(n, name) {
		if name == "input" && e.key.Text == "columns" {
			r.inputColumns(e)
			continue
		}
		r.scalarKey(name, e)
	}
}

func (r *reading) scalarKey(block string, e entry) {
	for _, k := range scalarKeys {
		if k.block != block || k.name != e.key.Text {
			continue
		}
		s, ok := r.text(e.value, k.name)
		if !ok {
			return
		}
		if wrong := k.check(s.Text); wrong != "" {
			r.report(s.Pos, k.name+" "+wrong+", not "+quoted(s.Text), k.doc)
			return
		}
		*k.of(r.file) = s
		return
	}
	r.unknown(e.key, keysOf(block), block)
}

// unknown reports a key nobody knows. A key of another block is shown the way.
func (r *reading) unknown(key Scalar, known []string, block string) {
	hint := ""
	if near, ok := mapping.Nearest(key.Text, known); ok {
		hint = "did you mean " + quoted(near) + "?"
	}
	for _, k := range scalarKeys {
		if foldKey(k.name) != foldKey(key.Text) || k.block == block {
			continue
		}
		hint = quoted(k.name) + " stands at the top level"
		if k.block != "" {
			hint = "it belongs under " + quoted(k.block)
		}
	}
	if hint == "" {
		hint = "known here: " + strings.Join(known, ", ")
	}
	r.report(key.Pos, "unknown key "+quoted(key.Text), hint)
}

func foldKey(s string) string {
	return strings.NewReplacer("-", "", "_", "").Replace(strings.ToLower(s))
}

func (r *reading) settings(n *node) {
	for _, e := range r.table(n, "settings") {
		if e.key.Text == "" {
			r.report(e.key.Pos, "a setting needs a name", "")
			continue
		}
		if s, ok := r.text(e.value, "setting "+quoted(e.key.Text)); ok {
			r.file.Settings = append(r.file.Settings, Setting{Name: e.key.Text, Where: e.key.Pos, Value: s})
		}
	}
}

// table returns the entries of a table, and reports anything else. No value at all is an empty table.
func (r *reading) table(n *node, what string) []entry {
	if n.shape != table && n.shape != nothing {
		r.report(n.pos, what+" takes keys and values, not "+n.describe(), "")
	}
	return n.entries
}

// text returns a scalar, and reports anything else.
func (r *reading) text(n *node, what string) (Scalar, bool) {
	if n.shape == scalar {
		return Scalar{n.text, n.pos}, true
	}
	if !n.bad {
		hint := ""
		if n.shape == nothing {
			hint = `give it a value, or leave the key out; the empty text is ""`
		}
		r.report(n.pos, what+" takes one text, not "+n.describe(), hint)
	}
	return Scalar{}, false
}

// texts returns a list of scalars. One scalar is a list of one.
func (r *reading) texts(n *node, what string) []Scalar {
	switch n.shape {
	case scalar:
		return []Scalar{{n.text, n.pos}}
	case nothing:
		return nil
	case table:
		r.report(n.pos, what+" takes a list, not "+n.describe(), "write it like [a, b]")
		return nil
	}
	var all []Scalar
	for _, item := range n.items {
		if s, ok := r.text(item, "each of "+what); ok {
			all = append(all, s)
		}
	}
	return all
}

func (n *node) describe() string {
	switch n.shape {
	case scalar:
		return quoted(n.text)
	case list:
		return "a list"
	case table:
		return "keys and values"
	}
	return "nothing"
}

// quoted shows a text of the file in a message.
func quoted(s string) string { return `"` + mapping.Escape(s, 60) + `"` }

func itoa(n int) string { return strconv.Itoa(n) }

func hasKey(keys []Key, name string) bool {
	return slices.ContainsFunc(keys, func(k Key) bool { return k.Name == name })
}
