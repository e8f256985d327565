package sqlite_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"importer/pipeline/journal"
	"importer/pipeline/journal/sqlite"
)

// Every kind of disk call fails at its n-th time, for n = 1, 2, 3 … until the work comes through clean. Each time the failure is told as a
// failure of storage, nothing panics, and a new store on a sound disk finds all that was acknowledged.
func TestSQLiteEveryDiskCallFails(t *testing.T) {
	for _, op := range []Op{OpOpen, OpRead, OpWrite, OpSync, OpTruncate} {
		t.Run(string(op), func(t *testing.T) {
			disk, clean := NewDisk(t), false
			for n := 1; !clean; n++ {
				if n > 500 {
					t.Fatal("the work never comes through clean")
				}
				path := filepath.Join(t.TempDir(), "journal.db")
				struck := false
				disk.Fail(func(o Op, _ string, k int) error {
					if o != op || k != n {
						return nil
					}
					struck = true
					return syscall.EIO
				})
				acked, err := work(t, path, disk.Name)
				disk.Fail(nil)
				if err != nil && (!errors.Is(err, journal.ErrStorage) || !struck) {
					t.Fatalf("call %d (struck: %v): %v", n, struck, err)
				}
				if errors.Is(err, journal.ErrFenced) || errors.Is(err, journal.ErrNotJournal) {
					t.Fatalf("call %d: told as %v", n, err)
				}
				checkAcked(t, path, acked, fmt.Sprintf("%s %d", op, n))
				clean = !struck
			}
		})
	}
}

// work does a little of everything and returns the rows acknowledged as created.
func work(t *testing.T, path, vfs string) (acked int64, err error) {
	s, err := sqlite.Open(path, sqlite.Options{VFS: vfs})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	run, err := s.Begin(t.Context(), journal.Run{Name: "r", Account: "a", Started: began})
	if err != nil {
		return 0, err
	}
	for row := int64(1); row <= 3; row++ {
		if err := s.Append(t.Context(), run.ID, []journal.Record{intentOf(row)}); err != nil {
			return acked, err
		}
		if err := s.Append(t.Context(), run.ID, []journal.Record{createdOf(row)}); err != nil {
			return acked, err
		}
		acked = row
	}
	if err := s.Index(t.Context(), "a"); err != nil {
		return acked, err
	}
	if _, ok, err := s.Imported(t.Context(), "a", digest(1)); err != nil || !ok {
		return acked, errors.Join(err, errIf(!ok && err == nil, "row 1 is not known"))
	}
	rows := 0
	for _, err := range s.Rows(t.Context(), run.ID, 1) {
		if err != nil {
			return acked, err
		}
		rows++
	}
	return acked, errors.Join(errIf(rows != 3, "rows are missing"), s.Finish(t.Context(), run.ID, journal.Complete, began))
}

func errIf(bad bool, text string) error {
	if bad {
		return errors.New(text)
	}
	return nil
}

func checkAcked(t *testing.T, path string, acked int64, what string) {
	t.Helper()
	s := openAt(t, path, sqlite.Options{})
	defer s.Close()
	runs, err := s.Runs(t.Context())
	if err != nil || acked > 0 && len(runs) != 1 {
		t.Fatalf("%s: runs %v, %v", what, runs, err)
	}
	for row := int64(1); row <= acked; row++ {
		if st, _, err := s.Row(t.Context(), 1, row); err != nil || st.Status != journal.Created {
			t.Fatalf("%s: row %d is %+v, %v", what, row, st, err)
		}
	}
}

// What is forgotten or purged is in none of the journal's files any more.
func TestSQLiteErasesForGood(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	s := openAt(t, path, sqlite.Options{})
	run := beginTest(t, s)
	secret := createdOf(2)
	secret.Message = "canary j@example.com"
	for row := int64(1); row <= 300; row++ {
		created := createdOf(row)
		if row == 2 {
			created = secret
		}
		if err := s.Append(t.Context(), run, []journal.Record{intentOf(row), created}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Index(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	has := func(text []byte) bool {
		files, _ := filepath.Glob(path + "*")
		for _, file := range files {
			if data, err := os.ReadFile(file); err != nil || bytes.Contains(data, text) {
				return true
			}
		}
		return len(files) == 0
	}
	who, content := digest(2), digest(2+1<<40)
	if !has([]byte("canary")) || !has(who[:]) || !has(content[:]) {
		t.Fatal("the canary is not there to begin with")
	}
	if _, err := s.Forget(t.Context(), "a", who); err != nil {
		t.Fatal(err)
	}
	if has([]byte("canary")) || has(who[:]) || has(content[:]) {
		t.Error("the canary is still there")
	}
	other := digest(3 + 1<<40)
	if err := s.Finish(t.Context(), run, journal.Complete, began); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Purge(t.Context(), []int64{run}); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if has([]byte("5f1c2a7e9b")) {
		t.Error("a vendor's ID is still there")
	}
	if !has(other[:]) {
		t.Error("a person created is not known any more")
	}
}
