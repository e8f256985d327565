package main

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
	"importer/reports"
)

// ledger is an open journal and what lies beside it.
type ledger struct {
	store journal.Store
	key   *journal.Key
	out   string // the folder of run folders, as typed
	dir   string // where key and locks lie
	now   func() time.Time
	path  func(string) string // see app.path
	held  *journal.Lock       // on the account of the run under way; nil without one
}

// place is where a journal lies.
type place struct{ out, url string }

// placed finds the journal of a command: as said by --out and --journal, else beside the run folder that an argument lies in, else the default.
func (a *app) placed(k knobs, outSaid bool, arg string) place {
	p := place{out: k.out, url: k.journal}
	if p.url == "" && !outSaid && arg != "" {
		abs := a.absolute(arg)
		for _, dir := range []string{filepath.Dir(abs), filepath.Dir(filepath.Dir(abs))} {
			if _, err := os.Stat(filepath.Join(dir, "journal.db")); err == nil {
				p.out = a.shown(dir)
				break
			}
		}
	}
	return p
}

// file is the journal's file; "" where it is none.
func (p place) file() string {
	if p.url == "" {
		return filepath.Join(p.out, "journal.db")
	}
	file, _ := stores.Path(p.url)
	return file
}

// openLedger opens the journal, and makes it where there is none.
func (a *app) openLedger(p place) (*ledger, error) {
	l := &ledger{out: p.out, dir: a.path(p.out), now: a.Now, path: a.path}
	url := p.url
	if file := p.file(); file != "" {
		url = a.path(file)
		l.dir = filepath.Dir(url)
	}
	if err := journal.MakeFolder(a.path(p.out)); err != nil {
		return nil, &failure{reports.ExitStorage, fmt.Errorf("folder of the reports: %w", err), "choose another folder with --out"}
	}
	key, err := journal.OpenKey(filepath.Join(l.dir, "journal.key"))
	if err != nil {
		return nil, err
	}
	store, err := stores.Open(url)
	if err != nil {
		return nil, err
	}
	l.key, l.store = key, store
	return l, nil
}

// findLedger opens a journal that must be there.
func (a *app) findLedger(p place) (*ledger, error) {
	if file := p.file(); file != "" {
		if _, err := os.Stat(a.path(file)); errors.Is(err, os.ErrNotExist) {
			return nil, unusable(fmt.Errorf("there is no journal at %s", mapping.Escape(file, 200)),
				"nothing was run from here yet, or it lies elsewhere: say where with --out or --journal")
		}
	}
	return a.openLedger(p)
}

// folder is where the reports of a run are.
func (l *ledger) folder(r journal.Run) string { return l.path(r.Folder) }

func (l *ledger) close() error { return l.store.Close() }

// name tells who asks for the account meanwhile which run has it.
func (l *ledger) name(run string) error {
	if l.held == nil {
		return nil
	}
	return l.held.SetRun(run)
}

// lock keeps other processes off the account.
func (l *ledger) lock(account string) (*journal.Lock, error) {
	sum := sha256.Sum256([]byte(account))
	vendor, _, _ := strings.Cut(account, " ")
	return journal.Acquire(filepath.Join(l.dir, "locks", vendor+"-"+hex.EncodeToString(sum[:6])+".lock"), journal.Holder{Since: l.now()})
}

// find returns the run that a person names: by id, name, folder, or a file in its folder; the newest that fits when the word is empty.
func (l *ledger) find(ctx context.Context, word string, fits func(journal.Run) bool) (journal.Run, error) {
	runs, err := l.store.Runs(ctx)
	if err != nil {
		return journal.Run{}, err
	}
	id, _ := strconv.ParseInt(word, 10, 64)
	base := filepath.Base(filepath.Clean(word))
	above := filepath.Base(filepath.Dir(filepath.Clean(word)))
	for _, r := range runs {
		named := word != "" && (r.ID == id || r.Name == word || r.Name == base || r.Name == above)
		if named || word == "" && fits(r) {
			return r, nil
		}
	}
	if word == "" {
		return journal.Run{}, unusable(errors.New("there is no such run"), "importer runs lists them all")
	}
	var names []string
	for _, r := range runs {
		names = append(names, r.Name)
	}
	hint := "importer runs lists them"
	if near, ok := mapping.Nearest(base, names); ok {
		hint = "did you mean " + near + "?"
	}
	return journal.Run{}, unusable(fmt.Errorf("the journal has no run %q", mapping.Escape(word, 120)), hint)
}
