package runs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
)

// ResumeRequest asks to continue a run.
type ResumeRequest struct {
	Request
	Run string // number, name or folder; "" for the newest that is not finished
}

// Resume continues a run where it stopped. It needs the same input, job file and account.
func (s *Service) Resume(ctx context.Context, r ResumeRequest) (result Result, err error) {
	c := s.call(r.Request)
	ws, err := c.findForSending(r.Run)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, ws.close()) }()
	run, err := ws.find(ctx, r.Run, func(r journal.Run) bool { return ws.resumable(r) })
	if err != nil {
		return result, notFound(err, r.Run, "every run is finished, or was one into a sandbox that is gone")
	}
	if isGone(run) {
		return result, unusable(fmt.Sprintf("run %s went into a sandbox that is gone; it cannot be resumed", run.Name),
			"start it again with run --sandbox; --sandbox-state DIR keeps a sandbox, so that its runs can be resumed")
	}
	if run.State == journal.Superseded {
		return result, c.superseded(ctx, ws, run)
	}
	n, err := noteOf(run)
	if err != nil {
		return result, err
	}
	c.again = !n.plain()
	x, err := c.recall(ctx, ws, run, forSending, "sandbox-fault")
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, x.close()) }()
	if err := x.sameJob(); err != nil {
		return result, err
	}
	if x.unlock, _, err = c.lock(ctx, x.setup, ws); err != nil {
		return result, err
	}
	if x.run, err = ws.find(ctx, strconv.FormatInt(run.ID, 10), nil); err != nil { // as whoever held the account has left it
		return result, err
	}
	if x.run.State == journal.Superseded {
		return result, c.superseded(ctx, ws, x.run)
	}
	if err := x.reopen(ctx); err != nil {
		return result, err
	}
	return x.execute(ctx)
}

// resumable reports whether a run that nobody named may be meant.
func (ws *workspace) resumable(r journal.Run) bool {
	return (r.State != journal.Complete || ws.unreported(r)) && r.State != journal.Superseded && !isGone(r)
}

// sameJob refuses to resume a run under another job or in another account: half of it would be one thing, half another.
func (x *execution) sameJob() error {
	if now := x.setup.account.ID(); now != x.run.Account {
		return unusable(fmt.Sprintf("run %s went to another account: %s; now it is %s", x.run.Name, x.run.Account, now),
			"set the account as it was to finish that run, or begin one in this account with run")
	}
	if x.setup.digest(x.workspace) == x.run.Job {
		return nil
	}
	return unusable(fmt.Sprintf("the job file has changed since run %s began", x.run.Name),
		"put it back as it was to finish the run, or start over with run --fresh; people the run created are then skipped")
}

// reopen continues a run of the journal.
func (x *execution) reopen(ctx context.Context) error {
	x.resume = true
	total, err := x.countRows(ctx)
	if err != nil {
		return err
	}
	before := x.settledBefore(ctx)
	x.emit(RunResumed{Run: x.run, Settled: before.Sum(), Rows: total, ReportsPending: x.run.State == journal.Complete && x.workspace.unreported(x.run)})
	x.emitInputs()
	if err := x.workspace.store.Reopen(ctx, x.run.ID); err != nil {
		return err
	}
	x.run.State = journal.Running
	if err := x.keepAsked(); err != nil {
		return err
	}
	return storage(reports.MarkPending(x.folder(), reports.ExitInterrupted)) // from now on its reports are behind
}

// countRows reads the run's rows once; all else about them is known.
func (x *execution) countRows(ctx context.Context) (n int64, err error) {
	rows, err := x.rows()
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for _, err := range source.All(rows) {
		if err != nil {
			return n, x.explain(err)
		}
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return n, context.Cause(ctx)
		}
	}
	return n, nil
}

// recall makes an execution of a run in the journal: its job and inputs as they are now, which must be as they were. Options of the run named in drop do
// not hold again.
func (c *call) recall(ctx context.Context, ws *workspace, r journal.Run, p purpose, drop ...string) (*execution, error) {
	n, err := noteOf(r)
	if err != nil {
		return nil, err
	}
	return c.remake(ctx, ws, r, n, p, drop...)
}

// recallOriginal is recall for reading rows of a run: what was added at the end of its inputs since is not read.
func (c *call) recallOriginal(ctx context.Context, ws *workspace, r journal.Run) (*execution, error) {
	n, err := noteOf(r)
	if err != nil {
		return nil, err
	}
	if len(n.Inputs) == len(r.Inputs) {
		for i := range n.Inputs {
			n.Inputs[i].bytes = r.Inputs[i].Size
		}
	}
	return c.remake(ctx, ws, r, n, forReading)
}

// remake makes an execution of a run by its note.
func (c *call) remake(ctx context.Context, ws *workspace, r journal.Run, n note, p purpose, drop ...string) (*execution, error) {
	if err := ws.fill(r, &n, c.saidNow()); err != nil {
		return nil, err
	}
	s, err := c.setUp(ctx, plan{purpose: p, noted: c.takenOver(n, drop...), job: n.Job, inputs: ws.inputsNow(r, n), failedFile: n.FailedFile, newColumns: n.NewColumns})
	if err != nil {
		return nil, err
	}
	x := &execution{call: c, setup: s, workspace: ws, run: r, note: n}
	if err := x.fitNote(ctx, p); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return x, nil
}

// inputsNow are the inputs of a run, where they are now: a failed file that was sent, and then written again by its own run, lies under another name.
func (ws *workspace) inputsNow(r journal.Run, n note) []input {
	list := slices.Clone(n.Inputs)
	if !n.FailedFile || len(list) != len(r.Inputs) {
		return list
	}
	for i := range list {
		list[i].Path = reports.KeptAs(list[i].Path, func(sum string) bool { return ws.inputDigest(sum) == r.Inputs[i].Digest })
	}
	return list
}

// sameInput refuses inputs that are not those of the run.
func (x *execution) sameInput() error {
	if bytes.Equal(x.run.Input, x.workspace.digestOf(x.setup)) {
		return nil
	}
	fix := "put the old input back"
	if x.note.plain() {
		fix += ", or import the new one with: " + x.again()
	}
	return unusable(fmt.Sprintf("the input of run %s is not the same as when it began", x.run.Name), fix)
}

// fitNote checks that the inputs are those of the run, and takes from the note which rows they give.
func (x *execution) fitNote(ctx context.Context, p purpose) (err error) {
	if err := x.sameInput(); err != nil {
		return err
	}
	if x.note.Rows != "" {
		if x.chosen, err = reports.ParseRowset(x.note.Rows); err != nil {
			return fmt.Errorf("the note of run %s: %w", x.run.Name, err)
		}
	}
	if x.note.FailedFile {
		file, err := x.readFailedFile(ctx, x.workspace, x.setup.set, reports.Pick{})
		if err != nil {
			return err
		}
		if p == forSending { // a run of an earlier version may have begun with such a file
			if err := file.oneEach(x.setup.set); err != nil {
				return err
			}
		}
		x.originOf = file.originOf
		x.secrets, err = x.readSecrets(ctx, x.workspace, x.setup, file)
		return err
	}
	return nil
}
