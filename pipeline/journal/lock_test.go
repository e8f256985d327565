package journal_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/pipeline/journal/journaltest"
)

var began = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out", "distinct.lock")
	lock, err := journal.Acquire(journal.Holder{Since: began}, path)
	if err != nil {
		t.Fatal(err)
	}
	if err := lock.SetRun("20261121T090000Z-distinct-list"); err != nil {
		t.Fatal(err)
	}
	_, err = journal.Acquire(journal.Holder{Since: began}, path)
	if !errors.Is(err, journal.ErrRunning) || problem.KindOf(err) != problem.Busy || errors.Is(err, journal.ErrStorage) {
		t.Fatalf("second acquire: %v", err)
	}
	want := fmt.Sprintf("another importer runs on this account: process %d since 2026-11-21 09:00:00 UTC, run \"20261121T090000Z-distinct-list\"", os.Getpid())
	if err.Error() != want || problem.Hint(err) == "" {
		t.Errorf("got  %q\nwant %q", err, want)
	}
	if h, known := journal.HolderOf(err); !known || h.Run != "20261121T090000Z-distinct-list" || h.PID != os.Getpid() || !h.Since.Equal(began) {
		t.Errorf("the holder is %+v, %v", h, known)
	}
	if h, known := journal.HolderOf(journal.ErrRunning); known {
		t.Errorf("of an error that does not say the holder is %+v", h)
	}
	if err := errors.Join(lock.Release(), lock.Release()); err != nil {
		t.Fatal(err)
	}
	again, err := journal.Acquire(journal.Holder{}, path)
	if err != nil {
		t.Fatalf("after release: %v", err)
	}
	defer again.Release()
	if err := os.WriteFile(path, []byte("garbage"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := journal.Acquire(journal.Holder{}, path); !errors.Is(err, journal.ErrRunning) {
		t.Errorf("with an unreadable text: %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if _, err := journal.Acquire(journal.Holder{}, "/sys/kernel/x.lock"); !errors.Is(err, journal.ErrStorage) {
		t.Errorf("unwritable folder: %v", err)
	}
}

// The lock of a process that was killed is taken over, whatever its file says; while it lives, its pid is told.
func TestLockOfDeadProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "distinct.lock")
	child, out := journaltest.StartChild(t, path)
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "locked\n" {
		t.Fatalf("child says %q, %v", line, err)
	}
	_, err := journal.Acquire(journal.Holder{}, path)
	if !errors.Is(err, journal.ErrRunning) || !strings.Contains(err.Error(), fmt.Sprintf("process %d ", child.Process.Pid)) {
		t.Errorf("while the child holds it: %v", err)
	}
	child.Process.Kill()
	child.Wait()
	if text, err := os.ReadFile(path); err != nil || !strings.Contains(string(text), "pid") {
		t.Errorf("file after the kill: %q, %v", text, err)
	}
	lock, err := journal.Acquire(journal.Holder{}, path)
	if err != nil {
		t.Fatal(err)
	}
	lock.Release()
}

// TestChild is no test but what a child process does: it holds a lock until it is killed.
func TestChild(t *testing.T) {
	path := os.Getenv(journaltest.ChildPath)
	if path == "" {
		t.Skip("run by other tests")
	}
	if _, err := journal.Acquire(journal.Holder{Since: began}, path); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(os.NewFile(3, "out"), "locked")
	io.Copy(io.Discard, os.Stdin)
}
