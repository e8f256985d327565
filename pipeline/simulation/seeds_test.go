package simulation_test

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"importer/pipeline/journal"
)

var (
	seeds = flag.Int("seeds", 500, "how many seeds TestSeeds plays")
	first = flag.Uint64("first", 1, "the first of them")
	seed  = flag.Uint64("seed", 0, "the one seed to play, and to tell of with -v")
)

// TestSeeds plays one story a seed and holds each to all promises. A seed that fails prints the command that plays it again.
func TestSeeds(t *testing.T) {
	if *seed != 0 {
		sc := draw(*seed)
		t.Logf("%s, %d rows, %d workers, sqlite %v, limits %v told %v, faults %v for %d requests, wire %.2f", sc.vendor, len(sc.people),
			sc.options.Workers, sc.sqlite, sc.rates, sc.told, sc.faults, sc.weather, sc.wire)
		for i, c := range append([]chapter{sc.chapter}, sc.more...) {
			t.Logf("run %d: %d rows, %+v, where %v", i+1, len(c.people), c.policy, c.where)
			for j, e := range c.lives {
				t.Logf("run %d, life %d: %+v", i+1, j+1, e)
			}
		}
		play(t, sc)
		return
	}
	var next, lives, requests atomic.Int64
	for shard := range runtime.GOMAXPROCS(0) {
		t.Run(fmt.Sprint("shard", shard), func(t *testing.T) {
			t.Parallel()
			for n := next.Add(1); n <= int64(*seeds) && !t.Failed(); n = next.Add(1) {
				w := play(t, draw(*first+uint64(n)-1))
				lives.Add(int64(w.lives))
				requests.Add(int64(len(w.requests)))
			}
		})
	}
	t.Cleanup(func() { t.Logf("%d seeds, %d lives, %d requests", *seeds, lives.Load(), requests.Load()) })
}

// mostLives is how many starts a story may take: the weather passes, so that it ends.
const mostLives = 300

// play tells the story of a scenario in a bubble of its own and returns the world after it.
func play(t *testing.T, sc *scenario) *world {
	t.Helper()
	failed := t.Failed()
	var w *world
	folder, whole := "", false
	if sc.sqlite {
		folder = t.TempDir()
	}
	defer func() {
		if !whole || t.Failed() && !failed { // a goroutine that is left over makes the bubble panic
			fmt.Fprintf(os.Stderr, "seed %d failed; play it again with: go test ./pipeline/simulation -run TestSeeds -seed=%d -v\n", sc.seed, sc.seed)
		}
	}()
	synctest.Test(t, func(t *testing.T) {
		w = newWorld(t, sc, folder)
		defer func() {
			w.close()
			if *seed != 0 {
				t.Log(w.story())
			}
		}()
		for w.tell(t) && w.turn() {
		}
		for w.turnBack() && w.tell(t) {
		}
		if t.Failed() {
			return
		}
		w.close()
		w.checkEnd()
	})
	whole = true
	return w
}

// tell leads lives until the present run is through, or is left, and reports whether all went well.
func (w *world) tell(t *testing.T) bool {
	lives := w.book.lives
	for i := range mostLives {
		if i == len(lives) && w.book.left {
			return true
		}
		e, calm := ending{how: w.sc.calmly(), pause: time.Second}, i > len(lives)
		if i < len(lives) {
			e = lives[i]
		}
		through := w.live(e, calm)
		if through {
			w.book.left = false
		}
		if through || t.Failed() {
			return !t.Failed()
		}
	}
	t.Errorf("run %s is not through after %d starts", w.book.name, mostLives)
	return false
}

// story is what the vendor saw, and what became durable, row by row.
func (w *world) story() string {
	var b strings.Builder
	for i, r := range w.requests {
		fmt.Fprintf(&b, "request %d: life %d, %s %s\n", i+1, r.life, r.at.Format(clock), r.fault)
	}
	for _, book := range w.books {
		for i, p := range book.people {
			fmt.Fprintf(&b, "%s row %d, %s:", book.name, i+1, p.email)
			for _, r := range book.trace[int64(i+1)] {
				fmt.Fprintf(&b, " [%s %s %d", r.At.Format(clock), r.Kind, r.Attempt)
				if r.Kind == journal.Settle || r.Kind == journal.Ruling {
					fmt.Fprintf(&b, " %s", r.Status)
				}
				if r.Code != "" {
					fmt.Fprintf(&b, " %s", r.Code)
				}
				b.WriteString("]")
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}
