package runs

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"importer/pipeline/journal"
	"importer/pipeline/journal/memory"
	"importer/pipeline/journal/sqlite"
)

// A run into a sandbox in process has its journal in its folder, and the user's journal knows nothing of it: what is about all runs looks for such folders
// below --out.

// boxedJournals are the journals in the folders of runs below a folder of run folders, absolute.
func (s *Service) boxedJournals(out string) []string {
	found, _ := filepath.Glob(filepath.Join(globbed(s.absolute(out)), "*", journalName)) // its only error is one of the pattern
	return slices.DeleteFunc(found, func(file string) bool { return !isRunFolder(filepath.Dir(file)) })
}

// openBoxed opens the journal in a run's folder.
func (s *Service) openBoxed(out, file string) (*workspace, error) {
	return s.openWorkspace(location{out: out, url: file, kind: runPlace})
}

// findAll is findWorkspace for what is about all runs: where nothing is named, and nothing but sandboxes has runs, it returns a journal without runs.
func (c *call) findAll() (*workspace, error) {
	p, err := c.findPlace("")
	if err != nil {
		return nil, err
	}
	if !missing(p) {
		return c.openWorkspace(p)
	}
	if p.kind != ownPlace || len(c.boxedJournals(p.out)) == 0 {
		return nil, c.noJournal(p)
	}
	return &workspace{Service: c.Service, store: memory.New(), key: journal.NewKey(nil), place: p, dir: c.absolute(p.out)}, nil
}

// eachBoxed opens each journal in the folder of a run below a folder of run folders, and closes it after do.
func (s *Service) eachBoxed(out string, do func(*workspace) error) error {
	for _, file := range s.boxedJournals(out) {
		ws, err := s.openBoxed(out, file)
		if err != nil {
			return err
		}
		if err := errors.Join(do(ws), ws.close()); err != nil {
			return err
		}
	}
	return nil
}

// newestBoxed is the folder of the newest run, where that is one into a sandbox with its journal in its folder; else "".
func (c *call) newestBoxed(ctx context.Context) string {
	values := precedence{given: c.Options, env: c.LookupEnv}
	options, _, _ := values.resolve()
	own, err := c.locate(Options{Out: options.Out, Journal: options.Journal})
	if err != nil || own.kind != ownPlace || options.SandboxState != "" {
		return ""
	}
	boxed := c.boxedJournals(options.Out)
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
	if runs, err := ws.store.Runs(ctx); err == nil && len(runs) > 0 && stampOf(runs[0].Name) >= stampOf(newest) {
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

// stampOf is the moment that the name of a run's folder begins with, as text that sorts by time.
func stampOf(folder string) string {
	name := filepath.Base(folder)
	return name[:min(len(name), len(folderStamp))]
}

// laterRun compares files in run folders by the moments that the folders' names begin with, then by their own last change.
func laterRun(a, b string) int {
	changed := func(file string) (at time.Time) {
		if info, err := os.Stat(file); err == nil {
			at = info.ModTime()
		}
		return at
	}
	return cmp.Or(cmp.Compare(stampOf(filepath.Dir(a)), stampOf(filepath.Dir(b))), changed(a).Compare(changed(b)))
}

// oldBoxed finds the journals in run folders of which all runs began before a moment, with these runs.
func (c *call) oldBoxed(ctx context.Context, out string, before time.Time) (old []boxed, err error) {
	err = c.eachBoxed(out, func(ws *workspace) error {
		runs, err := ws.store.Runs(ctx)
		if len(runs) == 0 && stampOf(ws.dir) >= before.UTC().Format(folderStamp) { // it is about to begin
			return err
		}
		if err == nil && !slices.ContainsFunc(runs, func(r journal.Run) bool { return !r.Started.Before(before) }) {
			old = append(old, boxed{ws, runs})
		}
		return err
	})
	return old, err
}

// boxed is a journal in the folder of a run, closed, with the runs that it knows.
type boxed struct {
	*workspace
	runs []journal.Run
}

// isBoxed reports whether the journal is in the folder of a run into a sandbox in process.
func (ws *workspace) isBoxed() bool { return ws.place.kind == runPlace && ws.place.url != "" }

// unlock frees a lock that the workspace gave. In the folder of a run nothing of it stays.
func (ws *workspace) unlock(lock *journal.Lock) error {
	if !ws.isBoxed() {
		return lock.Release()
	}
	err := lock.Remove()
	_ = os.Remove(ws.lockFolder()) // others may be in it
	return err
}

// underWay reports whether a process holds a lock in the folder of a run: it sends rows there, or reads them.
func (ws *workspace) underWay() (bool, error) {
	locks, err := filepath.Glob(filepath.Join(globbed(ws.lockFolder()), "*.lock"))
	for _, path := range locks {
		lock, err := journal.Acquire(journal.Holder{Since: ws.Now()}, path)
		if errors.Is(err, journal.ErrRunning) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		if err := ws.unlock(lock); err != nil {
			return false, err
		}
	}
	return false, err
}

// ownFiles are the files of a journal that is in the folder of a run.
func (ws *workspace) ownFiles() []string {
	if ws.place.kind != runPlace {
		return nil
	}
	file := ws.place.file()
	return []string{file + "-wal", file + "-shm", sqlite.Marker(file), filepath.Join(ws.dir, keyName), file}
}
