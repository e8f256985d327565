package runs

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/pipeline/journal/sqlite"
)

// AdoptRequest asks to take over the journal of an earlier version, which had one for each folder of reports.
type AdoptRequest struct {
	Request
	File string // the journal; "" for the one in --out
}

// AdoptResult says what was taken over.
type AdoptResult struct {
	From, To string
	Kept     string // the old file under its new name
	Runs     int
}

// Adopt makes the journal of an earlier version the user's own. The old file is kept under another name, so that nothing uses it by mistake. Stopped at any
// moment, the same call completes it.
func (s *Service) Adopt(ctx context.Context, r AdoptRequest) (result AdoptResult, err error) {
	c := s.call(r.Request)
	from, own, err := c.adoption(r.File)
	if err != nil {
		return result, err
	}
	ws, err := s.openWorkspace(location{out: filepath.Dir(from), url: from, kind: oldPlace})
	if err != nil {
		return result, err
	}
	runs, err := ws.store.Runs(ctx)
	if err != nil {
		return result, errors.Join(err, ws.close())
	}
	release, err := ws.lockAll(runs)
	if err = errors.Join(err, ws.close()); err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, release()) }()
	result = AdoptResult{From: s.shown(from), To: s.shown(own.file()), Runs: len(runs)}
	if missing(own) {
		err = s.moveJournal(from, own.file())
	} else {
		err = c.adoptedBefore(ctx, from, own, runs)
	}
	if err != nil {
		return result, err
	}
	result.Kept, err = retire(from)
	result.Kept = s.shown(result.Kept)
	return result, err
}

// adoption finds the journal that is to be taken over, and the place where it goes.
func (c *call) adoption(file string) (from string, own location, err error) {
	values := precedence{given: c.Options, env: c.LookupEnv}
	options, _, faults := values.resolve()
	if len(faults) > 0 {
		return "", own, errors.Join(faults...)
	}
	c.emit(Resolved{Display: options.Display})
	if own, err = c.locate(Options{Out: options.Out, Journal: options.Journal}); err != nil {
		return "", own, err
	}
	if file == "" {
		file = filepath.Join(options.Out, journalName)
	}
	from = c.absolute(file)
	switch {
	case own.file() == "":
		return "", own, usage("a journal is taken over into a file, and --journal names none", "name a path with --journal, or leave it out")
	case !isFile(from):
		return "", own, unusable("there is no journal at "+c.pathText(from), "name the journal.db that an earlier version made: "+c.Program+" adopt FILE")
	case from == own.file():
		return "", own, unusable(c.pathText(from)+" is in use already", "")
	}
	return from, own, nil
}

// moveJournal copies key and journal, the key first: a journal without its key knows nobody.
func (s *Service) moveJournal(from, to string) error {
	if err := journal.CopyKey(filepath.Join(filepath.Dir(from), keyName), filepath.Join(filepath.Dir(to), keyName)); err != nil {
		return err
	}
	return sqlite.Copy(from, to, func(folder string) string {
		if beside := filepath.Join(filepath.Dir(from), filepath.Base(folder)); !filepath.IsAbs(folder) {
			return beside
		}
		return folder
	})
}

// adoptedBefore reports whether the journal in use has all that the old one has: then an earlier call was stopped in between.
func (c *call) adoptedBefore(ctx context.Context, from string, own location, runs []journal.Run) error {
	refused := unusable(fmt.Sprintf("%s cannot be taken over: %s has runs of its own", c.pathText(from), c.pathText(own.file())), c.waysWithOld(from, own))
	if !sameKey(from, own.file()) {
		return refused
	}
	ws, err := c.openWorkspace(own)
	if err != nil {
		return err
	}
	has, err := ws.store.Runs(ctx)
	if err = errors.Join(err, ws.close()); err != nil {
		return err
	}
	for _, r := range runs {
		if !slices.ContainsFunc(has, func(h journal.Run) bool { return h.Name == r.Name }) {
			return unusable(fmt.Sprintf("%s was taken over before, and has run %s, which is not in %s", c.pathText(from), r.Name, c.pathText(own.file())),
				"an earlier version was used since; use this journal for its account with --journal "+quoted(c.shown(from)))
		}
	}
	return nil
}

// retire renames a journal that was taken over, and its key.
func retire(file string) (kept string, err error) {
	kept = file + ".adopted"
	key := filepath.Join(filepath.Dir(file), keyName)
	if err := os.Rename(file, kept); err != nil {
		return "", problem.Wrap(problem.Storage, err, "the journal was taken over; move the old file away yourself")
	}
	return kept, problem.Wrap(problem.Storage, os.Rename(key, key+".adopted"), "the journal was taken over; move the old key away yourself")
}
