package runs

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"importer/mapping"
	"importer/mapping/problem"
	"importer/pipeline/journal/sqlite"
	"importer/pipeline/journal/stores"
	"importer/vendors"
)

// journalName is the name of a journal's file where nobody gives another.
const journalName = "journal.db"

// location is where a journal is, and where the folders of its runs go.
type location struct {
	out  string   // as a person wrote it
	said bool     // a flag or the environment names out
	was  []string // files where earlier versions kept it by what the job file says: its paths were relative to the working directory
	url  string   // as stores.Open takes it, a file's path absolute; "" where it is in the folder of a run that is yet to be made
	kind placeKind
}

// placeKind says why a journal is where it is.
type placeKind uint8

const (
	ownPlace   placeKind = iota // the user's: one, whatever the working directory
	namedPlace                  // an option names it
	runPlace                    // in the folder of a run into a sandbox in process, which is an account of its own
	oldPlace                    // among the run folders, where earlier versions kept one for each
)

// file is the journal's file; "" where it is none.
func (p location) file() string {
	file, _ := stores.Path(p.url)
	return file
}

// locate says where the journal of a new run is.
func (s *Service) locate(o Options) (location, error) {
	place := location{out: o.Out, kind: ownPlace}
	switch {
	case o.Journal != "":
		place.kind, place.url = namedPlace, s.journalURL(o.Journal)
	case o.Sandbox:
		place.kind = runPlace
	case s.State == "":
		return place, usage("there is no place for the journal: no home folder is known", "set HOME, or name a file with --journal")
	default:
		place.url = filepath.Join(s.State, journalName)
	}
	return place, nil
}

// journalURL makes the path in a URL absolute.
func (s *Service) journalURL(url string) string {
	file, ok := stores.Path(url)
	if !ok {
		return url
	}
	return s.absolute(file)
}

// locateRun says where the journal is that knows a run, which may be named by its folder or by a file in it: in that folder, beside it, or the user's.
func (s *Service) locateRun(o Options, outGiven bool, run string) (location, error) {
	if o.Journal == "" && run != "" {
		if place, ok := s.besideRun(o.Out, outGiven, run); ok {
			place.said = outGiven
			return place, nil
		}
	}
	place, err := s.locate(Options{Out: o.Out, Journal: o.Journal})
	if place.said = outGiven; !outGiven {
		if folder := s.folderNamed(run); folder != "" {
			place.out = s.shown(filepath.Dir(folder))
		}
	}
	return place, err
}

// besideRun finds a journal in the folder of a run, or among the run folders.
func (s *Service) besideRun(out string, outGiven bool, run string) (location, bool) {
	abs := s.absolute(run)
	for _, dir := range []string{abs, filepath.Dir(abs), filepath.Join(s.absolute(out), run)} {
		if file := filepath.Join(dir, journalName); isRunFolder(dir) && isFile(file) {
			place := location{out: out, url: file, kind: runPlace}
			if !outGiven {
				place.out = s.shown(filepath.Dir(dir))
			}
			return place, true
		}
	}
	folder := s.folderNamed(run)
	if file := filepath.Join(filepath.Dir(folder), journalName); folder != "" && isFile(file) && file != filepath.Join(s.State, journalName) {
		place := location{out: out, url: file, kind: oldPlace}
		if !outGiven {
			place.out = s.shown(filepath.Dir(folder))
		}
		return place, true
	}
	return location{}, false
}

// folderNamed is the run's folder that a person names, by itself or by a file in it; "" where it is none. A name alone, without such a folder here, is that of a
// run, whose folder is where its journal says.
func (s *Service) folderNamed(run string) string {
	abs := s.absolute(run)
	if _, err := os.Stat(abs); err != nil && run == filepath.Base(run) {
		return ""
	}
	for _, dir := range []string{abs, filepath.Dir(abs)} {
		if run != "" && isRunFolder(dir) {
			return dir
		}
	}
	return ""
}

// isRunFolder recognises the folder of a run by its name, which begins with a moment: see makeFolder.
func isRunFolder(dir string) bool {
	name := filepath.Base(dir)
	_, err := time.Parse(folderStamp, name[:min(len(name), len(folderStamp))])
	return err == nil
}

// missing reports whether the journal is a file that is not there.
func missing(p location) bool {
	file := p.file()
	if file == "" {
		return false
	}
	_, err := os.Stat(file)
	return errors.Is(err, os.ErrNotExist)
}

