package sqlite_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/pipeline/journal/sqlite"
)

// TestLostTail takes away what a killed importer has left in the -wal file. The journal is sound without it, and would send people again.
func TestLostTail(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		harm func(path string) error
		lost bool
	}{
		"nothing":             {func(string) error { return nil }, false},
		"-wal deleted":        {func(path string) error { return os.Remove(path + "-wal") }, true},
		"-wal emptied":        {func(path string) error { return os.Truncate(path+"-wal", 0) }, true},
		"-wal cut":            {func(path string) error { return cut(path + "-wal") }, true},
		"journal gone":        {func(path string) error { return errors.Join(os.Remove(path), os.Remove(path+"-wal")) }, true},
		"marker deleted":      {func(path string) error { return os.Remove(sqlite.Marker(path)) }, false},
		"marker of another":   {func(path string) error { return os.WriteFile(sqlite.Marker(path), make([]byte, 16), 0o600) }, false},
		"marker is short":     {func(path string) error { return os.Truncate(sqlite.Marker(path), 3) }, false},
		"all but the journal": {func(path string) error { return errors.Join(os.Remove(path+"-wal"), os.Remove(sqlite.Marker(path))) }, false}, // nothing is left that could tell
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := killed(t)
			if err := c.harm(path); err != nil {
				t.Fatal(err)
			}
			s, err := sqlite.Open(path, sqlite.Options{})
			if c.lost {
				if !errors.Is(err, journal.ErrCorrupt) || problem.Hint(err) == "" {
					t.Fatalf("opened with %v", err)
				}
				if err := os.Remove(sqlite.Marker(path)); err != nil { // as the hint says
					t.Fatal(err)
				}
				s, err = sqlite.Open(path, sqlite.Options{})
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// killed returns a copy of a journal as a killed importer leaves it: ten commits are in its -wal file.
func killed(t *testing.T) string {
	t.Helper()
	from := filepath.Join(t.TempDir(), "journal.db")
	s := openAt(t, from, sqlite.Options{})
	run := beginTest(t, s)
	for row := range int64(10) {
		if err := s.Append(t.Context(), run, []journal.Record{{Kind: journal.Intent, Row: row + 1, Attempt: 1, At: began}}); err != nil {
			t.Fatal(err)
		}
	}
	to := filepath.Join(t.TempDir(), "journal.db")
	for _, suffix := range []string{"", "-wal", "-mark"} {
		data, err := os.ReadFile(from + suffix)
		if err == nil {
			err = os.WriteFile(to+suffix, data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// cut takes away the last third of a file.
func cut(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return os.Truncate(path, info.Size()*2/3)
}
