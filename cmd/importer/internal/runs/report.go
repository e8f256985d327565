package runs

import (
	"cmp"
	"context"
	"errors"
	"os"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/reports"
)

// ReportRequest asks for the files of a run.
type ReportRequest struct {
	Request
	Run string // number, name or folder; "" for the newest
}

// Report writes the files of a run again, from the journal and the input. Result.Exit is that of the run.
func (s *Service) Report(ctx context.Context, r ReportRequest) (result Result, err error) {
	c := s.call(r.Request)
	x, err := c.recallNamed(ctx, r.Run)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, x.close(), x.workspace.close()) }()
	ws, run := x.workspace, x.run
	if run.State == journal.Running { // if it really runs, its files are being written
		lock, err := ws.lock(run.Account)
		if err != nil {
			return result, err
		}
		x.unlock = func() error { return ws.unlock(lock) }
	}
	if err := os.MkdirAll(x.folder(), 0o700); err != nil {
		return result, storage(err)
	}
	if err := x.keepAsked(); err != nil {
		return result, err
	}
	outcome, err := x.recount(ctx)
	if err != nil {
		return result, err
	}
	return x.report(ctx, session{outcome: outcome})
}

// recallNamed opens the journal that knows a run, of any kind and the newest where none is named, and makes an execution of it for reading. The caller
// closes both the execution and its workspace.
func (c *call) recallNamed(ctx context.Context, named string) (*execution, error) {
	ws, err := c.findWorkspace(cmp.Or(named, c.newestBoxed(ctx)))
	if err != nil {
		return nil, err
	}
	run, err := ws.find(ctx, named, func(journal.Run) bool { return true })
	if err != nil {
		return nil, errors.Join(notFound(err, named, "the journal is empty"), ws.close())
	}
	x, err := c.recall(ctx, ws, run, forReading)
	if err != nil {
		return nil, errors.Join(err, ws.close())
	}
	if x.setup.digest(ws) != run.Job {
		c.emit(JobChanged{})
	}
	return x, nil
}

// recount finds in the journal how a run ended, as far as its state says, and what was known of its rows before it.
func (x *execution) recount(ctx context.Context) (pipeline.Outcome, error) {
	var o pipeline.Outcome
	if err := x.workspace.store.Index(ctx, x.run.Account); err != nil {
		return o, err
	}
	counts, err := x.workspace.store.Counts(ctx, x.run.ID)
	if err != nil {
		return o, err
	}
	o.Counts = journal.CountsOf(counts)
	switch x.run.State {
	case journal.Stopped:
		o.Reason = x.whyStopped(o.Counts)
	case journal.Interrupted, journal.Running, journal.Superseded:
		o.Reason = pipeline.Drained
	}
	return o, nil
}

// whyStopped decides whether the vendor refused everything or too many rows failed, which the journal's state does not say: by what the run left in
// its folder when it ended or, where that was deleted, by the rows.
func (x *execution) whyStopped(counts pipeline.Counts) pipeline.Reason {
	left, _ := reports.Pending(x.folder())
	if left == reports.ExitOK {
		if summary, err := reports.ReadSummary(x.folder()); err == nil {
			left = summary.Exit
		}
	}
	tooMany := left == reports.ExitTooMany
	if left != reports.ExitTooMany && left != reports.ExitFatal {
		tooMany = x.setup.options.MaxErrors.Passed(counts)
	}
	if tooMany {
		return pipeline.TooManyErrors
	}
	return pipeline.FatalAnswer
}
