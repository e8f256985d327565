package reports

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// failedWriter writes the rows to mend, in the form of the input.
type failedWriter interface {
	add(outcome) error
	flush() error
}

// newFailedWriter writes failed.csv, or failed.jsonl.
func newFailedWriter(w io.Writer, run string, form Form) (failedWriter, error) {
	if form.JSONL {
		return newFailedJSON(w, run, form), nil
	}
	return newFailedCSV(w, run, form)
}

// failedCSV writes the original cells as they were read, then the link columns.
type failedCSV struct {
	csv    *csv.Writer
	run    string
	width  int   // columns of the input
	keep   []int // of them, those that are no link columns
	secret []bool
	hides  bool // there is a secret column
	cells  []string
}

func newFailedCSV(w io.Writer, run string, form Form) (*failedCSV, error) {
	out := bufio.NewWriterSize(w, 64<<10)
	if form.BOM {
		if _, err := out.WriteString("\ufeff"); err != nil {
			return nil, err
		}
	}
	f := &failedCSV{csv: csv.NewWriter(out), run: run, width: len(form.Header), secret: make([]bool, len(form.Header))}
	if form.Comma != 0 {
		f.csv.Comma = form.Comma
	}
	for i, name := range form.Header {
		f.secret[i] = slices.Contains(form.Secret, name)
		f.hides = f.hides || f.secret[i]
		if !strings.HasPrefix(name, LinkPrefix) {
			f.keep = append(f.keep, i)
			f.cells = append(f.cells, name)
		}
	}
	return f, f.csv.Write(append(f.cells, LinkColumns()...))
}

func (f *failedCSV) add(o outcome) error {
	cells, note := o.row.Cells, ""
	if o.row.Broken != nil {
		cells, note = f.broken(o)
	}
	f.cells = f.cells[:0]
	for _, i := range f.keep {
		switch {
		case i >= len(cells):
			f.cells = append(f.cells, "")
		case f.secret[i] && cells[i] != "":
			f.cells = append(f.cells, SecretMarker)
		default:
			f.cells = append(f.cells, cells[i])
		}
	}
	r := o.record
	f.cells = append(f.cells, Guard(Shown(f.run)), strconv.FormatInt(r.Row, 10), o.line.Status.String(),
		Guard(Shown(r.Code)), Guard(Shown(r.Field)), Guard(Shown(joinTexts(r.Message, note))))
	return f.csv.Write(f.cells)
}

// broken returns what could be read of a row, for the columns of the input, and says in words what was done.
func (f *failedCSV) broken(o outcome) (cells []string, note string) {
	b := o.row.Broken
	switch {
	case f.hides:
		// Nobody can tell in which cell of such a row a secret stands.
		return nil, fmt.Sprintf("[the row is not repeated here, since it may hold a secret: mend it at %s]", place(o))
	case len(b.Cells) == f.width:
		return b.Cells, ""
	case b.Raw != "" && len(f.keep) > 0:
		// Not its cells, padded or cut: fed back as it is, the row must not pass for a whole one.
		cells := make([]string, f.width)
		cells[f.keep[0]] = b.Raw
		return cells, "[the text of the row stands in the first column: spread it over the columns]"
	}
	return nil, fmt.Sprintf("[nothing of it could be read: see %s]", place(o))
}

func (f *failedCSV) flush() error {
	f.csv.Flush()
	return f.csv.Error()
}

// place names a row as file:line.
func place(o outcome) string {
	return Shown(or(o.file, "line")) + ":" + strconv.FormatInt(o.row.Line, 10)
}

func joinTexts(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}
