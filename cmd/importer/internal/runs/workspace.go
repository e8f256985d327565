package runs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"importer/mapping"
	"importer/pipeline/journal"
	"importer/pipeline/journal/stores"
)

// workspace is an open journal and what lies beside it.
type workspace struct {
	store journal.Store
	key   *journal.Key
	out   string // the folder of run folders, as typed
	dir   string // where key and locks lie
	now   func() time.Time
	path  func(string) string // see Service.path
	held  *journal.Lock       // on the account of the run under way; nil without one
}

// location is where a journal is.
type location struct{ out, url string }

// file is the journal's file; "" where it is none.
func (p location) file() string {
	if p.url == "" {
		return filepath.Join(p.out, "journal.db")
	}
	file, _ := stores.Path(p.url)
	return file
}

// missing reports whether the journal is a file that is not there.
func (s *Service) missing(p location) bool {
	file := p.file()
	if file == "" {
		return false
	}
	_, err := os.Stat(s.Path(file))
	return errors.Is(err, os.ErrNotExist)
}

// openWorkspace opens the journal, and makes it where there is none.
func (s *Service) openWorkspace(p location) (*workspace, error) {
	ws := &workspace{out: p.out, dir: s.Path(p.out), now: s.Now, path: s.Path}
	url := p.url
	if file := p.file(); file != "" {
		url = s.Path(file)
		ws.dir = filepath.Dir(url)
	}
	if err := journal.MakeFolder(s.Path(p.out)); err != nil {
		return nil, noFolder(err)
	}
	key, err := journal.OpenKey(filepath.Join(ws.dir, "journal.key"))
	if err != nil {
		return nil, err
	}
	store, err := stores.Open(url)
	if err != nil {
		return nil, err
	}
	ws.key, ws.store = key, store
	return ws, nil
}

// findWorkspace opens the journal that the request's options or the run that it names point at; it must be there.
func (c *call) findWorkspace(run string) (*workspace, error) {
	values := precedence{given: c.Options, env: c.LookupEnv}
	options, _, faults := values.resolve()
	if err := c.placeState(&options, values, false); err != nil {
		faults = append(faults, err)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	c.emit(Resolved{options.Display})
	p := location{out: options.Out, url: options.Journal}
	if _, from, _ := values.find(OptionsNamed("out")[0]); p.url == "" && from < byEnvironment && run != "" {
		p.out = c.outOf(run, p.out)
	}
	if c.missing(p) {
		return nil, unusable(fmt.Sprintf("there is no journal at %s", mapping.Escape(p.file(), 200)),
			"nothing was run from here yet, or it lies elsewhere: say where with --out or --journal")
	}
	return c.openWorkspace(p)
}

// outOf is the folder with the journal beside or above the run folder, or the file in it, that a person names; the default where there is none.
func (s *Service) outOf(run, byDefault string) string {
	abs := s.absolute(run)
	for _, dir := range []string{filepath.Dir(abs), filepath.Dir(filepath.Dir(abs))} {
		if _, err := os.Stat(filepath.Join(dir, "journal.db")); err == nil {
			return s.shown(dir)
		}
	}
	return byDefault
}

// folder is where the reports of a run are.
func (ws *workspace) folder(r journal.Run) string { return ws.path(r.Folder) }

func (ws *workspace) close() error { return ws.store.Close() }

// lock keeps other processes off the account.
func (ws *workspace) lock(account string) (*journal.Lock, error) {
	sum := sha256.Sum256([]byte(account))
	vendor, _, _ := strings.Cut(account, " ")
	return journal.Acquire(filepath.Join(ws.dir, "locks", vendor+"-"+hex.EncodeToString(sum[:6])+".lock"), journal.Holder{Since: ws.now()})
}

// lockAll keeps other processes off the accounts of the runs, those of sandboxes that are gone apart, which nobody else has.
func (ws *workspace) lockAll(runs []journal.Run) (release func() error, err error) {
	held := map[string]*journal.Lock{}
	release = func() (err error) {
		for _, lock := range held {
			err = errors.Join(err, lock.Release())
		}
		return err
	}
	for _, r := range runs {
		if held[r.Account] != nil || isGone(r) {
			continue
		}
		lock, err := ws.lock(r.Account)
		if err != nil {
			return nil, errors.Join(err, release())
		}
		held[r.Account] = lock
	}
	return release, nil
}

// find returns the run that a person names: by id, name, folder, or a file in its folder; the newest that fits when the word is empty.
func (ws *workspace) find(ctx context.Context, word string, fits func(journal.Run) bool) (journal.Run, error) {
	runs, err := ws.store.Runs(ctx)
	if err != nil {
		return journal.Run{}, err
	}
	id, _ := strconv.ParseInt(word, 10, 64)
	base := filepath.Base(filepath.Clean(word))
	above := filepath.Base(filepath.Dir(filepath.Clean(word)))
	var names []string
	for _, r := range runs {
		named := word != "" && (r.ID == id || r.Name == word || r.Name == base || r.Name == above)
		if named || word == "" && fits(r) {
			return r, nil
		}
		names = append(names, r.Name)
	}
	if word == "" {
		return journal.Run{}, unusable("there is no such run", "importer runs lists them all")
	}
	hint := "importer runs lists them"
	if near, ok := mapping.Nearest(base, names); ok {
		hint = "did you mean " + near + "?"
	}
	return journal.Run{}, unusable(fmt.Sprintf("the journal has no run %q", mapping.Escape(word, 120)), hint)
}

// notFound says more where no run was named and none fits.
func notFound(err error, word, why string) error {
	if word != "" {
		return err
	}
	return unusable("there is no run to take: "+why, "importer runs lists them all")
}

// isSandbox reports whether a run went into a sandbox in its own process.
func isSandbox(r journal.Run) bool {
	n, err := noteOf(r)
	return err == nil && n.Sandbox
}

// isGone reports whether a run went into a sandbox that was gone with its process.
func isGone(r journal.Run) bool {
	n, err := noteOf(r)
	return err == nil && n.gone()
}
