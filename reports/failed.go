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
)

// failedWriter writes the rows to fix, in the format of the input.
type failedWriter interface {
	add(outcome) error
	flush() error
}

// newFailedWriter writes failed.csv, or failed.jsonl.
func newFailedWriter(w io.Writer, run string, format Format) failedWriter {
	if format.JSONL {
		return newFailedJSONL(w, run, format)
	}
	return newFailedCSV(w, run, format)
}

// linkCells are the cells of [LinkColumns] for a row; a note is added to its message.
func linkCells(run string, o outcome, note string) []string {
	r := o.record
	if r.Message != "" && note != "" {
		note = " " + note
	}
	return []string{run, strconv.FormatInt(r.Row, 10), r.Status.String(), r.Code, Shown(r.Field), Shown(r.Message + note)}
}

// notRepeated is the note of a broken row in a list with secret columns: nobody can tell in which cell of such a row a secret is.
func notRepeated(o outcome) string {
	return fmt.Sprintf("[the row is not repeated here because it may hold a secret: fix it at %s]", place(o))
}

// place names a row as file:line.
func place(o outcome) string {
	return Shown(cmp.Or(o.file, "line")) + ":" + strconv.FormatInt(o.row.Line, 10)
}

// failedCSV writes the original cells as they were read, then the link columns.
type failedCSV struct {
	csv    *csv.Writer
	run    string
	keep   []int  // columns of the input that are no link columns
	secret []bool // of all columns of the input
	cells  []string
}

// newFailedCSV begins with the header. An error of writing it comes with flush.
func newFailedCSV(w io.Writer, run string, format Format) *failedCSV {
	out := bufio.NewWriterSize(w, 64<<10)
	if format.BOM {
		_, _ = out.WriteString("\ufeff")
	}
	f := &failedCSV{csv: csv.NewWriter(out), run: run, secret: make([]bool, len(format.Header))}
	f.csv.Comma = cmp.Or(format.Comma, ',')
	for i, name := range format.Header {
		f.secret[i] = slices.Contains(format.Secret, name)
		if !strings.HasPrefix(name, LinkPrefix) {
			f.keep = append(f.keep, i)
			f.cells = append(f.cells, name)
		}
	}
	_ = f.csv.Write(append(f.cells, LinkColumns()...))
	return f
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
	for _, cell := range linkCells(f.run, o, note) {
		f.cells = append(f.cells, Guard(Shown(cell)))
	}
	return f.csv.Write(f.cells)
}

// broken returns what could be read of a row, for the columns of the input, and says in words what was done.
func (f *failedCSV) broken(o outcome) (cells []string, note string) {
	b := o.row.Broken
	switch {
	case slices.Contains(f.secret, true):
		return nil, notRepeated(o)
	case len(b.Cells) == len(f.secret):
		return b.Cells, ""
	case b.Raw != "" && len(f.keep) > 0:
		// Not its cells, padded or cut: fed back as it is, the row must not pass for a whole one.
		cells := make([]string, len(f.secret))
		cells[f.keep[0]] = b.Raw
		return cells, "[the text of the row is in the first column: spread it over the columns]"
	}
	return nil, fmt.Sprintf("[nothing of the row could be read: see %s]", place(o))
}

func (f *failedCSV) flush() error {
	f.csv.Flush()
	return f.csv.Error()
}
