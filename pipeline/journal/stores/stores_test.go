package stores_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/pipeline/journal/journaltest"
	"importer/pipeline/journal/memory"
	"importer/pipeline/journal/sqlite"
	"importer/pipeline/journal/stores"
)

func TestOpen(t *testing.T) {
	t.Chdir(t.TempDir())
	abs := filepath.Join(t.TempDir(), "with space %20 ü?#.db")
	for url, want := range map[string]string{
		"a.db": "a.db", "out/b.db": "out/b.db", "sqlite://c.db": "c.db", "sqlite:d.db": "d.db", "sqlite://" + abs: abs, abs + "2": abs + "2", "./x:y.db": "x:y.db",
	} {
		s, err := stores.Open(url)
		if err != nil {
			t.Errorf("%s: %v", url, err)
			continue
		}
		want, _ = filepath.Abs(want)
		if got := s.(*sqlite.Store).Path(); got != want {
			t.Errorf("%s: at %s, want %s", url, got, want)
		}
		if found, _ := filepath.Glob(strings.ReplaceAll(want, "?", "[?]")); len(found) != 1 {
			t.Errorf("%s: %s is not there", url, want)
		}
		path, ok := stores.Path(url)
		if path, _ = filepath.Abs(path); !ok || path != want {
			t.Errorf("%s: path %s, %v", url, path, ok)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	lasting, err := stores.Open("memory:")
	if _, ok := lasting.(*memory.Store); err != nil || !ok {
		t.Errorf("memory: %T, %v", lasting, err)
	}
	for url, text := range map[string]string{
		"": "no place", "postgres://db/x": "no PostgreSQL store", "postgresql://db": "no PostgreSQL store", "sqlite://": "names no file", "sqlite:": "names no file",
		"mysql://x": `no journal store "mysql://"`,
	} {
		_, err := stores.Open(url)
		if !errors.Is(err, journal.ErrStorage) || !strings.Contains(fmt.Sprint(err), text) || problem.Hint(err) == "" {
			t.Errorf("%q: error %v, hint %q", url, err, problem.Hint(err))
		}
		if path, ok := stores.Path(url); ok {
			t.Errorf("%q: path %q", url, path)
		}
	}
}

// The journal that is not there is a store like any, and its lists of who was seen are bounded as those of a file are.
func TestNone(t *testing.T) {
	journaltest.Run(t, func(t *testing.T) journaltest.Open {
		return func(t *testing.T) (journal.Store, bool) { return stores.None(), false }
	})
	seen, err := stores.None().Seen()
	if err != nil {
		t.Fatal(err)
	}
	defer seen.Close()
	if want := sqlite.NewSeen(); reflect.TypeOf(seen) != reflect.TypeOf(want) {
		t.Errorf("who was seen is kept in a %T, want a %T", seen, want)
	}
}
