package reports

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"

	"github.com/gocarina/gocsv"

	"importer/mapping/problem"
)

// ReadResults yields the lines of a results.csv as they are in it, guards taken off. It is strict: a header that is not exactly
// [Columns], or a line that does not fit, ends it with a [problem.Error] that names file and line. The file of a run that was cut short
// may have a row twice (the later line counts) and misses those not settled.
func ReadResults(path string) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		file, err := os.Open(path)
		if err != nil {
			yield(Line{}, fmt.Errorf("results: %w", err))
			return
		}
		defer file.Close() // read only
		readLines(path, file)(yield)
	}
}

func readLines(name string, r io.Reader) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		in := bufio.NewReaderSize(r, 256<<10)
		if mark, _ := in.Peek(3); string(mark) == "\ufeff" {
			_, _ = in.Discard(3) // a spreadsheet put it there
		}
		batch := &lineBatch{file: name, table: csv.NewReader(in)}
		err := batch.readHeader()
		for err == nil {
			var lines []Line
			lines, err = batch.next()
			for _, line := range lines {
				if !yield(line, nil) {
					return
				}
			}
		}
		if !errors.Is(err, io.EOF) {
			yield(Line{}, err)
		}
	}
}

// lineBatch is some lines of a results.csv behind its header: gocsv decodes whole batches at no more cost a line than one line at a time, and
// says in which cell an error is.
type lineBatch struct {
	file  string
	table *csv.Reader
	rows  [][]string // the header, then up to linesPerBatch rows
	at    []int      // the physical line of each
}

// GetCSVRows is what gocsv asks of a decoder.
func (b *lineBatch) GetCSVRows() ([][]string, error) { return b.rows, nil }

func (b *lineBatch) readHeader() error {
	switch header, err := b.table.Read(); {
	case errors.Is(err, io.EOF):
		return b.fault(1, "the file is empty", nil, "is it a results.csv?")
	case err != nil:
		return b.fault(1, "", err, "is it a results.csv?")
	case !slices.Equal(header, Columns()):
		return b.fault(1, "the header is not that of a results.csv", nil, "it must be "+strings.Join(Columns(), ","))
	}
	return nil
}

// next returns the lines of the next batch up to the first that is wrong, and what is wrong with it: io.EOF at the end.
func (b *lineBatch) next() ([]Line, error) {
	b.rows, b.at = append(b.rows[:0], Columns()), append(b.at[:0], 1)
	var end error
	for len(b.rows) <= linesPerBatch && end == nil {
		row, err := b.table.Read()
		if parse := new(csv.ParseError); errors.As(err, &parse) {
			err = b.fault(parse.StartLine, "", parse.Err, "")
		}
		if end = err; err == nil {
			line, _ := b.table.FieldPos(0)
			b.rows, b.at = append(b.rows, row), append(b.at, line)
		}
	}
	var lines []Line
	if err := gocsv.UnmarshalDecoder(b, &lines); err != nil {
		wrong := new(csv.ParseError)
		if !errors.As(err, &wrong) {
			return nil, err
		}
		index := wrong.Line - 1 // gocsv counts rows of the batch from 1
		lines, end = lines[:index-1], b.fault(b.at[index], "column "+Columns()[wrong.Column-1], wrong.Err, "")
	}
	if i := slices.IndexFunc(lines, func(l Line) bool { return l.Row < 1 }); i >= 0 {
		lines, end = lines[:i], b.fault(b.at[i+1], "row must be 1 or more", nil, "")
	}
	return lines, end
}

func (b *lineBatch) fault(line int, message string, cause error, fix string) error {
	fix = cmp.Or(fix, "`importer report RUN` writes the file again")
	return &problem.Error{Kind: problem.Input, File: b.file, Line: int64(line), Message: message, Err: cause, Fix: fix}
}
