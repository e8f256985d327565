package reports

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// failedJSON writes failed.jsonl: the original members as they were, then the link members.
type failedJSON struct {
	out  *jsontext.Encoder
	run  string
	form Form
}

func newFailedJSON(w io.Writer, run string, form Form) *failedJSON {
	return &failedJSON{
		out: jsontext.NewEncoder(w, jsontext.PreserveRawStrings(true), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)),
		run: run, form: form,
	}
}

func (f *failedJSON) add(o outcome) error {
	if err := f.out.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	note, err := f.original(o)
	if err != nil {
		return err
	}
	r := o.record
	if err := f.text("_import_run", f.run); err != nil {
		return err
	}
	if err := errors.Join(f.out.WriteToken(jsontext.String("_import_row")), f.out.WriteToken(jsontext.Int(r.Row))); err != nil {
		return err
	}
	for _, member := range [][2]string{{"_import_status", o.line.Status.String()}, {"_import_code", r.Code},
		{"_import_field", r.Field}, {"_import_message", joinTexts(r.Message, note)}} {
		if err := f.text(member[0], Shown(member[1])); err != nil {
			return err
		}
	}
	return f.out.WriteToken(jsontext.EndObject)
}

// original writes the members of the input's row.
func (f *failedJSON) original(o outcome) (note string, err error) {
	switch {
	case o.row.Broken != nil && len(f.form.Secret) > 0:
		return fmt.Sprintf("[the row is not repeated here, since it may hold a secret: mend it at %s]", place(o)), nil
	case o.row.Broken != nil:
		return "[the text of the row stands in " + rawMember + "]", f.text(rawMember, or(o.row.Broken.Raw, string(o.raw)))
	case o.raw != nil:
		return "", f.members(o.raw)
	}
	for i, name := range f.form.Header {
		if i >= len(o.row.Cells) || o.row.Cells[i] == "" || strings.HasPrefix(name, LinkPrefix) {
			continue
		}
		cell := o.row.Cells[i]
		if slices.Contains(f.form.Secret, name) {
			cell = SecretMarker
		}
		if err := f.text(name, cell); err != nil {
			return "", err
		}
	}
	return "", nil
}

// members copies the members of a JSON object, with types, but the link members and what is secret.
func (f *failedJSON) members(raw []byte) error {
	in := jsontext.NewDecoder(bytes.NewReader(raw), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if start, err := in.ReadToken(); err != nil || start.Kind() != '{' {
		return errors.Join(errors.New("the row is no JSON object"), err)
	}
	return f.copyMembers(in, "")
}

// copyMembers reads up to and including the end of the object it is in; the end itself is not written at the top.
func (f *failedJSON) copyMembers(in *jsontext.Decoder, path string) error {
	for in.PeekKind() != '}' {
		name, err := in.ReadToken()
		if err != nil {
			return err
		}
		member := name.String()
		if path == "" && strings.HasPrefix(member, LinkPrefix) {
			if err := in.SkipValue(); err != nil {
				return err
			}
			continue
		}
		if err := f.out.WriteToken(jsontext.String(member)); err != nil {
			return err
		}
		if err := f.copyValue(in, path+member); err != nil {
			return err
		}
	}
	_, err := in.ReadToken()
	return err
}

// copyValue copies one value. Only where something below it is secret does it look inside.
func (f *failedJSON) copyValue(in *jsontext.Decoder, path string) error {
	switch {
	case slices.Contains(f.form.Secret, path):
		return errors.Join(in.SkipValue(), f.out.WriteToken(jsontext.String(SecretMarker)))
	case in.PeekKind() == '[' && f.secretBelow(path+"["):
		return errors.Join(in.SkipValue(), f.out.WriteToken(jsontext.String(SecretMarker)))
	case in.PeekKind() == '{' && f.secretBelow(path+"."):
		if _, err := in.ReadToken(); err != nil {
			return err
		}
		if err := f.out.WriteToken(jsontext.BeginObject); err != nil {
			return err
		}
		if err := f.copyMembers(in, path+"."); err != nil {
			return err
		}
		return f.out.WriteToken(jsontext.EndObject)
	}
	value, err := in.ReadValue()
	if err != nil {
		return err
	}
	return f.out.WriteValue(value)
}

func (f *failedJSON) secretBelow(path string) bool {
	return slices.ContainsFunc(f.form.Secret, func(name string) bool { return strings.HasPrefix(name, path) })
}

func (f *failedJSON) text(name, value string) error {
	return errors.Join(f.out.WriteToken(jsontext.String(name)), f.out.WriteToken(jsontext.String(value)))
}

func (f *failedJSON) flush() error { return nil }
