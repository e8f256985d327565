package runs

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"importer/pipeline/journal"
	"importer/reports"
)

// untold finds the runs before this one that ended without reports, the newest first: they were killed, or left at once. Nobody has heard what they
// found, so this run must say it. It looks at runs of the same inputs or job, back to the newest that was heard of.
func (x *execution) untold(ctx context.Context) (list []journal.Run, err error) {
	if !x.note.plain() {
		return nil, nil
	}
	runs, err := x.workspace.store.Runs(ctx)
	for _, r := range runs {
		if n, err := noteOf(r); err != nil || !n.plain() || r.Account != x.run.Account || !x.predicted && r.ID >= x.run.ID || r.Job != x.run.Job && !sameInputs(r, x.run) {
			continue
		}
		if x.workspace.told(r) {
			break
		}
		list = append(list, r)
	}
	return list, err
}

// emitUntold says which runs nobody has heard of.
func (x *execution) emitUntold(ctx context.Context) error {
	runs, err := x.untold(ctx)
	if len(runs) > 0 {
		x.emit(RunUntold{Run: runs[0], Earlier: int64(len(runs) - 1), Results: filepath.Join(x.workspace.folder(runs[0]), reports.ResultsName)})
	}
	return err
}

// told reports whether the reports of a run hold all that it found. Where its folder is gone, somebody has seen to it.
func (ws *workspace) told(r journal.Run) bool {
	if _, err := os.Stat(ws.folder(r)); errors.Is(err, os.ErrNotExist) {
		return true
	}
	_, err := os.Stat(filepath.Join(ws.folder(r), reports.SummaryName))
	return err == nil && !ws.unreported(r)
}

// audience knows of which runs somebody got the reports. Not safe for concurrent use.
type audience struct {
	workspace *workspace
	runs      map[int64]journal.Run
	told      map[int64]bool // those that were asked for
}

func (ws *workspace) audience(ctx context.Context) (*audience, error) {
	runs, err := ws.store.Runs(ctx)
	a := &audience{ws, make(map[int64]journal.Run, len(runs)), map[int64]bool{}}
	for _, r := range runs {
		a.runs[r.ID] = r
	}
	return a, err
}

// heard reports whether somebody got a report of what a run found. One that is purged was over long ago.
func (a *audience) heard(run int64) bool {
	told, asked := a.told[run]
	if !asked {
		r, there := a.runs[run]
		told = !there || a.workspace.told(r)
		a.told[run] = told
	}
	return told
}

// recallTold notes which failed rows of a run that had come to its end, and is continued for its doubts, its reports hold: they are known. A run that was
// interrupted tells them at its end.
func (x *execution) recallTold(ctx context.Context) error {
	if x.run.State != journal.Complete || !x.workspace.told(x.run) {
		return nil
	}
	for s, err := range x.workspace.store.Rows(ctx, x.run.ID, 1) {
		if err != nil {
			return err
		}
		if s.Kind == journal.Settle && s.Status.Found() {
			x.told.Add(s.Row)
		}
	}
	return nil
}
