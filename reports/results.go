package reports

import (
	"encoding/csv"
	"io"
	"strings"

	"github.com/gocarina/gocsv"
)

// linesPerBatch is how many lines are encoded or decoded at a time: enough to hide what a call costs.
const linesPerBatch = 512

// resultsHeader is the first line of results.csv.
func resultsHeader() string { return strings.Join(Columns(), ",") + "\n" }

// resultsWriter writes results.csv in batches.
type resultsWriter struct {
	csv   *csv.Writer
	batch []Line
	lines int64 // written or in the batch
}

// newResultsWriter begins with the header. An error of writing it comes with flush.
func newResultsWriter(w io.Writer) *resultsWriter {
	out := csv.NewWriter(w)
	_ = out.Write(Columns())
	return &resultsWriter{csv: out, batch: make([]Line, 0, linesPerBatch)}
}

func (w *resultsWriter) add(o outcome) error {
	w.batch = append(w.batch, o.line)
	w.lines++
	if len(w.batch) < cap(w.batch) {
		return nil
	}
	return w.flush()
}

func (w *resultsWriter) flush() error {
	err := gocsv.MarshalCSVWithoutHeaders(w.batch, w.csv)
	w.batch = w.batch[:0]
	return err
}
