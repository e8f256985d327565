package reports

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"

	"github.com/gocarina/gocsv"
)

// ReadResults yields the lines of a results.csv as they stand in it, guards taken off. It is strict: a header that is not exactly
// [Columns], or a line that does not fit, ends it with an error that names file and line. The file of a run that was cut short may
// have a row twice (the later line counts) and misses those not settled.
func ReadResults(path string) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		file, err := os.Open(path)
		if err != nil {
			yield(Line{}, fmt.Errorf("results: %w", err))
			return
		}
		defer file.Close() // read only
		for line, err := range readLines(file) {
			if err != nil {
				err = fmt.Errorf("%s: %w", path, err)
			}
			if !yield(line, err) {
				return
			}
		}
	}
}

func readLines(r io.Reader) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		in := bufio.NewReaderSize(r, 256<<10)
		if mark, _ := in.Peek(3); string(mark) == "\ufeff" {
			_, _ = in.Discard(3) // a spreadsheet put it there
		}
		table := csv.NewReader(in)
		table.ReuseRecord = true
		rows, err := gocsv.NewUnmarshaller(table, Line{})
		if err != nil {
			yield(Line{}, fmt.Errorf("line 1: %w (hint: is it a results.csv?)", headerFault(err)))
			return
		}
		if !slices.Equal(rows.Headers, Columns()) {
			yield(Line{}, fmt.Errorf("line 1: the header is not that of a results.csv (hint: it must be %s)", strings.Join(Columns(), ",")))
			return
		}
		for {
			read, err := rows.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Line{}, lineFault(table, err))
				return
			}
			line := read.(Line)
			if line.Row < 1 {
				yield(Line{}, lineFault(table, errors.New("row must be 1 or more")))
				return
			}
			if !yield(line, nil) {
				return
			}
		}
	}
}

func headerFault(err error) error {
	if errors.Is(err, io.EOF) {
		return errors.New("the file is empty")
	}
	return err
}

// lineFault names the line, and says how to get a good file. csv's own errors name it already.
func lineFault(table *csv.Reader, err error) error {
	const hint = "(hint: `importer report RUN` writes the file anew)"
	if parse := new(csv.ParseError); errors.As(err, &parse) {
		return fmt.Errorf("line %d: %w %s", parse.StartLine, parse.Err, hint)
	}
	line, _ := table.FieldPos(0)
	return fmt.Errorf("line %d: %w %s", line, cellFault(err), hint)
}

// cellFault says in our words what gocsv says in those of reflection: "cannot assign field at 3 to reports.Line through index chain [3]: …".
func cellFault(err error) error {
	var column int
	_, why, found := strings.Cut(err.Error(), "]: ")
	if _, scanned := fmt.Sscanf(err.Error(), "cannot assign field at %d ", &column); scanned != nil || !found || column >= len(Columns()) {
		return err
	}
	return fmt.Errorf("column %s: %s", Columns()[column], why)
}
