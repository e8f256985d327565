package runs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

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
// moment, the same call completes it. Where it is refused, the old file is as it was: the earlier version can go on with it.
func (s *Service) Adopt(ctx context.Context, r AdoptRequest) (result AdoptResult, err error) {
	c := s.call(r.Request)
	from, own, err := c.adoption(r.File)
	if err != nil {
		return result, err
	}
	file := from
	if !isFile(from) { // an earlier call was stopped when it had renamed it
		file = adopted(from)
	}
	runs, err := sqlite.Peek(file)
	if err != nil {
		return result, err
	}
	old := &workspace{Service: s, place: location{kind: oldPlace}, dir: filepath.Dir(from)}
	held, err := old.lockAll(runs)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, held.release()) }()
	if ctx.Err() != nil {
		return result, context.Cause(ctx)
	}
	if missing(own) {
		err = s.moveJournal(file, own.file())
	} else {
		err = c.adoptedBefore(from, own, runs)
	}
	if err == nil {
		err = held.check() // an earlier version may have begun to send by the old one
	}
	if err != nil {
		return result, err
	}
	return AdoptResult{From: s.shown(from), To: s.shown(own.file()), Kept: s.shown(adopted(from)), Runs: len(runs)}, retire(from)
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
	case !isFile(from) && !(halfRetired(from) && sameKey(from, own.file())):
		return "", own, unusable("there is no journal at "+c.pathText(from), "name the journal.db that an earlier version made: "+c.Program+" adopt FILE")
	case from == own.file():
		return "", own, unusable(c.pathText(from)+" is in use already", "")
	}
	return from, own, nil
}

// moveJournal copies key and journal, the key first: a journal without its key knows nobody.
func (s *Service) moveJournal(from, to string) error {
	if err := journal.CopyKey(keyBeside(from), keyBeside(to)); err != nil {
		return err
	}
	return sqlite.Copy(from, to, func(folder string) string {
		if beside := filepath.Join(filepath.Dir(from), filepath.Base(folder)); !filepath.IsAbs(folder) {
			return beside
		}
		return folder
	})
}

// adoptedBefore returns nil where the journal in use has all that the old one has: then an earlier call was stopped in between.
func (c *call) adoptedBefore(from string, own location, runs []journal.Run) error {
	refused := fmt.Sprintf("%s cannot be taken over: %s has runs of its own", c.pathText(from), c.pathText(own.file()))
	if !sameKey(from, own.file()) {
		return unusable(refused, c.waysWithOld(from, own))
	}
	has, err := sqlite.Peek(own.file())
	if err != nil {
		return err
	}
	var lacks []string
	for _, r := range runs {
		if !slices.ContainsFunc(has, func(h journal.Run) bool { return h.Name == r.Name }) {
			lacks = append(lacks, r.Name)
		}
	}
	use := "use this journal for its account with --journal " + quoted(c.shown(from))
	switch len(lacks) {
	case 0:
		return nil
	case len(runs):
		return unusable(refused+" since an earlier adopt was stopped before it copied any", use+", or move "+c.pathText(own.file())+" away if it is not needed")
	}
	return unusable(fmt.Sprintf("%s was taken over before, and has run %s, which is not in %s", c.pathText(from), lacks[0], c.pathText(own.file())),
		"an earlier version was used since; "+use)
}

// adopted is the name of a file that was taken over.
func adopted(file string) string { return file + ".adopted" }

// keyBeside is the file with the key of a journal in a file.
func keyBeside(file string) string { return filepath.Join(filepath.Dir(file), keyName) }

// halfRetired reports whether retire was stopped after its first step: its last is the key.
func halfRetired(file string) bool { return isFile(adopted(file)) && isFile(keyBeside(file)) }

const typeAgain = "the journal was taken over; type the same command again, or move the old files away yourself"

// retire renames a journal that was taken over with all that belongs to it, the key last. What is renamed already stays so.
func retire(file string) error {
	for _, name := range []string{file, adopted(file)} { // what readers leave: nothing is in it
		if wal, err := os.Stat(name + "-wal"); err == nil && wal.Size() == 0 {
			if err := errors.Join(removed(name+"-wal"), removed(name+"-shm")); err != nil {
				return problem.Wrap(problem.Storage, err, typeAgain)
			}
		}
	}
	for _, name := range []string{file, file + "-wal", file + "-shm", sqlite.Marker(file), keyBeside(file)} {
		to := adopted(file) + strings.TrimPrefix(name, file)
		if name == keyBeside(file) {
			to = adopted(name)
		}
		if err := os.Rename(name, to); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return problem.Wrap(problem.Storage, err, typeAgain)
		}
	}
	return nil
}
