package sqlite_test

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"importer/pipeline/journal"
	"importer/pipeline/journal/sqlite"
)

// Many find no journal at once: each makes one, one of them counts, and all use it.
func TestSQLiteCreatedByManyAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out", "journal.db")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			s, err := sqlite.Open(path, sqlite.Options{})
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			if _, err := s.Begin(t.Context(), journal.Run{Name: fmt.Sprint("r", i), Account: "a", Started: began}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	s := openAt(t, path, sqlite.Options{})
	if runs, err := s.Runs(t.Context()); err != nil || len(runs) != 8 {
		t.Errorf("%d runs of 8, %v", len(runs), err)
	}
	s.Close()
	onlyJournal(t, path)
}

// Whoever fails or dies while it makes a journal leaves nothing in its place, and what is left beside it goes when it is old.
func TestSQLiteCreatedInTheSecondPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	disk := NewDisk(t)
	disk.Fail(func(op Op, _ string, n int) error {
		if op == OpSync && n == 1 {
			return syscall.EIO
		}
		return nil
	})
	if _, err := sqlite.Open(path, sqlite.Options{VFS: disk.Name}); err == nil {
		t.Fatal("the sync did not fail")
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*")); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
	for name, age := range map[string]time.Duration{".journal-1": 2 * time.Hour, ".journal-1-wal": 2 * time.Hour, ".journal-2": 0} {
		name = filepath.Join(filepath.Dir(path), name)
		if err := os.WriteFile(name, []byte("torn"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, time.Now().Add(-age), time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	openAt(t, path, sqlite.Options{}).Close()
	if err := os.Remove(filepath.Join(filepath.Dir(path), ".journal-2")); err != nil {
		t.Errorf("what another one is at was taken away: %v", err)
	}
	onlyJournal(t, path)
}

func onlyJournal(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 2 || entries[0].Name() != filepath.Base(path) || entries[1].Name() != filepath.Base(sqlite.Marker(path)) {
		t.Errorf("beside the journal: %v, %v", entries, err)
	}
}