// wasPlaces are the files where earlier versions kept the journal by what the job file says of it and of the run folders.
func (p precedence) wasPlaces() (files []string) {
	for _, o := range OptionsNamed("out", "journal") {
		_, from, pos := p.find(o)
		if from != byJob {
			continue
		}
		said, _ := p.job.Option(o.Key)
		if former, ok := p.job.Option(o.Former); ok && o.Former != "" {
			said = former
		}
		file, ok := stores.Path(said.Text)
		switch {
		case !ok || filepath.IsAbs(file) || filepath.Dir(pos.File) == ".":
		case o.Name == "out":
			files = append(files, filepath.Join(file, journalName))
		default:
			files = append(files, file)
		}
	}
	return files
}

// oldJournals are the journals of earlier versions that the working directory knows, absolute: one in --out, one in the default folder, and those that the
// job file named.
func (s *Service) oldJournals(place location) (found []string) {
	files := slices.Clone(place.was)
	if place.kind == ownPlace {
		files = append(files, filepath.Join(place.out, journalName), filepath.Join(defaultOut, journalName))
	}
	for _, file := range files {
		file = s.absolute(file)
		if isFile(file) && file != place.file() && !slices.Contains(found, file) {
			found = append(found, file)
		}
	}
	return found
}

// refuseOld keeps a run from beginning without what a journal of an earlier version knows of its account.
func (c *call) refuseOld(s *setup) error {
	if s.place.kind == runPlace {
		return nil
	}
	for _, file := range c.oldJournals(s.place) {
		accounts, err := sqlite.Accounts(file)
		if err != nil {
			return problem.Wrap(problem.Storage, err, "an earlier version kept its journal there; move it away if it is not needed")
		}
		if slices.ContainsFunc(accounts, func(id string) bool { return vendors.CanonicalID(id) == s.account.ID() }) {
			return unusable(fmt.Sprintf("%s is the journal of an earlier version and knows people of this account; the journal is now %s", c.pathText(file), c.pathText(s.place.file())), c.waysWithOld(file, s.place))
		}
		c.emit(OldJournal{Path: c.shown(file), Accounts: len(accounts)})
	}
	return nil
}

// waysWithOld says how the journal of an earlier version is taken over or, where that is not possible, used.
func (c *call) waysWithOld(file string, own location) string {
	use := fmt.Sprintf("--journal %s, or the line `journal: %s` in the job file", quoted(c.shown(file)), file)
	if missing(own) || sameKey(file, own.file()) {
		into := ""
		if own.kind == namedPlace {
			into = " --journal " + quoted(c.shown(own.file()))
		}
		return fmt.Sprintf("take it over with: %s adopt %s%s; or use it where it is with %s", c.Program, quoted(c.shown(file)), into, use)
	}
	return "the two cannot become one, since each has a secret of its own; use it for this account with " + use
}

// pathText is a path as messages show it.
func (s *Service) pathText(path string) string { return mapping.Escape(s.shown(path), 200) }

// noJournal is the error where a command needs a journal and there is none.
func (c *call) noJournal(p location) error {
	message, fix := "there is no journal at "+c.pathText(p.file()), "nothing was run yet, or it lies elsewhere: say where with --journal"
	if old := c.oldJournals(p); p.kind == ownPlace && len(old) > 0 {
		message += "; there is one of an earlier version, " + c.pathText(old[0])
		fix = c.waysWithOld(old[0], p)
	}
	return unusable(message, fix)
}

// fromFile makes a path that a job file gives relative to that file one that is relative to the working directory. Of URLs only those of files have a path.
func fromFile(jobFile, path string) string {
	file, ok := stores.Path(path)
	switch {
	case !ok || jobFile == "" || filepath.IsAbs(file):
		return path
	case strings.HasPrefix(path, "sqlite:"):
		return "sqlite:" + filepath.Join(filepath.Dir(jobFile), file)
	}
	return filepath.Join(filepath.Dir(jobFile), file)
}

// sameKey reports whether two journals have the same key.
func sameKey(file, other string) bool {
	a, err := os.ReadFile(filepath.Join(filepath.Dir(file), keyName))
	b, otherErr := os.ReadFile(filepath.Join(filepath.Dir(other), keyName))
	return err == nil && otherErr == nil && bytes.Equal(a, b)
}
