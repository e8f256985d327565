// Package stores opens a journal by its URL. It is the one place that knows all engines.
package stores

import (
	"fmt"
	"strings"

	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/pipeline/journal/memory"
	"importer/pipeline/journal/sqlite"
)

// Open opens the journal that url names:
//
//	PATH, sqlite:PATH, sqlite://PATH    a file, created when there is none (see [sqlite.Open])
//	memory:                             nothing that lasts, for measurements
//
// A path is used as it is: not percent-decoded, relative to the working directory unless it begins with a slash.
func Open(url string) (journal.Store, error) {
	scheme, _, _ := strings.Cut(url, "://")
	path, ok := Path(url)
	switch {
	case ok:
		return sqlite.Open(path, sqlite.Options{})
	case url == "":
		return nil, refuse("no place is given for the journal", "give a path with --journal")
	case strings.HasPrefix(url, "memory:"):
		return memory.New(), nil
	case strings.HasPrefix(url, "sqlite:"):
		return nil, refuse(fmt.Sprintf("%q names no file", url), "give a path with --journal")
	case scheme == "postgres" || scheme == "postgresql":
		return nil, refuse("this build has no PostgreSQL store", "use a path or sqlite://PATH with --journal")
	}
	return nil, refuse(fmt.Sprintf("there is no journal store %q", scheme+"://"), "use a path, sqlite://PATH or memory: with --journal")
}

// None is the journal that is not there: empty, and nothing lasts. Its lists of who was seen do not grow in memory, as those of [memory.Store] do.
func None() journal.Store { return none{memory.New()} }

type none struct{ *memory.Store }

func (none) Seen() (journal.Seen, error) { return sqlite.NewSeen(), nil }

// Identify returns an error where url names a file that is there and is no journal. It changes nothing.
func Identify(url string) error {
	if path, ok := Path(url); ok {
		return sqlite.Identify(path)
	}
	return nil
}

func refuse(why, fix string) error {
	return problem.Wrap(problem.Storage, fmt.Errorf("%w: %s", journal.ErrStorage, why), fix)
}

// Path returns the file that url names as Open reads it, and false where it names none.
func Path(url string) (string, bool) {
	scheme, rest, found := strings.Cut(url, ":")
	switch {
	case found && scheme == "sqlite":
		path := strings.TrimPrefix(rest, "//")
		return path, path != ""
	case found && (scheme == "memory" || strings.HasPrefix(rest, "//")):
		return "", false
	}
	return url, url != ""
}
