package reports

import (
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// failedJSONL writes failed.jsonl: every column of the input as a member with its cell's text, under its flattened name (address.city,
// phones[0]), then the link members. Read back, each row has the very cells it had. Empty cells are there too, so that no column
// goes missing from the file.
type failedJSONL struct {
	out    *jsontext.Encoder
	run    string
	format Format
	object []jsontext.Token // the row that is being written
}

func newFailedJSONL(w io.Writer, run string, format Format) *failedJSONL {
	return &failedJSONL{out: jsontext.NewEncoder(w), run: run, format: format}
}

func (f *failedJSONL) add(o outcome) error {
	f.object = append(f.object[:0], jsontext.BeginObject)
	link := linkCells(f.run, o, f.original(o))
	for i, name := range LinkColumns() {
		if name == rowColumn {
			f.member(name, jsontext.Int(o.record.Row))
			continue
		}
		f.member(name, jsontext.String(link[i]))
	}
	for _, token := range append(f.object, jsontext.EndObject) {
		if err := f.out.WriteToken(token); err != nil {
			return err
		}
	}
	return nil
}

// original adds the members of the input's row, and says in words what was done with a broken one.
func (f *failedJSONL) original(o outcome) (note string) {
	switch b := o.row.Broken; {
	case b != nil && len(f.format.Secret) > 0:
		return notRepeated(o)
	case b != nil:
		f.member(rawMember, jsontext.String(b.Raw))
		return "[the text of the row is in " + rawMember + "]"
	}
	for i, name := range f.format.Header {
		if i >= len(o.row.Cells) || strings.HasPrefix(name, LinkPrefix) {
			continue
		}
		cell := o.row.Cells[i]
		if cell != "" && slices.Contains(f.format.Secret, name) {
			cell = SecretMarker
		}
		f.member(name, jsontext.String(cell))
	}
	return ""
}

func (f *failedJSONL) member(name string, value jsontext.Token) {
	f.object = append(f.object, jsontext.String(name), value)
}

func (f *failedJSONL) flush() error { return nil }
