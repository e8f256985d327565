package runs

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"importer/pipeline/journal"
	"importer/reports"
)

// untold finds the run before this one, of the same job and account, where it ended without reports: it was killed, or left at once. Nobody has heard
// what it found, so this run must say it.
func (x *execution) untold(ctx context.Context) (journal.Run, bool, error) {
	if !x.note.plain() {
		return journal.Run{}, false, nil
	}
	runs, err := x.workspace.store.Runs(ctx)
	if err != nil {
		return journal.Run{}, false, err
	}
	for _, r := range runs { // the newest first
		if r.Account != x.run.Account || r.Job != x.run.Job || !x.predicted && r.ID >= x.run.ID { // a check comes after all of them
			continue
		}
		if n, err := noteOf(r); err == nil && n.plain() {
			return r, !x.workspace.told(r), nil
		}
	}
	return journal.Run{}, false, nil
}

// told reports whether the reports of a run were written. Where its folder is gone, somebody has seen to it.
func (ws *workspace) told(r journal.Run) bool {
	if _, err := os.Stat(ws.folder(r)); errors.Is(err, os.ErrNotExist) {
		return true
	}
	_, err := os.Stat(filepath.Join(ws.folder(r), reports.SummaryName))
	return err == nil
}
