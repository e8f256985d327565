package runs

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"importer/mapping/problem"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
)

// crashed keeps the stack of a panic in the run's folder: it is for the developers, not for the person at the terminal.
func (x *execution) crashed(what string, stack []byte) {
	path := filepath.Join(x.folder(), crashName)
	if err := os.WriteFile(path, append([]byte(what+"\n\n"), stack...), 0o600); err != nil {
		x.emit(Crashed{What: what, Err: err})
		return
	}
	x.emit(Crashed{What: what, Trace: path})
}

// finish records how the run ended. A journal that failed is left alone.
func (x *execution) finish(ctx context.Context, o pipeline.Outcome, failed error) error {
	if errors.Is(failed, journal.ErrStorage) {
		return nil
	}
	x.run.State, x.run.Ended = o.Reason.State(), x.Now().UTC()
	if failed != nil && x.run.State == journal.Complete {
		x.run.State = journal.Interrupted
	}
	if failed == nil && o.Reason != pipeline.Cut {
		if err := reports.MarkPending(x.folder(), exitOf(o)); err != nil {
			return storage(err) // the run stays unfinished: the same command ends it
		}
	}
	return x.workspace.store.Finish(context.WithoutCancel(ctx), x.run.ID, x.run.State, x.run.Ended)
}

// interrupt records that a run which has not ended by itself was stopped.
func (x *execution) interrupt(ctx context.Context) error {
	if x.run.State != journal.Running {
		return nil
	}
	x.run.State, x.run.Ended = journal.Interrupted, x.Now().UTC()
	return x.workspace.store.Finish(context.WithoutCancel(ctx), x.run.ID, x.run.State, x.run.Ended)
}

// rowsNamed is how many rows in doubt are named at once.
const rowsNamed = 10

// leftAtOnce says what is in doubt after the requests in flight were cut, by the journal: no report is written then.
func (x *execution) leftAtOnce(ctx context.Context) LeftAtOnce {
	left := LeftAtOnce{Report: x.command("report", x.named()), Results: filepath.Join(x.folder(), reports.ResultsName), Resume: x.resumeCommand()}
	for s, err := range x.workspace.store.Rows(ctx, x.run.ID, 1) {
		if err != nil {
			left.InDoubt, left.Rows = -1, nil
			break
		}
		if !s.InDoubt() {
			continue
		}
		if left.InDoubt++; left.InDoubt <= rowsNamed {
			left.Rows = append(left.Rows, s.Row)
		}
	}
	return left
}

// emitWhyStopped says why a run stopped by itself.
func (x *execution) emitWhyStopped(o pipeline.Outcome) {
	switch o.Reason {
	case pipeline.TooManyErrors, pipeline.FatalAnswer, pipeline.VendorFailing:
		x.emit(StoppedEarly{o})
	}
}

// explain adds what a person can do about a run that could not be carried on.
func (x *execution) explain(err error) error {
	switch {
	case errors.Is(err, journal.ErrStorage):
		if problem.Hint(err) == "" {
			return problem.Wrap(problem.Storage, err, "nothing more was sent; when the cause is fixed, the same command resumes the run")
		}
		return problem.Wrap(problem.Storage, err, "")
	case errors.Is(err, source.ErrChanged):
		return problem.Wrap(problem.Input, err, "put the input back as it was and type the same command again to finish the run, or leave it: the same command then imports the input as it is now")
	}
	return err
}

// resultWriter appends to results.csv, and emits an event for each row where the person asked for that.
type resultWriter struct {
	live *reports.Live
	run  *execution
}

// Settled appends the rows.
func (r *resultWriter) Settled(recs []journal.Record) error {
	lines := make([]reports.Line, len(recs))
	for i, rec := range recs {
		lines[i] = reports.NewLine(rec, rec.Key)
		if r.run.setup.options.Verbose {
			r.run.emit(RowSettled{rec})
		}
	}
	return storage(r.live.Append(lines))
}
