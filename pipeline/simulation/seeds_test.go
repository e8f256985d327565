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
		for i, e := range sc.lives {
			t.Logf("life %d: %+v", i+1, e)
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
		for i := 0; ; i++ {
			e, calm := ending{pause: time.Second}, i > len(sc.lives)
			if i < len(sc.lives) {
				e = sc.lives[i]
			}
			if w.live(e, calm) {
				break
			}
			if t.Failed() {
				return
			}
			if i == mostLives {
				t.Errorf("not through after %d starts", i)
				return
			}
		}
		w.close()
		w.checkEnd()
	})
	whole = true
	return w
}

// story is what the vendor saw, and what became durable, row by row.
func (w *world) story() string {
	var b strings.Builder
	for i, r := range w.requests {
		fmt.Fprintf(&b, "request %d: life %d, %s %s\n", i+1, r.life, r.at.Format(clock), r.fault)
	}
	for row := range int64(len(w.sc.people)) {
		fmt.Fprintf(&b, "row %d:", row+1)
		for _, r := range w.trace[row+1] {
			fmt.Fprintf(&b, " [%s %s %d", r.At.Format(clock), r.Kind, r.Attempt)
			if r.Kind == journal.Settle {
				fmt.Fprintf(&b, " %s", r.Status)
			}
			if r.Code != "" {
				fmt.Fprintf(&b, " %s", r.Code)
			}
			b.WriteString("]")
		}
		b.WriteString("\n")
	}
	return b.String()
}
