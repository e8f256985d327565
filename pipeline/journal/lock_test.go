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

// A lock is one file or several: another importer that holds any of them keeps this one off, and then none is taken.
func TestLockOfSeveralFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, two, three := filepath.Join(dir, "a", "x.lock"), filepath.Join(dir, "b", "x.lock"), filepath.Join(dir, "c", "x.lock")
	both, err := journal.Acquire(journal.Holder{Since: began, Run: "night"}, one, two)
	if err != nil {
		t.Fatal(err)
	}
	_, err = journal.Acquire(journal.Holder{}, three, two)
	if holder, known := journal.HolderOf(err); !errors.Is(err, journal.ErrRunning) || !known || holder.Run != "night" {
		t.Errorf("a lock with one file in common: %v", err)
	}
	free, err := journal.Acquire(journal.Holder{}, three)
	if err != nil {
		t.Errorf("the files that were free are still held: %v", err)
	} else if err := free.Release(); err != nil {
		t.Error(err)
	}
	if err := both.Release(); err != nil {
		t.Fatal(err)
	}
	twice, err := journal.Acquire(journal.Holder{}, one, one)
	if err != nil {
		t.Fatalf("a path that is given twice: %v", err)
	}
	if err := twice.Release(); err != nil {
		t.Error(err)
	}
}

// A lock whose file is removed or replaced holds off nobody any more, and says so; the file of another that is there then stays as it is.
func TestLockThatIsLost(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.lock")
	lock, err := journal.Acquire(journal.Holder{Since: began}, path)
	if err != nil {
		t.Fatal(err)
	}
	if err := lock.Check(); err != nil {
		t.Fatalf("a lock that is held: %v", err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := lock.Check(); !errors.Is(err, journal.ErrStorage) {
		t.Errorf("after its file was removed: %v", err)
	}
	other, err := journal.Acquire(journal.Holder{Since: began, Run: "other"}, path)
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if lock.Check() == nil || lock.SetRun("mine") == nil {
		t.Error("a lock whose file another has made anew passes for held")
	}
	if err := lock.Remove(); err != nil {
		t.Error(err)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the other's file is %q, %v", after, err)
	}
	if err := other.Check(); err != nil {
		t.Error(err)
	}
	if err := other.Release(); err != nil {
		t.Error(err)
	}
}

// What a link or another kind of file in a lock's or a key's place leads to is left alone.
func TestForeignFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	victim := filepath.Join(dir, "victim")
	if err := os.WriteFile(victim, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(victim, link); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	folder := filepath.Join(dir, "folder")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{link, folder} {
		if _, err := journal.Acquire(journal.Holder{}, path); !errors.Is(err, journal.ErrStorage) || problem.Hint(err) == "" {
			t.Errorf("a lock at %s: %v", path, err)
		}
		if _, err := journal.OpenKey(path); !errors.Is(err, journal.ErrStorage) || problem.Hint(err) == "" {
			t.Errorf("a key at %s: %v", path, err)
		}
	}
	if text, err := os.ReadFile(victim); err != nil || string(text) != "precious" {
		t.Errorf("the victim is %q, %v", text, err)
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
