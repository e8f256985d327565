package journal_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"importer/pipeline/journal"
)

// TestSweep: what a killed importer left goes after an hour, and nothing else: neither what one is at, nor what somebody else named alike.
func TestSweep(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		age  time.Duration
		size int
		goes bool
	}{
		".journal-12": {2 * time.Hour, 9000, true}, ".journal-12-wal": {2 * time.Hour, 0, true}, ".journal-copy-12": {2 * time.Hour, 9000, true},
		".key-12": {2 * time.Hour, 32, true}, ".key-13": {2 * time.Hour, 0, true}, ".space-12": {2 * time.Hour, 1 << 20, true},
		".journal-14": {time.Minute, 9000, false}, ".key-14": {time.Minute, 32, false}, ".space-14": {time.Minute, 1 << 20, false},
		".key-of-my-house": {2 * time.Hour, 32, false}, ".key-15": {2 * time.Hour, 33, false}, ".space-15": {2 * time.Hour, 1<<20 + 1, false},
		".journal-2026.txt": {2 * time.Hour, 32, false}, "journal.key": {2 * time.Hour, 32, false}, "journal.db": {2 * time.Hour, 32, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path, then := filepath.Join(dir, name), time.Now().Add(-c.age)
			if err := os.WriteFile(path, make([]byte, c.size), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chtimes(path, then, then); err != nil {
				t.Fatal(err)
			}
			journal.Sweep(dir)
			if _, err := os.Lstat(path); (err != nil) != c.goes {
				t.Errorf("afterwards: %v", err)
			}
		})
	}
}

// TestKeysAreSwept: who opens a journal's key, and makes it, takes away what a killed importer left of another.
func TestKeysAreSwept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, then := filepath.Join(dir, ".key-77"), time.Now().Add(-2*time.Hour)
	if err := os.WriteFile(path, make([]byte, 32), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, then, then); err != nil {
		t.Fatal(err)
	}
	if _, err := journal.OpenKey(filepath.Join(dir, "journal.key")); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(path); err == nil {
		t.Error("it is still there")
	}
}
