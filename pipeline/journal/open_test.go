package journal_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"importer/pipeline/journal"
)

func TestOpen(t *testing.T) {
	t.Chdir(t.TempDir())
	abs := filepath.Join(t.TempDir(), "with space %20 ü?#.db")
	for url, want := range map[string]string{
		"a.db": "a.db", "out/b.db": "out/b.db", "sqlite://c.db": "c.db", "sqlite:d.db": "d.db", "sqlite://" + abs: abs, abs + "2": abs + "2", "./x:y.db": "x:y.db",
	} {
		s, err := journal.Open(url)
		if err != nil {
			t.Errorf("%s: %v", url, err)
			continue
		}
		want, _ = filepath.Abs(want)
		if got := s.(*journal.SQLite).Path(); got != want {
			t.Errorf("%s: at %s, want %s", url, got, want)
		}
		if found, _ := filepath.Glob(strings.ReplaceAll(want, "?", "[?]")); len(found) != 1 {
			t.Errorf("%s: %s is not there", url, want)
		}
		path, ok := journal.Path(url)
		if path, _ = filepath.Abs(path); !ok || path != want {
			t.Errorf("%s: path %s, %v", url, path, ok)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	memory, err := journal.Open("memory:")
	if _, ok := memory.(*journal.Memory); err != nil || !ok {
		t.Errorf("memory: %T, %v", memory, err)
	}
	for url, text := range map[string]string{
		"": "no place", "postgres://db/x": "no PostgreSQL store", "postgresql://db": "no PostgreSQL store", "sqlite://": "names no file", "sqlite:": "names no file",
		"mysql://x": `no journal store "mysql://"`,
	} {
		_, err := journal.Open(url)
		if !errors.Is(err, journal.ErrStorage) || !strings.Contains(fmt.Sprint(err), text) || journal.Hint(err) == "" {
			t.Errorf("%q: error %v, hint %q", url, err, journal.Hint(err))
		}
		if path, ok := journal.Path(url); ok {
			t.Errorf("%q: path %q", url, path)
		}
	}
}

func TestPathsBeside(t *testing.T) {
	if got := journal.KeyPath("reports/journal.db"); got != "reports/journal.key" {
		t.Error(got)
	}
	one, other := journal.LockPath("reports/journal.db", "one"), journal.LockPath("reports/journal.db", "other")
	if one != "reports/journal-7692c3ad3540.lock" || other == one || filepath.Dir(other) != "reports" {
		t.Error(one, other)
	}
	if journal.KeyPath("j") == "j" || journal.LockPath("j", "a") == "j" {
		t.Error("the journal's own path")
	}
}
