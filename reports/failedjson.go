package reports

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// failedJSON writes failed.jsonl: every column of the input as a member with its cell's text, under its flattened name (address.city,
// phones[0]), then the link members. Read back, each row has the very cells it had. Empty cells are there too, so that no column
// goes missing from the file.
type failedJSON struct {
	out  *jsontext.Encoder
	run  string
	form Form
}

func newFailedJSON(w io.Writer, run string, form Form) *failedJSON {
	return &failedJSON{out: jsontext.NewEncoder(w), run: run, form: form}
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
	if err := f.texts("_import_run", f.run); err != nil {
		return err
	}
	if err := errors.Join(f.out.WriteToken(jsontext.String("_import_row")), f.out.WriteToken(jsontext.Int(r.Row))); err != nil {
		return err
	}
	if err := f.texts("_import_status", o.line.Status.String(), "_import_code", r.Code, "_import_field", Shown(r.Field),
		"_import_message", Shown(joinTexts(r.Message, note))); err != nil {
		return err
	}
	return f.out.WriteToken(jsontext.EndObject)
}

// original writes the members of the input's row.
func (f *failedJSON) original(o outcome) (note string, err error) {
	switch b := o.row.Broken; {
	case b != nil && len(f.form.Secret) > 0:
		return fmt.Sprintf("[the row is not repeated here, since it may hold a secret: mend it at %s]", place(o)), nil
	case b != nil:
		return "[the text of the row stands in " + rawMember + "]", f.texts(rawMember, b.Raw)
	}
	for i, name := range f.form.Header {
		if i >= len(o.row.Cells) || strings.HasPrefix(name, LinkPrefix) {
			continue
		}
		cell := o.row.Cells[i]
		if cell != "" && slices.Contains(f.form.Secret, name) {
			cell = SecretMarker
		}
		if err := f.texts(name, cell); err != nil {
			return "", err
		}
	}
	return "", nil
}

// texts writes members: name, value, name, value …
func (f *failedJSON) texts(members ...string) error {
	for _, text := range members {
		if err := f.out.WriteToken(jsontext.String(text)); err != nil {
			return err
		}
	}
	return nil
}

func (f *failedJSON) flush() error { return nil }
