package rig

import (
	"flag"
	"math/rand/v2"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"importer/reports"
)

var presses = flag.Int("signals", 8, "how many lives TestSignals stops")

// SIGTERM and SIGINT, once and twice, at random times and again and again. Once: requests in flight finish, and nothing is in doubt. Twice: at most
// one row a worker is. Either way the exit code is 4, or the one of a run that had ended already.
func TestSignals(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(*seed, 2))
	stops, doubt := map[string]int{}, 0
	for n, lists := 0, 0; n < *presses; lists++ {
		s := newSiege(t, 3*lists, rng)
		twice := 0
		for pressed := false; ; {
			args, _ := s.next()
			start := starting{program: plain(t), dir: s.dir, args: args}
			if pressed = n < *presses; pressed {
				start.signals = presses1or2(rng)
			}
			l := start.live(t)
			now := readJournal(t, s.out())
			checkBook(t, s.list, s.book, now, s.sandbox.registered(t), s.workers*(len(start.signals)/2))
			s.book = now
			if pressed {
				n++
				twice += len(start.signals) / 2
				stops[how(l)]++
			}
			s.checkStopped(t, l)
			if t.Failed() {
				t.Fatalf("signals %v, exit %d, %v\n%s\nreplay with: go test ./cmd/importer/rig -run TestSignals -signals %d -seed %d",
					start.signals, l.code, l.signal, l.errs, *presses, *seed)
			}
			if l.signal == 0 && l.code != int(reports.ExitInterrupted) {
				c := s.done(t, l)
				if doubt += c.doubt; c.doubt > twice*s.workers {
					t.Errorf("%d rows in doubt after %d lives were left at once", c.doubt, twice)
				}
				break
			}
		}
	}
	t.Logf("seed %d: lives %v, %d rows in doubt", *seed, stops, doubt)
}

// presses1or2 are one signal, or two that are not one press.
func presses1or2(rng *rand.Rand) []aimed {
	kinds := []os.Signal{syscall.SIGTERM, syscall.SIGINT}
	first := rng.IntN(2)
	list := []aimed{{time.Duration(20+rng.IntN(150)) * time.Millisecond, kinds[first]}}
	if rng.IntN(2) == 0 {
		list = append(list, aimed{time.Duration(rng.IntN(12)) * time.Millisecond, kinds[1-first]})
	}
	return list
}

func how(l life) string {
	switch {
	case l.signal != 0:
		return "before it listened"
	case l.code == int(reports.ExitInterrupted) && strings.Contains(l.errs, "left at once"):
		return "left at once"
	case l.code == int(reports.ExitInterrupted):
		return "drained"
	}
	return "ended"
}

// checkStopped: a program that has begun ends by itself, with a code that is documented.
func (s *siege) checkStopped(t *testing.T, l life) {
	t.Helper()
	begun := strings.Contains(l.errs, "run 2")
	switch {
	case l.signal != 0 && begun:
		t.Errorf("%v ended it though it had begun", l.signal)
	case l.signal == 0 && l.code != 0 && l.code != 1 && l.code != 4 && l.code != 6:
		t.Errorf("exit code %d", l.code)
	}
}
