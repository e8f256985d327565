package runs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"importer/mapping"
	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/pipeline/journal/stores"
	"importer/vendors"
)

// workspace is an open journal and what lies beside it.
type workspace struct {
	*Service
	store journal.Store
	key   *journal.Key
	place location
	dir   string        // where key and locks lie
	made  string        // the folder of the run that is to begin, where it was made before the journal in it; "" else
	held  *journal.Lock // on the account of the run under way; nil without one
}

// openFor opens the journal for a new run, which makes it where there is none, and says which it is.
func (c *call) openFor(s *setup) (*workspace, error) {
	if err := c.refuseOld(s); err != nil {
		return nil, err
	}
	place, made := s.place, ""
	if place.kind == runPlace {
		name, err := c.makeFolder(s, place.out, "", nobody)
		if err != nil {
			return nil, err
		}
		made, place.url = name, c.absolute(filepath.Join(place.out, name, journalName))
	}
	ws, err := c.openWorkspace(place)
	if err != nil {
		return nil, err
	}
	ws.made = made
	return ws, nil
}

// emitJournal says which journal is used, and whether it knows the account, before anything else is said.
func (c *call) emitJournal(ctx context.Context, s *setup, ws *workspace) error {
	runs, err := ws.store.Runs(ctx)
	if err != nil {
		return err
	}
	known := slices.ContainsFunc(runs, func(r journal.Run) bool { return r.Account == s.account.ID() })
	c.first(JournalOpened{Path: c.shown(ws.place.url), Sandbox: ws.place.kind == runPlace, AccountKnown: known})
	return nil
}

// openWorkspace opens the journal, and makes it where there is none.
func (s *Service) openWorkspace(p location) (*workspace, error) {
	ws := &workspace{Service: s, place: p, dir: s.absolute(p.out)}
	if file := p.file(); file != "" {
		ws.dir = filepath.Dir(file)
	}
	if err := stores.Identify(p.url); err != nil { // before anything is made beside it
		return nil, err
	}
	if err := journal.MakeFolder(s.Path(p.out)); err != nil {
		return nil, noFolder(err)
	}
	if err := keyThere(p.file(), filepath.Join(ws.dir, keyName)); err != nil {
		return nil, err
	}
	key, err := journal.OpenKey(filepath.Join(ws.dir, keyName))
	if err != nil {
		return nil, err
	}
	store, err := stores.Open(p.url)
	if err != nil {
		return nil, err
	}
	ws.key, ws.store = key, store
	if err = store.Bind(context.Background(), key.Check()); err == nil {
		err = ws.renameAccounts(context.Background())
	}
	if err == nil {
		err = ws.amendRuns(context.Background())
	}
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return ws, nil
}

// renameAccounts gives the accounts that earlier versions named by the text of a URL their canonical names.
func (ws *workspace) renameAccounts(ctx context.Context) error {
	runs, err := ws.store.Runs(ctx)
	if err != nil {
		return err
	}
	for _, r := range runs {
		name := vendors.CanonicalID(r.Account)
		if name == r.Account {
			continue
		}
		lock, err := ws.lock(r.Account) // an earlier version may be under way
		if err != nil {
			return err
		}
		if err := errors.Join(ws.store.Rename(ctx, r.Account, name), lock.Release()); err != nil {
			return err
		}
	}
	return nil
}

