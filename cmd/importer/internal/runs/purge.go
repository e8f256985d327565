package runs

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/reports"
)

// PurgeRequest asks to delete old runs from the journal.
type PurgeRequest struct {
	Request
	OlderThan time.Duration // how long ago a run must have begun, sent and ended
	Files     bool          // delete the files in the folders of these runs too
	Yes       bool          // without asking
}

// PurgeResult says what was deleted.
type PurgeResult struct {
	Runs       int      // deleted from the journal
	Rehearsals int      // runs into sandboxes in process whose folders were deleted, with the journal in them
	Kept       int      // older runs that stay: not finished, active since, or with rows in doubt
	Folders    []string // of deleted runs, left whole: PurgeRequest.Files was not set
	Others     []string // folders left because other files lie in them
}

// Purge deletes old runs from the journal, with all that it has of their rows. Who was created stays known.
func (s *Service) Purge(ctx context.Context, r PurgeRequest) (result PurgeResult, err error) {
	c := s.call(r.Request)
	ws, err := c.findAll()
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, ws.close()) }()
	before := s.Now().Add(-r.OlderThan)
	old, err := ws.store.Runs(ctx)
	if err != nil {
		return result, err
	}
	old = slices.DeleteFunc(old, func(run journal.Run) bool { return !run.Started.Before(before) })
	var copies []string
	var rehearsals []boxed
	if r.Files {
		if copies, err = orphans(s.Path(ws.place.out), before); err != nil {
			return result, storage(err)
		}
		if rehearsals, err = c.oldBoxed(ctx, ws.place.out, before); err != nil {
			return result, err
		}
		if !r.Yes && len(old)+len(copies)+len(rehearsals) > 0 {
			if err := c.confirmPurge(ctx, before); err != nil {
				return result, err
			}
		}
	}
	held, err := c.acquireAll(ctx, ws, old, c.waits())
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, held.release()) }()
	going, err := ws.store.Purgeable(ctx, before)
	if err != nil {
		return result, err
	}
	gone := slices.DeleteFunc(slices.Clone(old), func(run journal.Run) bool { return !slices.Contains(going, run.ID) })
	if r.Files { // before the journal forgets the runs: stopped in between, the same command finds the rest
		if result.Others, err = ws.removeFolders(gone, copies); err != nil {
			return result, err
		}
		for _, b := range rehearsals {
			if busy, err := b.underWay(); err != nil {
				return result, err
			} else if busy {
				result.Kept += len(b.runs)
				continue
			}
			others, err := b.removeFolders(b.runs, nil)
			if err != nil {
				return result, err
			}
			result.Others = append(result.Others, others...)
			result.Rehearsals += len(b.runs)
		}
	}
	if result.Runs, err = ws.store.Purge(ctx, going); err != nil {
		return result, err
	}
	result.Kept += len(old) - len(gone)
	if !r.Files {
		result.Folders = ws.foldersLeft(gone)
	}
	return result, nil
}

// confirmPurge asks a person before files are deleted.
func (c *call) confirmPurge(ctx context.Context, before time.Time) error {
	if c.Confirm == nil {
		return usage("--reports deletes files, and there is nobody to ask", "add --yes")
	}
	yes, err := c.Confirm(ctx, Question{Files: before.UTC().Format(time.DateOnly)})
	if err == nil && !yes {
		err = usage("not confirmed; nothing was deleted", "")
	}
	return err
}

func (ws *workspace) foldersLeft(gone []journal.Run) (folders []string) {
	for _, r := range gone {
		if _, err := os.Stat(ws.folder(r)); err == nil {
			folders = append(folders, ws.folder(r))
		}
	}
	return folders
}

// removeFolders deletes the files that runs left, their folders where nothing else lies in them, and copies of standard input that no run has.
// A person's own files stay: the folders with such are returned.
func (ws *workspace) removeFolders(gone []journal.Run, copies []string) (others []string, err error) {
	paths := slices.Clone(copies)
	var faults []error
	for _, r := range gone {
		folder := ws.folder(r)
		exports, err := reports.ExportFiles(folder) // before the file that names them
		faults = append(faults, err)
		half, err := reports.HalfWritten(folder)
		faults = append(faults, err)
		asked, _ := filepath.Glob(filepath.Join(globbed(folder), "."+askedName+".[0-9]*")) // its only error is one of the pattern
		paths = slices.Concat(paths, exports, half, asked)
		for _, f := range runFiles() {
			paths = append(paths, filepath.Join(folder, f.name))
		}
	}
	for _, path := range append(paths, ws.ownFiles()...) {
		faults = append(faults, removed(path))
	}
	for _, r := range gone {
		if rest, err := os.ReadDir(ws.folder(r)); err == nil && len(rest) > 0 {
			others = append(others, ws.folder(r))
			continue
		}
		faults = append(faults, removed(ws.folder(r)))
	}
	return others, problem.Wrap(problem.Storage, errors.Join(faults...), "nothing was deleted from the journal; fix the cause and type the same command again")
}

// removed deletes a file or an empty folder; one that is gone already counts as deleted.
func removed(path string) error {
	if err := os.Remove(path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
