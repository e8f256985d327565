package source

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"sync/atomic"
)

// Set is what Survey found: inputs that can be read as one sequence of rows. It does not change, and may be shared.
type Set struct {
	Files  []File
	Header []string // the columns of every Row: those of the first CSV input, or of all JSONL inputs together

	limits Limits
}

// Size returns the bytes of all inputs as they are on disk.
func (s *Set) Size() int64 {
	var n int64
	for _, f := range s.Files {
		n += f.Size
	}
	return n
}

// Digest returns 32 bytes that are the same for the same bytes, in the same order of inputs, read in the same way: where it is equal,
// row numbers, offsets and cells are, as one release of the program reads them. A release that reads a few rows differently, and all others under the same
// numbers, keeps the digests: a run that was begun goes on, and what it has decided of such rows stays. Names and places of the files do not count.
func (s *Set) Digest() []byte {
	sum := sha256.New()
	fmt.Fprintf(sum, "importer source 1\nrecord %d lines %d\n", s.limits.Record, s.limits.Lines)
	for _, f := range s.Files {
		fmt.Fprintf(sum, "%s %s %s %s%s\n", f.SHA256, f.Format, f.Encoding, f.delimiterForm(), f.form())
	}
	return sum.Sum(nil)
}

// Open begins to read at the first row. It may be called any number of times, also while other readers of the set are open.
// The caller closes the reader.
func (s *Set) Open() (*Reader, error) {
	r := &Reader{set: s}
	if err := r.open(); err != nil {
		return nil, err
	}
	return r, nil
}

// Reader reads the data rows of a set's inputs, one input after the other. It is for one goroutine, but for BytesRead.
type Reader struct {
	set    *Set
	total  atomic.Int64
	input  int // of the next row, 0-based
	number int64
	text   *text // nil between inputs
	rows   rows
	err    error // what reading ended with
}

// Next returns the next row, and io.EOF after the last. Any other error ends the reading for good: the disk failed, or an
// input is no longer what the survey saw (ErrChanged). A row that could not be read is a Row with Broken set.
func (r *Reader) Next() (Row, error) {
	for r.err == nil {
		if r.text == nil {
			r.err = r.open()
			continue
		}
		file := &r.set.Files[r.input]
		row, err := r.rows.next()
		if err == nil {
			r.number++
			row.Number, row.Input = r.number, r.input
			row.Cells = rearrange(row.Cells, file.columns, len(r.set.Header))
			for i := range row.Flaws {
				if file.columns != nil {
					row.Flaws[i].Column = file.columns[row.Flaws[i].Column]
				}
			}
			if row.Broken != nil {
				row.Broken.Cells = rearrange(row.Broken.Cells, file.columns, len(r.set.Header))
			}
			return row, nil
		}
		if err == io.EOF {
			err = r.text.raw.finish()
		}
		r.text.Close()
		r.text = nil
		r.input++
		r.err = named(file.Title, err)
	}
	return Row{}, r.err
}

// All yields the rows of a reader, or of what passes its rows on, up to the end of the input. Any other error is yielded once, and last.
func All(rows interface{ Next() (Row, error) }) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for {
			row, err := rows.Next()
			if errors.Is(err, io.EOF) || !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// open begins to read the next input; io.EOF after the last.
func (r *Reader) open() error {
	if r.input == len(r.set.Files) {
		return io.EOF
	}
	file := &r.set.Files[r.input]
	t, err := openText(file, r.set.limits, &r.total)
	if err == nil {
		if r.rows, err = file.format.open(file, t, r.set.limits); err == nil {
			r.text = t
		} else {
			t.Close()
		}
	}
	return named(file.Title, err)
}

// rearrange puts cell i in place columns[i] of width cells. Where columns is nil they are in place; cells that are not as many as columns are
// those of a ragged row, and stay.
func rearrange(cells []string, columns []int, width int) []string {
	if columns == nil || len(cells) != len(columns) {
		return cells
	}
	out := make([]string, width)
	for i, cell := range cells {
		out[columns[i]] = cell
	}
	return out
}

// BytesRead returns how many bytes of the files, as they are on disk, have been read so far. At the end it is Set.Size.
// It may be called from any goroutine.
func (r *Reader) BytesRead() int64 { return r.total.Load() }

// Close ends the reading. It may be called more than once.
func (r *Reader) Close() error {
	if r.err == nil {
		r.err = os.ErrClosed
	}
	if r.text == nil {
		return nil
	}
	err := r.text.Close()
	r.text = nil
	return err
}
