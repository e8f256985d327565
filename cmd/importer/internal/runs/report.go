package runs

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

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
	ws, err := c.findWorkspace(cmp.Or(r.Run, c.newestBoxed(ctx)))
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, ws.close()) }()
	run, err := ws.find(ctx, r.Run, func(journal.Run) bool { return true })
	if err != nil {
		return result, notFound(err, r.Run, "the journal is empty")
	}
	x, err := c.recall(ctx, ws, run, forReading)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, x.close()) }()
	if x.setup.digest(ws) != run.Job {
		c.emit(JobChanged{})
	}
	if run.State == journal.Running { // if it really runs, its files are being written
		lock, err := ws.lock(run.Account)
		if err != nil {
			return result, err
		}
		x.unlock = lock.Release
	}
	if err := os.MkdirAll(x.folder(), 0o700); err != nil {
		return result, storage(err)
	}
	outcome, err := x.recount(ctx)
	if err != nil {
		return result, err
	}
	return x.report(ctx, session{outcome: outcome})
}

// newestBoxed is the folder of the newest run, where that is one into a sandbox with its journal in its folder; else "".
func (c *call) newestBoxed(ctx context.Context) string {
	values := precedence{given: c.Options, env: c.LookupEnv}
	options, _, _ := values.resolve()
	own, err := c.locate(Options{Out: options.Out, Journal: options.Journal})
	if err != nil || own.kind != ownPlace {
		return ""
	}
	boxed, _ := filepath.Glob(filepath.Join(c.absolute(options.Out), "*", journalName))
	boxed = slices.DeleteFunc(boxed, func(file string) bool { return !isRunFolder(filepath.Dir(file)) })
	if len(boxed) == 0 {
		return ""
	}
	newest := filepath.Dir(slices.MaxFunc(boxed, laterRun))
	if missing(own) {
		return newest
	}
	ws, err := c.openWorkspace(own)
	if err != nil {
		return ""
	}
	defer ws.close()
	if runs, err := ws.store.Runs(ctx); err == nil && len(runs) > 0 && runs[0].Name[:min(len(runs[0].Name), len(folderStamp))] >= filepath.Base(newest)[:len(folderStamp)] {
		return ""
	}
	return newest
}

// journalOf is what leads to the journal that knows a run or a list: the newest run where that is one into a sandbox and nothing is named, or where a list
// is named and nothing but sandboxes has runs.
func (c *call) journalOf(ctx context.Context, named string) string {
	newest := c.newestBoxed(ctx)
	if named == "" {
		return newest
	}
	own, err := c.locate(Options{})
	if _, beside := c.besideRun(defaultOut, false, named); err == nil && !beside && missing(own) && newest != "" {
		return newest
	}
	return named
}

// laterRun compares files in run folders by the moments that the folders' names begin with, then by their own last change.
func laterRun(a, b string) int {
	stamp := func(file string) string { return filepath.Base(filepath.Dir(file))[:len(folderStamp)] }
	changed := func(file string) (at time.Time) {
		if info, err := os.Stat(file); err == nil {
			at = info.ModTime()
		}
		return at
	}
	return cmp.Or(cmp.Compare(stamp(a), stamp(b)), changed(a).Compare(changed(b)))
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
