package reports

import (
	"encoding/csv"
	"fmt"
	"io"

	"github.com/gocarina/gocsv"
)

// linesPerBatch is how many lines are encoded at a time: enough to hide what a call costs.
const linesPerBatch = 512

// resultsWriter writes results.csv in batches.
type resultsWriter struct {
	csv   *csv.Writer
	batch []Line
	lines int64 // written or in the batch
}

func newResultsWriter(w io.Writer) (*resultsWriter, error) {
	out := csv.NewWriter(w)
	if err := out.Write(Columns()); err != nil {
		return nil, err
	}
	return &resultsWriter{csv: out, batch: make([]Line, 0, linesPerBatch)}, nil
}

func (w *resultsWriter) add(l Line) error {
	w.batch = append(w.batch, l)
	w.lines++
	if len(w.batch) < cap(w.batch) {
		return nil
	}
	return w.flush()
}

func (w *resultsWriter) flush() error {
	err := encodeLines(w.batch, w.csv)
	w.batch = w.batch[:0]
	return err
}

// encodeLines writes lines without a header, and flushes.
func encodeLines(lines []Line, out *csv.Writer) error {
	if err := gocsv.MarshalCSVWithoutHeaders(lines, out); err != nil {
		return fmt.Errorf("result lines: %w", err)
	}
	return nil
}
