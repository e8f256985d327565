package rig

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"importer/pipeline/journal"
	"importer/reports"
)

// small mounts a file system of some bytes in memory on dir; grow makes it larger. It skips the test where that is not allowed.
func small(t *testing.T, dir string, size int) (grow func(size int)) {
	t.Helper()
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("importer-rig", dir, "tmpfs", 0, fmt.Sprintf("size=%d,mode=700", size)); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Errorf("unmount %s: %v", dir, err)
		}
	})
	return func(size int) {
		if err := syscall.Mount("importer-rig", dir, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%d,mode=700", size)); err != nil {
			t.Fatal(err)
		}
	}
}

// The disk is full: when the journal is made, at an intent, at an outcome, while a report is written. Each time the program says so with exit code 74 and
// sends nothing more; with a little more room it resumes, and in the end the sum is right and nobody was registered twice.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(*seed, 5))
	for n := range *disks {
		s := newSiege(t, 3*n, rng)
		size := 32 << 10
		grow := small(t, s.out(), size)
		full := map[string]int{}
		for {
			args, reporting := s.next()
			l := starting{program: plain(t), dir: s.dir, args: args}.live(t)
			before := s.book
			if s.book = (book{}); journalThere(s.out()) {
				s.book = readJournal(t, s.out())
				checkBook(t, s.list, before, s.book, s.sandbox.registered(t), s.workers)
			}
			if t.Failed() {
				t.Fatalf("%d bytes, exit %d\n%s", size, l.code, l.errs)
			}
			if l.code != 74 {
				if !slices.Contains([]int{0, 1, 6}, l.code) {
					t.Fatalf("%d bytes: exit %d, %v\n%s", size, l.code, l.signal, l.errs)
				}
				s.reportFull(t, l.code)
				grow(64 << 20)
				s.done(t, l)
				break
			}
			if !strings.Contains(l.errs, "hint: ") {
				t.Errorf("no hint with %d bytes:\n%s", size, l.errs)
			}
			full[whileDoing(s.book, reporting)]++
			size += rng.IntN(40 << 10)
			grow(size &^ 4095)
		}
		t.Logf("full %v, done with %d KiB", full, size>>10)
	}
}

// reportFull writes the reports of a finished run again on a disk that has no room left: the old ones stay as they are.
func (s *siege) reportFull(t *testing.T, code int) {
	t.Helper()
	results := filepath.Join(s.book.run.Folder, reports.ResultsName)
	was, err := os.ReadFile(results)
	if err != nil {
		t.Fatal(err)
	}
	filler := filepath.Join(s.out(), "filler")
	if err := os.WriteFile(filler, make([]byte, 64<<20), 0o600); !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk takes all that is written: %v", err)
	}
	for _, want := range []int{74, code} {
		l := starting{program: plain(t), dir: s.dir, args: []string{"report", s.book.run.Name}}.live(t)
		if is, err := os.ReadFile(results); l.code != want || err != nil || want == 74 && string(is) != string(was) {
			t.Errorf("report ends with exit code %d, not %d; %v\n%s", l.code, want, err, l.errs)
		}
		os.Remove(filler)
		syscall.Mount("importer-rig", s.out(), "tmpfs", syscall.MS_REMOUNT, "size=64m,mode=700")
	}
}

func journalThere(out string) bool {
	info, err := os.Stat(out + "/journal.db")
	return err == nil && info.Size() > 0
}

func whileDoing(b book, reporting bool) string {
	switch {
	case reporting, b.run.State == journal.Complete && b.runs > 0:
		return "while reports were written"
	case b.runs == 0:
		return "before the run began"
	case b.open > 0:
		return "at an outcome"
	}
	return "at an intent or before"
}
