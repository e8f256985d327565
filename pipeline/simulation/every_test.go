package simulation_test

import (
	"fmt"
	"os"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/vendors"
	"importer/vendors/sandbox"
)

// workloads are the imports whose every call fails once. Each is small: what counts is that it goes everywhere.
func workloads() map[string]*scenario {
	of := func(n int, change func(i int, p *person)) (c chapter) {
		for i := range n {
			p := somebody(i + 1)
			if change != nil {
				change(i, &p)
			}
			c.people = append(c.people, p)
		}
		return c
	}
	without := func(_ int, p *person) { p.without() }
	resumed := of(5, nil)
	resumed.lives = []ending{{row: 4, done: true, fate: After | Kill}}
	at := func(kind sandbox.FaultKind, wait time.Duration, n int) sandbox.FaultSpec {
		return sandbox.FaultSpec{Fault: sandbox.Fault{Kind: kind, Time: wait}, First: n, Last: n}
	}
	return map[string]*scenario{
		"plain": {vendor: "pelcro", chapter: of(4, func(i int, p *person) {
			if i == 2 {
				p.email, p.sound = "nobody", false
				p.cells[emailColumn] = p.email
			}
		})},
		"doubts": {vendor: "distinct", weather: 9, chapter: of(4, without),
			faults: []sandbox.FaultSpec{at(sandbox.HangUp, 0, 1), at(sandbox.GatewayLate, 0, 3)}},
		"throttled": {vendor: "thanx", weather: 9, chapter: of(4, nil), rates: []sandbox.Rate{{N: 2, Per: time.Second}}, told: true,
			options: pipeline.Options{Limits: []vendors.Limit{{N: 2, Per: time.Second}}}, faults: []sandbox.FaultSpec{at(sandbox.Limit, 3*time.Second, 2)}},
		"resumed": {vendor: "jframework", weather: 9, chapter: resumed, faults: []sandbox.FaultSpec{at(sandbox.ResetAfter, 0, 2)}},
		"again": {vendor: "distinct", weather: 9, chapter: of(3, without), more: []chapter{of(4, without)}, // the first run leaves a doubt
			faults: []sandbox.FaultSpec{at(sandbox.ResetAfter, 0, 2)}},
		"probes": {vendor: "epixel", weather: 9, faults: []sandbox.FaultSpec{at(sandbox.Error500, 0, 2)}, chapter: of(4, func(i int, p *person) {
			if i > 0 {
				p.sponsored([]string{"", "ghost.sponsor", "anna.sponsor", "old.sponsor"}[i], i)
			}
		})},
	}
}

// blow is the one call of a story that fails: the n-th of its kind in the life it is for, with its fate.
type blow struct {
	store bool // a call of the store, else of the network
	call  Call
	fate  Fate
	n     int

	struck atomic.Bool
}

func (b *blow) String() string {
	what, where := b.call.String(), [...]string{"passes", "fails before its effect", "fails halfway", "fails after its effect"}[b.fate&^Kill]
	if b.store {
		what = "store call"
	}
	if b.fate&Kill != 0 {
		where += " and the process dies"
	}
	return fmt.Sprintf("%s %d %s", what, b.n, where)
}

func (b *blow) onStore(n int, _ string, _ []journal.Record) Fate {
	if !b.store || n != b.n {
		return Pass
	}
	b.struck.Store(true)
	return b.fate
}

func (b *blow) onWire(c Call, n int) Fate {
	if b.store || c != b.call || n != b.n {
		return Pass
	}
	b.struck.Store(true)
	return b.fate
}

// blows are all ways in which a call can fail.
func blows() (all []*blow) {
	for _, kill := range []Fate{0, Kill} {
		all = append(all,
			&blow{store: true, fate: Before | kill}, &blow{store: true, fate: After | kill},
			&blow{call: Dial, fate: Before | kill},
			&blow{call: Write, fate: Before | kill}, &blow{call: Write, fate: Half | kill},
			&blow{call: Write, fate: After | kill},
			&blow{call: Read, fate: Before | kill}, &blow{call: Read, fate: Half | kill})
	}
	return all
}

// TestEveryCall has the first call of an import fail, then the second, and so on until the import comes through without meeting the
// failure; then the same for the next kind of call and the next way to fail. Each time the run is resumed and held to all promises.
func TestEveryCall(t *testing.T) {
	for name, sc := range workloads() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stories := 0
			for _, b := range blows() {
				for b.n = 1; ; b.n++ {
					if b.n > 500 {
						t.Fatalf("%s: never comes through clean", b)
					}
					b.struck.Store(false)
					meet(t, sc, b)
					stories++
					if !b.struck.Load() {
						break
					}
				}
			}
			t.Logf("%d stories", stories)
		})
	}
}

// meet plays a workload: all runs but the last and its own lives first, then one that meets the blow, then calm ones until it is through.
func meet(t *testing.T, workload *scenario, b *blow) {
	t.Helper()
	sc := *workload
	sc.seed, sc.latency, sc.options.Workers = 1, 20*time.Millisecond, 2
	whole := false
	defer func() {
		if !whole || t.Failed() {
			fmt.Fprintf(os.Stderr, "%s: failed where %s; play it again with: go test ./pipeline/simulation -run '%s$' -v\n", t.Name(), b, t.Name())
		}
	}()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, &sc, "")
		defer w.close()
		for range sc.more {
			if !w.tell(t) || !w.turn() {
				return
			}
		}
		lives := w.book.lives
		for i := 0; ; i++ {
			e := ending{pause: time.Second, polite: b.n%2 == 0}
			if i < len(lives) {
				e = lives[i]
			}
			w.blow = nil
			if i == len(lives) {
				w.blow = b
			}
			if w.live(e, true) || t.Failed() {
				break
			}
			if i > 20 {
				t.Fatalf("not through after %d starts", i)
			}
		}
		w.close()
		w.checkEnd()
	})
	whole = true
	if t.Failed() {
		t.FailNow()
	}
}