// amendRuns takes out of the journal what earlier versions kept there and none may keep: see amend.
func (ws *workspace) amendRuns(ctx context.Context) error {
	runs, err := ws.store.Runs(ctx)
	if err != nil {
		return err
	}
	for _, r := range runs {
		now, changed, err := ws.amend(r)
		if err == nil && changed {
			err = ws.store.Amend(ctx, now)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// keyThere refuses a journal whose key is gone: with another one it would know nobody, and everybody would be sent again. The key is always made first.
func keyThere(file, key string) error {
	journalInfo, err := os.Stat(file)
	_, keyErr := os.Lstat(key)
	if err != nil || !journalInfo.Mode().IsRegular() || journalInfo.Size() == 0 || !errors.Is(keyErr, os.ErrNotExist) {
		return nil //nolint:nilerr // a journal that is not there needs no key; what else is wrong with the file is said when it is opened
	}
	return problem.Wrap(problem.Storage, fmt.Errorf("%w: the key of %s is missing: %s", journal.ErrStorage, file, key),
		"restore it from a copy, or from where the journal was before; without it nobody is recognised, and everybody would be sent again")
}

// lockFolder is the name of the folder with the locks of a journal's accounts, beside it.
const lockFolder = "locks"

// keyName is the name of the file with a journal's key, beside it.
const keyName = "journal.key"

// findWorkspace opens the journal that the request's options or the run that it names point at; it must be there.
func (c *call) findWorkspace(run string) (*workspace, error) {
	p, err := c.findPlace(run)
	if err != nil {
		return nil, err
	}
	if missing(p) {
		return nil, c.noJournal(p)
	}
	return c.openWorkspace(p)
}

// findPlace says where the journal is that the request's options or the run that it names point at.
func (c *call) findPlace(run string) (p location, err error) {
	values := precedence{given: c.Options, env: c.LookupEnv}
	options, _, faults := values.resolve()
	if err := c.placeState(&options, values, false); err != nil {
		faults = append(faults, err)
	}
	told, fault := c.telling(options, values)
	c.emit(Resolved{Display: options.Display, Telling: told, Again: c.again})
	if err := errors.Join(append(faults, fault)...); err != nil {
		return p, err
	}
	_, from, _ := values.find(OptionsNamed("out")[0])
	return c.locateRun(options, from >= byEnvironment, run)
}

// findForSending is findWorkspace for what sends rows: a journal of an earlier version has to be taken over first, or named.
func (c *call) findForSending(run string) (*workspace, error) {
	ws, err := c.findWorkspace(run)
	if err != nil {
		return nil, err
	}
	if ws.place.kind != oldPlace {
		c.emit(JournalOpened{Path: c.shown(ws.place.url), Sandbox: ws.place.kind == runPlace, AccountKnown: true})
		return ws, nil
	}
	own, err := c.locate(Options{})
	if err == nil {
		err = unusable(fmt.Sprintf("%s is the journal of an earlier version; the journal is now %s", c.pathText(ws.place.file()), c.pathText(own.file())), c.waysWithOld(ws.place.file(), own))
	}
	return nil, errors.Join(err, ws.close())
}

// sendBeside makes the folder of a run that sends rows of another again lie beside that one's, unless a person named a place.
func (ws *workspace) sendBeside(r journal.Run) {
	if !ws.place.said {
		ws.place.out = ws.shown(filepath.Dir(ws.absolute(r.Folder)))
	}
}

// folder is where the reports of a run are: as a person would write it, or absolute.
func (ws *workspace) folder(r journal.Run) string { return ws.shown(ws.Path(r.Folder)) }

// inFolder reports whether the journal is in the folder of the run.
func (ws *workspace) inFolder(r journal.Run) bool {
	return ws.place.kind == runPlace && ws.dir == ws.absolute(r.Folder)
}

func (ws *workspace) close() error { return ws.store.Close() }

// lock takes the locks of the account, or says who holds one: the journal's, and the user's own, so that a run that keeps its journal elsewhere is kept off
// as well. A sandbox in process is nobody else's account.
func (ws *workspace) lock(account string) (*journal.Lock, error) {
	sum := sha256.Sum256([]byte(account))
	vendor, _, _ := strings.Cut(account, " ")
	name := vendor + "-" + hex.EncodeToString(sum[:6]) + ".lock"
	paths := []string{filepath.Join(ws.lockFolder(), name)}
	if ws.State != "" && !ws.isBoxed() && ws.dir != ws.State {
		paths = append(paths, filepath.Join(ws.State, lockFolder, name))
	}
	return journal.Acquire(journal.Holder{Since: ws.Now()}, paths...)
}

// lockFolder is where the locks of accounts are.
func (ws *workspace) lockFolder() string { return filepath.Join(ws.dir, lockFolder) }

// find returns the run that a person names: by id, name, folder, or a file in its folder; the newest that fits when the word is
// empty. A folder of a run in another journal is refused: errForeign.
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
			return r, ws.own(r, word)
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
