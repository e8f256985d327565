package reports

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"time"

	"importer/pipeline/journal"
)

// Names of the files in a run's folder.
const (
	ResultsName     = "results.csv"
	FailedName      = "failed.csv"
	FailedJSONLName = "failed.jsonl"
	SummaryName     = "summary.json"
	PageName        = "report.html"
)

// Write makes the reports of a run, in one pass over the input with memory that does not grow with it. All files appear together; on
// an error the old ones stay. Only one Write at a time may run for a folder, and no [Live] may have its results.csv open.
//
// A sum that does not add up is no error of Write: the files are written, so that it can be seen, [Summary.Check] returns an error, and
// Summary.Exit is ExitInternal.
func Write(ctx context.Context, d RunData) (Summary, error) {
	files, err := newFileset(d.Folder)
	if err != nil {
		return Summary{}, err
	}
	summary, err := write(ctx, &d, files)
	return summary, errors.Join(err, files.discard())
}

func write(ctx context.Context, d *RunData, files *fileset) (Summary, error) {
	summary, shown, err := writeRows(ctx, d, files)
	if err != nil {
		return Summary{}, err
	}
	err = files.write(SummaryName, func(w io.Writer) error {
		out := json.NewEncoder(w)
		out.SetIndent("", "  ")
		out.SetEscapeHTML(false)
		return out.Encode(summary)
	})
	if err != nil {
		return Summary{}, err
	}
	if err := files.write(PageName, func(w io.Writer) error { return renderPage(w, summary, shown) }); err != nil {
		return Summary{}, err
	}
	last, _ := ReadSummary(d.Folder) // without one it is unknown whether the file was edited: it is kept
	if summary.Kept, err = keepEdited(d.Folder, d.Format.failedName(), last.Files.Digest, summary.Files.Digest); err != nil {
		return Summary{}, err
	}
	files.whole = true
	return summary, files.commit()
}

// writeRows writes the files that have a line per row, and returns the summary of all rows and the failed rows that the page shows.
func writeRows(ctx context.Context, d *RunData, files *fileset) (Summary, []failedRow, error) {
	resultsFile, err := files.add(ResultsName)
	if err != nil {
		return Summary{}, nil, err
	}
	failedFile, err := files.add(d.Format.failedName())
	if err != nil {
		return Summary{}, nil, err
	}
	digest := sha256.New()
	results, failed := newResultsWriter(resultsFile), newFailedWriter(io.MultiWriter(failedFile, digest), d.Format)
	count, shown := &tally{codes: map[codeKey]*CodeCount{}}, []failedRow(nil)
	err = merge(ctx, d, count, results.add, func(o outcome) error {
		if o.ok {
			return nil
		}
		if len(shown) < rowsOnPage {
			shown = append(shown, failedRow{o.line, place(o)})
		}
		return failed.add(o)
	})
	if err != nil {
		return Summary{}, nil, err
	}
	if err := errors.Join(results.flush(), failed.flush()); err != nil {
		return Summary{}, nil, fmt.Errorf("write reports: %w", err)
	}
	known, err := d.States.Counts(ctx, d.Run.ID)
	if err != nil {
		return Summary{}, nil, fmt.Errorf("count the journal's rows: %w", err)
	}
	count.proof.Lines, count.proof.Engine, count.proof.Journal = results.lines, d.RowsRead, journal.CountsOf(known)
	summary := summarize(d, count)
	summary.Files.Digest = hex.EncodeToString(digest.Sum(nil))
	return summary, shown, nil
}

// hintLeftOut is HintLeftOut, or what stands in its place.
func (d *RunData) hintLeftOut() func(code string) string {
	if d.HintLeftOut == nil {
		return d.Hint
	}
	return d.HintLeftOut
}

func summarize(d *RunData, count *tally) Summary {
	s := Summary{
		Version: SummaryVersion, Run: d.Run.Name, RunID: d.Run.ID, Vendor: d.Run.Vendor, Account: d.Run.Account, State: d.Run.State.String(),
		Predicted: d.Predicted, Again: d.Again, Started: Moment(d.Run.Started).String(), Ended: Moment(d.Run.Ended).String(),
		RowsRead: count.read, Counts: count.counts, Failed: count.failed, Known: count.known, Codes: count.byCode(d.Hint, d.Messages), Faults: d.Faults, Proof: count.proof,
		LeftOut: count.leftOut.counts(d.hintLeftOut()), Optional: d.Optional, Profile: d.Profile,
		Rate:   rate(d, count),
		New:    d.NewColumns,
		Inputs: make([]Input, 0, len(d.Run.Inputs)),
		Files: Files{
			Results: filepath.Join(d.Folder, ResultsName), Failed: filepath.Join(d.Folder, d.Format.failedName()),
			Summary: filepath.Join(d.Folder, SummaryName), Page: filepath.Join(d.Folder, PageName),
		},
		Next: []Command{},
	}
	for i, in := range d.Run.Inputs {
		s.Inputs = append(s.Inputs, Input{Path: in.Path, Size: in.Size, SHA256: d.sumOf(i)})
	}
	if d.LeftOut != nil {
		s.LeftOut = d.LeftOut.counts(d.hintLeftOut())
	}
	if d.Next != nil {
		s.Next = append(s.Next, d.Next(s.Failed)...)
	}
	s.Proof.Text, s.Proof.Holds = s.Sum(), s.Check() == nil
	s.Exit = exitOf(d, s)
	s.Meaning = s.meaning()
	if s.Exit == d.Exit {
		s.Meaning = cmp.Or(d.Meaning, s.Meaning)
	}
	return s
}

// sumOf is the SHA-256 of an input; "" where it is not known.
func (d *RunData) sumOf(input int) string {
	if input < len(d.Sums) {
		return d.Sums[input]
	}
	return ""
}

// exitOf says how the program ends: what stopped the run comes first, then what happened to the rows.
func exitOf(d *RunData, s Summary) ExitCode {
	switch {
	case !s.Proof.Holds:
		return ExitInternal
	case d.Exit != ExitOK:
		return d.Exit
	case d.Run.State == journal.Stopped:
		return ExitTooMany
	case d.Run.State == journal.Interrupted, d.Run.State == journal.Running, d.Run.State == journal.Superseded:
		return ExitInterrupted
	case s.Counts[journal.InDoubt] > 0 && !d.Predicted:
		return ExitInDoubt
	case s.FailedNew() > 0, s.Failed > 0 && d.ExitKnown:
		return ExitFailures
	}
	return ExitOK
}

func rate(d *RunData, count *tally) Rate {
	p := d.Pace
	if p.Duration == 0 && !d.Run.Ended.IsZero() {
		p = Pace{Duration: d.Run.Ended.Sub(d.Run.Started), Rows: count.proof.Settled.Sum(), Requests: count.requests}
	}
	return Rate{
		Seconds: float64(p.Duration.Milliseconds()) / 1000, Rows: p.Rows, Requests: p.Requests, Limits: d.Limits,
		RowsPerSecond: perSecond(p.Rows, p.Duration), RequestsPerSecond: perSecond(p.Requests, p.Duration),
	}
}

// perSecond is rounded to tenths.
func perSecond(n int64, d time.Duration) float64 {
	if d <= 0 {
		return 0
	}
	return math.Round(float64(n)/d.Seconds()*10) / 10
}
