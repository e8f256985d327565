package runs

import (
	"context"
	"errors"
	"time"

	"importer/pipeline/journal"
)

// ListRequest asks for the runs in the journal.
type ListRequest struct{ Request }

// Listed is one run of the journal.
type Listed struct {
	Run     journal.Run
	State   string // complete, stopped, interrupted, superseded, running, crashed
	Sandbox bool
	Counts  journal.Counts // rows settled, by status
	Ended   time.Time      // zero while it runs, or after a crash
}

// List returns the runs in the journal, newest first.
func (s *Service) List(ctx context.Context, r ListRequest) (list []Listed, err error) {
	ws, err := s.call(r.Request).findWorkspace("")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, ws.close()) }()
	all, err := ws.store.Runs(ctx)
	if err != nil {
		return nil, err
	}
	for _, run := range all {
		listed := Listed{Run: run, State: ws.stateWord(run), Sandbox: isSandbox(run), Ended: run.Ended}
		counts, err := ws.store.Counts(ctx, run.ID)
		if err != nil {
			return nil, err
		}
		listed.Counts = journal.CountsOf(counts)
		list = append(list, listed)
	}
	return list, nil
}

// stateWord names the state of a run. A run that is under way holds the lock of its account; where nobody does, its process has crashed.
func (ws *workspace) stateWord(r journal.Run) string {
	if r.State != journal.Running {
		return r.State.String()
	}
	lock, err := ws.lock(r.Account)
	if errors.Is(err, journal.ErrRunning) {
		return "running"
	}
	if err == nil {
		_ = lock.Release() // it was taken only to look
	}
	return "crashed"
}
