package job

import (
	"strings"

	"importer/mapping"
)

// identity reads the fields that make two rows one person.
func (r *reading) identity(n *node) {
	for _, s := range r.texts(n, "identity") {
		if wrong, hint := WrongIdentity(s.Text); wrong != "" {
			r.report(s.Pos, wrong, hint)
			continue
		}
		r.file.Identity = append(r.file.Identity, s)
	}
}

// WrongIdentity says what is wrong with the name of a field under `identity`, and what to do; both are empty when nothing is.
func WrongIdentity(name string) (message, hint string) {
	f, ok := mapping.ParseField(name)
	switch {
	case !ok:
		hint = "name standard fields, such as email, phone or username"
		if near, found := mapping.Nearest(name, mapping.FieldNames()); found {
			hint = "did you mean " + near + "?"
		}
		return "identity has the unknown field " + quoted(name), hint
	case f.Privacy() == mapping.Hidden:
		return "identity cannot be the field " + quoted(name), "take what tells people apart, such as email, phone or username"
	}
	return "", ""
}

// identityList is the value of the flag that says the same.
func (f *File) identityList() (Scalar, bool) {
	if len(f.Identity) == 0 {
		return Scalar{}, false
	}
	names := make([]string, len(f.Identity))
	for i, s := range f.Identity {
		names[i] = s.Text
	}
	return Scalar{Text: strings.Join(names, ","), Pos: f.Identity[0].Pos}, true
}
