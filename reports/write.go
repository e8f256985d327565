package reports

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
// an error the old ones stay. Only one Write may go at a time for a folder, and no [Live] may have its results.csv open.
//
// A sum that does not add up is no error of Write: the files are written, so that it can be seen, [Summary.Check] tells, and
// Summary.Exit is ExitInternal.
func Write(ctx context.Context, m Material) (Summary, error) {
	m.Folder = or(m.Folder, m.Run.Folder)
	files, err := newFileset(m.Folder)
	if err != nil {
		return Summary{}, err
	}
	summary, err := write(ctx, m, files)
	return summary, errors.Join(err, files.discard())
}

func write(ctx context.Context, m Material, files *fileset) (Summary, error) {
	results, err := begin(files, ResultsName, newResultsWriter)
	if err != nil {
		return Summary{}, err
	}
	digest := sha256.New()
	failed, err := begin(files, m.Form.failedName(), func(w io.Writer) (failedWriter, error) {
		return newFailedWriter(io.MultiWriter(w, digest), m.Run.Name, m.Form)
	})
	if err != nil {
		return Summary{}, err
	}
	count, shown := newTally(), new(failedSample)
	acc, err := merge(ctx, m, count.add, shown.add,
		func(o outcome) error { return results.add(o.line) },
		func(o outcome) error {
			if o.fine {
				return nil
			}
			return failed.add(o)
		})
	if err != nil {
		return Summary{}, err
	}
	if err := errors.Join(results.flush(), failed.flush()); err != nil {
		return Summary{}, fmt.Errorf("write reports: %w", err)
	}
	known, err := m.States.Counts(ctx, m.Run.ID)
	if err != nil {
		return Summary{}, fmt.Errorf("count the journal's rows: %w", err)
	}
	summary := summarise(m, count, Proof{
		Lines: results.lines, Engine: m.RowsRead, Journaled: acc.journaled, Matched: acc.matched, StrayRow: acc.stray,
		Settled: count.settled, Journal: countsOf(known),
	}, acc.read)
	summary.Files.Digest = hex.EncodeToString(digest.Sum(nil))
	if err := writeSummary(files, summary); err != nil {
		return Summary{}, err
	}
	if err := writePage(files, summary, shown.rows); err != nil {
		return Summary{}, err
	}
	if summary.Kept, err = keepEdited(m.Folder, m.Form.failedName(), summary.Files.Digest); err != nil {
		return Summary{}, err
	}
	return summary, files.commit()
}

// begin opens a file of the set and what writes to it.
func begin[T any](files *fileset, name string, open func(io.Writer) (T, error)) (writer T, err error) {
	w, err := files.add(name)
	if err != nil {
		return writer, err
	}
	if writer, err = open(w); err != nil {
		return writer, fmt.Errorf("begin %s: %w", name, err)
	}
	return writer, nil
}

func (f Form) failedName() string {
	if f.JSONL {
		return FailedJSONLName
	}
	return FailedName
}

func writeSummary(files *fileset, s Summary) error {
	w, err := files.add(SummaryName)
	if err != nil {
		return err
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	if err := out.Encode(s); err != nil {
		return fmt.Errorf("write %s: %w", SummaryName, err)
	}
	return nil
}

func summarise(m Material, count *tally, proof Proof, read int64) Summary {
	s := Summary{
		Version: SummaryVersion, Run: m.Run.Name, RunID: m.Run.ID, Vendor: m.Run.Vendor, Account: m.Run.Account, State: m.Run.State.String(),
		Started: Moment(m.Run.Started).String(), Ended: Moment(m.Run.Ended).String(),
		RowsRead: read, Counts: count.counts, Failed: count.failed, Codes: count.sums(m.Hint),
		Proof:  proof,
		Rate:   rate(m, count),
		Inputs: make([]Input, 0, len(m.Run.Inputs)),
		Files: Files{
			Results: filepath.Join(m.Folder, ResultsName), Failed: filepath.Join(m.Folder, m.Form.failedName()),
			Summary: filepath.Join(m.Folder, SummaryName), Page: filepath.Join(m.Folder, PageName),
		},
		Next: append([]Command{}, m.Next...),
	}
	for _, in := range m.Run.Inputs {
		s.Inputs = append(s.Inputs, Input{in.Path, in.Size, in.SHA256})
	}
	s.Proof.Text, s.Proof.Holds = s.Sum(), s.Check() == nil
	s.Exit = exitOf(m, s)
	s.Faults = m.Faults
	s.Foreseen, s.Meaning = m.Foreseen, s.Exit.Meaning()
	if m.Foreseen {
		s.Meaning = foreseenMeaning(s.Exit)
	}
	if m.Meaning != "" && s.Exit == m.Exit {
		s.Meaning = m.Meaning
	}
	return s
}

// exitOf says how the program ends: what stopped the run comes first, then what became of the rows.
func exitOf(m Material, s Summary) ExitCode {
	switch {
	case !s.Proof.Holds:
		return ExitInternal
	case m.Exit != ExitOK:
		return m.Exit
	case m.Run.State == journal.Stopped:
		return ExitTooMany
	case m.Run.State == journal.Interrupted, m.Run.State == journal.Running:
		return ExitInterrupted
	case s.Counts.InDoubt > 0 && !m.Foreseen:
		return ExitInDoubt
	case s.Failed > 0:
		return ExitFailures
	}
	return ExitOK
}

func rate(m Material, count *tally) Rate {
	p := m.Pace
	if p.Duration == 0 && !m.Run.Ended.IsZero() {
		p = Pace{Duration: m.Run.Ended.Sub(m.Run.Started), Rows: count.settled.Total(), Requests: count.requests}
	}
	return Rate{
		Seconds: seconds(p.Duration), Rows: p.Rows, Requests: p.Requests, Limits: m.Limits,
		RowsPerSecond: perSecond(p.Rows, p.Duration), RequestsPerSecond: perSecond(p.Requests, p.Duration),
	}
}

// perSecond is rounded to tenths.
func perSecond(n int64, d time.Duration) float64 {
	if d <= 0 {
		return 0
	}
	return float64(int64(float64(n)/d.Seconds()*10+0.5)) / 10
}
