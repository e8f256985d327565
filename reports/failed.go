package reports

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// failedForm says which cells a failed file holds of a row: the original columns, then the [LinkColumns].
type failedForm struct {
	format Format
	keep   []int // columns of the input that are no link columns
}

func newFailedForm(format Format) failedForm {
	f := failedForm{format: format}
	for i, name := range format.Header {
		if !strings.HasPrefix(name, LinkPrefix) {
			f.keep = append(f.keep, i)
		}
	}
	return f
}

// header returns the names of the columns.
func (f failedForm) header() []string {
	names := make([]string, 0, len(f.keep)+len(LinkColumns()))
	for _, i := range f.keep {
		names = append(names, f.format.Header[i])
	}
	return append(names, LinkColumns()...)
}

// cells returns the original cells of a row, by column of the input, and what its link columns hold.
func (f failedForm) cells(o outcome) (cells, link []string) {
	r := o.record
	cells, note := f.original(o)
	if note != "" {
		r.Message = strings.TrimSpace(r.Message + " " + note)
	}
	return cells, []string{o.run, strconv.FormatInt(r.Row, 10), r.Status.String(), r.Code, Shown(r.Field), Shown(r.Message)}
}

// record returns the cells of a row under the header, those that a vendor may have written made harmless.
func (f failedForm) record(o outcome) []string {
	cells, link := f.cells(o)
	record := make([]string, 0, len(f.keep)+len(link))
	for _, i := range f.keep {
		cell := ""
		if i < len(cells) {
			cell = cells[i]
		}
		record = append(record, cell)
	}
	for _, cell := range link {
		record = append(record, Guard(Shown(cell)))
	}
	return record
}

// failedWriter writes the rows to fix in the format of the input, so that each row that is read back has the cells it had.
//
// failed.csv holds the cells as they were read. failed.jsonl holds every column of the input as a member with its cell's text, under its
// flattened name (address.city, phones[0]); empty cells are there too, so that no column is missing from the file.
type failedWriter struct {
	failedForm
	csv  *csv.Writer
	json *jsontext.Encoder // instead of csv
}

// newFailedWriter begins a CSV file with the header. An error of writing it comes with flush.
func newFailedWriter(w io.Writer, format Format) *failedWriter {
	f := &failedWriter{failedForm: newFailedForm(format)}
	if format.JSONL {
		f.json = jsontext.NewEncoder(w)
		return f
	}
	out := bufio.NewWriterSize(w, 64<<10)
	_, _ = out.WriteString("\ufeff") // without the mark a spreadsheet takes UTF-8 for the encoding of its country
	f.csv = csv.NewWriter(out)
	f.csv.Comma = cmp.Or(format.Comma, ',')
	_ = f.csv.Write(f.header())
	return f
}

func (f *failedWriter) add(o outcome) error {
	if f.format.JSONL {
		cells, link := f.cells(o)
		return f.addJSON(o, cells, link)
	}
	return f.csv.Write(f.record(o))
}

func (f *failedWriter) addJSON(o outcome, cells, link []string) error {
	tokens := []jsontext.Token{jsontext.BeginObject}
	member := func(name string, value jsontext.Token) { tokens = append(tokens, jsontext.String(name), value) }
	for _, i := range f.keep {
		if i < len(cells) {
			member(f.format.Header[i], jsontext.String(cells[i]))
		}
	}
	if b := o.row.Broken; b != nil && len(f.format.Secret) == 0 {
		member(rawMember, jsontext.String(b.Raw))
	}
	for i, name := range LinkColumns() {
		value := jsontext.String(link[i])
		if name == rowColumn {
			value = jsontext.Int(o.record.Row)
		}
		member(name, value)
	}
	for _, token := range append(tokens, jsontext.EndObject) {
		if err := f.json.WriteToken(token); err != nil {
			return err
		}
	}
	return nil
}

// original returns the cells of a row for the columns of the input, secrets marked, and says in words what was done with a broken row.
// Of a broken row in a list with secret columns it returns nothing: in which cell a secret is cannot be known.
func (f failedForm) original(o outcome) (cells []string, note string) {
	switch b := o.row.Broken; {
	case b == nil:
		cells = slices.Clone(o.row.Cells)
		for _, i := range f.keep {
			if i < len(cells) && cells[i] != "" && slices.Contains(f.format.Secret, f.format.Header[i]) {
				cells[i] = SecretMarker
			}
		}
		return cells, ""
	case len(f.format.Secret) > 0:
		return nil, fmt.Sprintf("[the row is not repeated here because it may hold a secret: fix it at %s]", place(o))
	case f.format.JSONL:
		return nil, "[the text of the row is in " + rawMember + "]"
	case len(b.Cells) == len(f.format.Header):
		return b.Cells, ""
	case b.Raw != "" && len(f.keep) > 0:
		// Its cells are not padded or cut: fed back as it is, the row must not pass for a whole one.
		cells = make([]string, len(f.format.Header))
		cells[f.keep[0]] = b.Raw
		return cells, "[the text of the row is in the first column: spread it over the columns]"
	}
	return nil, fmt.Sprintf("[nothing of the row could be read: see %s]", place(o))
}

func (f *failedWriter) flush() error {
	if f.format.JSONL {
		return nil
	}
	f.csv.Flush()
	return f.csv.Error()
}

// place names a row as file:line.
func place(o outcome) string {
	return Shown(cmp.Or(o.file, "line")) + ":" + strconv.FormatInt(o.row.Line, 10)
}
