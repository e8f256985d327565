package runs

import (
	"context"
	"errors"
	"slices"
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
	Boxed   string         // the folder of the run, where the journal is in that of a run and knows no others; else ""
	Counts  journal.Counts // rows settled, by status
	Ended   time.Time      // zero while it runs, or after a crash
}

// List returns the runs in the journal, newest first; where no journal is named, with those into sandboxes in process below --out.
func (s *Service) List(ctx context.Context, r ListRequest) (list []Listed, err error) {
	ws, err := s.call(r.Request).findAll()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, ws.close()) }()
	if list, err = ws.list(ctx); err != nil || ws.place.kind != ownPlace {
		return list, err
	}
	err = s.eachBoxed(ws.place.out, func(ws *workspace) error {
		boxed, err := ws.list(ctx)
		list = append(list, boxed...)
		return err
	})
	slices.SortStableFunc(list, func(a, b Listed) int { return b.Run.Started.Compare(a.Run.Started) })
	return list, err
}

// list returns the runs of one journal.
func (ws *workspace) list(ctx context.Context) (list []Listed, err error) {
	all, err := ws.store.Runs(ctx)
	if err != nil {
		return nil, err
	}
	for _, run := range all {
		listed := Listed{Run: run, State: ws.stateWord(run), Sandbox: isSandbox(run), Ended: run.Ended}
		if ws.place.kind == runPlace {
			listed.Boxed = ws.folder(run)
		}
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
		_ = ws.unlock(lock) // it was taken only to look
	}
	return "crashed"
}
