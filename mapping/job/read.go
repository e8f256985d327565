package job

import (
	"cmp"
	"slices"
	"strings"

	"importer/mapping"
	"importer/mapping/problem"
)

// reading turns one file's tree into a File, gathering problems.
type reading struct {
	file     *File
	known    []Option
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
		case "repair":
			r.repair(e.value)
		case "extends":
			r.file.extends, _ = r.text(e.value, "extends")
		default:
			if r.isBlock(e.key.Text) {
				for _, inner := range r.table(e.value, e.key.Text) {
					r.option(e.key.Text, inner)
				}
				continue
			}
			r.option("", e)
		}
	}
}

// isBlock reports whether options are in a block of this name.
func (r *reading) isBlock(name string) bool { return name != "" && len(r.names(name)) > 0 }

// names lists the keys of a block, "" for the top level, where the blocks themselves are.
func (r *reading) names(block string) (names []string) {
	for _, k := range Keys(r.known) {
		in, name := parts(k.Name)
		if block == "" && in != "" {
			in, name = "", in
		}
		if in == block && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

func (r *reading) option(block string, e entry) {
	i := slices.IndexFunc(r.known, func(o Option) bool {
		in, name := parts(o.Key)
		return in == block && name == e.key.Text
	})
	if i < 0 {
		r.unknown(e.key, r.names(block), block)
		return
	}
	o := r.known[i]
	var texts []Scalar
	if o.List {
		texts = r.texts(e.value, e.key.Text)
	} else if s, ok := r.text(e.value, e.key.Text); ok {
		texts = []Scalar{s}
	}
	for n, s := range texts {
		r.checkText(&o, e.key.Text, texts[:n], s)
	}
	if len(texts) > 0 {
		r.file.options[o.Key] = texts
	}
}

// checkText reports what is wrong with a text of an option; before are those in front of it in its list.
func (r *reading) checkText(o *Option, name string, before []Scalar, s Scalar) {
	switch {
	case s.Text == "" && o.Key == keyColumns:
		r.report(s.Pos, "a column needs a name", "a column that is not wanted has one too; list it under ignore")
	case s.Text == "":
		r.report(s.Pos, name+" takes a text that is not empty", o.Doc)
	case o.Key == keyColumns && slices.ContainsFunc(before, func(b Scalar) bool { return b.Text == s.Text }):
		r.report(s.Pos, "column "+quoted(s.Text)+" is named twice", "each column has its own name")
	case o.Check != nil:
		if err := o.Check(s.Text); err != nil {
			r.report(s.Pos, name+": "+err.Error(), cmp.Or(problem.Hint(err), o.Doc))
		}
	}
}

// unknown reports a key that is not among those known in a block. A key of another block is shown the way.
func (r *reading) unknown(key Scalar, known []string, block string) {
	hint := "known here: " + strings.Join(known, ", ")
	if near, ok := mapping.Nearest(key.Text, known); ok {
		hint = "did you mean " + quoted(near) + "?"
	}
	for _, o := range r.known {
		switch in, name := parts(o.Key); {
		case in == block || normalKey(name) != normalKey(key.Text):
		case in == "":
			hint = quoted(name) + " belongs at the top level"
		default:
			hint = "it belongs under " + quoted(in)
		}
	}
	r.report(key.Pos, "unknown key "+quoted(key.Text), hint)
}

func normalKey(s string) string {
	return strings.NewReplacer("-", "", "_", "").Replace(strings.ToLower(s))
}

func (r *reading) settings(n *node) {
	for _, e := range r.table(n, "settings") {
		if e.key.Text == "" {
			r.report(e.key.Pos, "a setting needs a name", "")
			continue
		}
		s, ok := r.text(e.value, "setting "+quoted(e.key.Text))
		if ok && s.Text == unsaid {
			r.report(s.Pos, "setting "+quoted(e.key.Text)+` is still "…", which stands for a text that only you know`, "replace … by what the vendor gave you, or take the line out")
		} else if ok {
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
		if colon, ok := item.colonText(); ok && !item.bad {
			r.report(item.pos, "each of "+what+" takes one text, not "+item.describe(), "a text with a colon needs quotes: "+mapping.Scalar(colon))
			continue
		}
		if s, ok := r.text(item, "each of "+what); ok {
			all = append(all, s)
		}
	}
	return all
}

// colonText is a text with a colon in it that YAML took for a key and its value.
func (n *node) colonText() (string, bool) {
	if n.shape != table || len(n.entries) != 1 || n.entries[0].value.shape != scalar {
		return "", false
	}
	return n.entries[0].key.Text + ": " + n.entries[0].value.text, true
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
