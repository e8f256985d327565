package rig

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// The n-th fsync of the journal fails, for n = 1, 2, 5, …: the program stops with exit code 74, tries no second fsync, and the next start resumes.
func TestFsyncFails(t *testing.T) {
	t.Parallel()
	s := newSiege(t, 0, rand.New(rand.NewPCG(*seed, 6)))
	failed := 0
	for n := 1; ; n += 1 + n {
		args, _ := s.next()
		l := starting{program: crashing(t), dir: s.dir, args: args, crash: fmt.Sprintf("fsync-fails:%d", n)}.live(t)
		now := readJournal(t, s.out())
		checkBook(t, s.list, s.book, now, s.sandbox.registered(t), s.workers)
		s.book = now
		if l.code != 74 {
			s.done(t, l)
			break
		}
		if failed++; !strings.Contains(l.errs, "hint: ") {
			t.Errorf("fsync %d: no hint\n%s", n, l.errs)
		}
		if t.Failed() {
			t.Fatalf("fsync %d: exit %d\n%s", n, l.code, l.errs)
		}
	}
	if failed < 3 {
		t.Errorf("only %d lives saw an fsync fail", failed)
	}
}
