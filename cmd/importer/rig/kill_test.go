package rig

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"importer/pipeline/journal"
	"importer/reports"
)

// The moments of package crashpoint: those of single rows, and those of the reports at the end.
var (
	rowMoments = []string{"before-intent", "after-intent", "after-send", "after-answer", "before-commit", "wal-write", "wal-sync", "after-commit", "live"}
	endMoments = []string{"checkpoint", "report-begun", "report-synced", "report-renamed"}
)

// siege is one list that is imported by processes that are killed, until it is done.
type siege struct {
	list
	sandbox sandboxed
	dir     string
	workers int
	rng     *rand.Rand
	book    book
	kills   map[string]int // by moment
	lives   int
}

// Processes are killed at named moments and at random times, recovery included, until the list is done. Nobody is registered twice, nobody is
// reported as registered who is not, and the rows in doubt are few and named.
func TestKills(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(*seed, 1))
	all, sum, doubtBound := map[string]int{}, tally{}, 0
	for n, lists := 0, 0; n < *kills; lists++ {
		s := newSiege(t, lists, rng)
		c := s.run(t, *kills-n)
		killed := 0
		for moment, k := range s.kills {
			all[moment] += k
			killed += k
		}
		if c.doubt > s.workers*killed {
			t.Errorf("%d rows in doubt after %d kills of %d workers", c.doubt, killed, s.workers)
		}
		n += killed
		doubtBound += s.workers * killed
		sum.rows, sum.created, sum.exists, sum.doubt = sum.rows+c.rows, sum.created+c.created, sum.exists+c.exists, sum.doubt+c.doubt
		sum.twice, sum.invented, sum.denied, sum.unsettled = sum.twice+c.twice, sum.invented+c.invented, sum.denied+c.denied, sum.unsettled+c.unsettled
		if t.Failed() {
			t.Fatalf("replay with: go test ./cmd/importer/rig -run TestKills -kills %d -seed %d", *kills, *seed)
		}
	}
	t.Logf("seed %d: kills %v", *seed, all)
	t.Logf("%d rows: %d created, %d exists, %d in doubt (bound %d); registered twice %d, said created but was not %d, was created but said otherwise %d",
		sum.rows, sum.created, sum.exists, sum.doubt, doubtBound, sum.twice, sum.invented, sum.denied)
}

func newSiege(t *testing.T, n int, rng *rand.Rand) *siege {
	vendor := []string{"distinct", "pelcro", "thanx", "distinct", "epixel", "jframework"}[n%6]
	s := &siege{dir: t.TempDir(), workers: 1 + rng.IntN(8), rng: rng, kills: map[string]int{}}
	s.list = newList(t, s.dir, vendor, 60+rng.IntN(140), rng)
	flags := []string{"--latency", "2ms", "--jitter", "6ms", "--seed", fmt.Sprint(rng.Uint32())}
	if n%3 == 2 {
		flags = append(flags, "--fault", "429:1s@#20-22") // attempts that end without an effect, between those in doubt
	} else if vendor != "distinct" && rng.IntN(2) == 0 {
		flags = append(flags, "--fault", "reset-after:2%,502-after:2%,hang-up:1%,truncated:1%") // doubts of the vendor's making: a repeat settles them
	}
	s.sandbox = serve(t, vendor, flags...)
	t.Logf("list %d: %d rows to %s, %d workers", n, len(s.rows), vendor, s.workers)
	return s
}

// run starts lives until the list is done; the first most of them are killed.
func (s *siege) run(t *testing.T, most int) tally {
	for killed := 0; ; s.lives++ {
		if s.lives > 10*most+50 {
			t.Fatal("the list is never done")
		}
		args, reporting := s.next()
		start := starting{program: crashing(t), dir: s.dir, args: args}
		moment := ""
		if killed < most {
			moment = s.aim(&start, reporting)
		}
		l := start.live(t)
		if l.signal == syscall.SIGKILL {
			killed++
			s.kills[moment]++
		}
		now := readJournal(t, s.out())
		if now.runs > 1 {
			t.Errorf("the same command began a run of its own")
		}
		checkBook(t, s.list, s.book, now, s.sandbox.registered(t), s.workers)
		s.book = now
		if t.Failed() {
			t.Fatalf("after life %d, %s (exit %d, %v): importer %s\n%s", s.lives, moment, l.code, l.signal, strings.Join(args, " "), l.errs)
		}
		if l.signal == 0 {
			return s.done(t, l)
		}
	}
}

func (s *siege) out() string { return filepath.Join(s.dir, "reports") }

// next is the command that resumes where the last life was ended.
func (s *siege) next() (args []string, reporting bool) {
	_, pending := reports.Pending(s.book.run.Folder)
	if s.book.run.State == journal.Complete && s.book.runs > 0 && !(pending && s.rng.IntN(2) == 0) {
		return []string{"report", s.book.run.Name}, true
	}
	if s.book.runs > 0 && s.rng.IntN(2) == 0 {
		return []string{"resume", "--workers", fmt.Sprint(s.workers), "--rate", "none", s.book.run.Name}, false
	}
	return []string{"run", "--job", "job.yaml", "--base-url", s.sandbox.base, "--rate", "none", "--workers", fmt.Sprint(s.workers), "list.csv"}, false
}

// aim chooses how a life ends.
func (s *siege) aim(start *starting, reporting bool) string {
	switch c := s.rng.IntN(10); {
	case c < 4:
		start.signals = []aimed{{time.Duration(5+s.rng.IntN(160)) * time.Millisecond, syscall.SIGKILL}}
		return "random time"
	case reporting || c == 4:
		moment := endMoments[s.rng.IntN(len(endMoments))]
		start.crash = fmt.Sprintf("%s:%d", moment, 1+s.rng.IntN(4))
		if moment == "report-synced" {
			start.crash = moment + ":1" // there is one a life
		}
		return moment
	}
	moment := rowMoments[s.rng.IntN(len(rowMoments))]
	start.crash = fmt.Sprintf("%s:%d", moment, 1+s.rng.IntN(1+s.rng.IntN(30))) // small numbers more often: that is recovery
	return moment
}

// done checks a list whose last life came to its end, and that a further run sends nobody again.
func (s *siege) done(t *testing.T, l life) tally {
	acts := s.sandbox.registered(t)
	c := checkEnd(t, s.list, s.book.run.Folder, acts)
	if want := exitOf(c); l.code != want {
		t.Errorf("exit code %d, not %d\n%s", l.code, want, l.errs)
	}
	if !strings.Contains(l.out, "\nsum: ") {
		t.Errorf("no sum was said:\n%s", l.out)
	}
	again := starting{program: plain(t), dir: s.dir, args: []string{"run", "--job", "job.yaml", "--base-url", s.sandbox.base, "--rate", "none", "list.csv"}}.live(t)
	if !slices.Contains([]int{0, 1, 6}, again.code) {
		t.Errorf("a further run ends with exit code %d\n%s", again.code, again.errs)
	}
	for who, n := range s.sandbox.registered(t) {
		if n > 1 || n != acts[who] {
			t.Errorf("a further run registered %s", who)
		}
	}
	return c
}
