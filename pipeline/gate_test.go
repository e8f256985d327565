package pipeline

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"importer/pipeline/limit"
	"importer/vendors"
)

// testGate returns a gate in a synctest bubble, and a function that tells why it gave up ("" while it hasn't).
func testGate(o Options) (*gate, func() string) {
	var mu sync.Mutex
	var why string
	g := newGate(o.withDefaults(), limit.New(o.Limits), &jitter{rnd: rand.New(rand.NewPCG(1, 1))}, func(s string, _ vendors.Verdict) {
		mu.Lock()
		defer mu.Unlock()
		why = s
	})
	return g, func() string { mu.Lock(); defer mu.Unlock(); return why }
}

// through passes the gate once, with the answer v, and returns how long that took.
func through(t *testing.T, g *gate, v vendors.Verdict) time.Duration {
	t.Helper()
	start := time.Now()
	p, err := g.pass(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	waited := time.Since(start)
	p.sent()
	p.learn(v)
	p.drop()
	return waited
}

var (
	good = vendors.Verdict{Class: vendors.Accepted}
	bad  = vendors.Verdict{Class: vendors.NotSent, Code: "connection_refused"}
)

func TestGateRetryAfterHoldsEverybody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, _ := testGate(Options{})
		through(t, g, vendors.Verdict{Class: vendors.Throttled, RetryAfter: 42 * time.Second})
		if _, why := g.held(time.Now()); why == "" {
			t.Error("nobody is told why everybody waits")
		}
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() {
				if d := through(t, g, good); d < 42*time.Second {
					t.Errorf("passed after %s, held for 42s", d)
				}
			})
		}
		wg.Wait()
		if _, why := g.held(time.Now()); why != "" {
			t.Errorf("still held: %s", why)
		}
	})
}

func TestGateStopsWhenAskedToWaitTooLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, why := testGate(Options{})
		through(t, g, vendors.Verdict{Class: vendors.Throttled, RetryAfter: 24 * time.Hour})
		if why() == "" {
			t.Error("a run would sit for a day")
		}
	})
}

// A failing vendor is paused as a whole; then one trial at a time goes, and the first good answer opens the gate for all.
func TestGatePausesAndTries(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, why := testGate(Options{Patience: Patience{Failures: 3}})
		for range 3 {
			if d := through(t, g, bad); d > 0 {
				t.Fatalf("waited %s before the third failure", d)
			}
		}
		if till, _ := g.held(time.Now()); till.IsZero() {
			t.Fatal("not paused after 3 failures in a row")
		}
		trial, err := g.pass(t.Context())
		if err != nil || !trial.trial {
			t.Fatalf("the first through is no trial: %v", err)
		}
		passed := make(chan *permit)
		go func() { p, _ := g.pass(t.Context()); passed <- p }()
		synctest.Wait()
		select {
		case <-passed:
			t.Fatal("a second request passed while the trial was out")
		default:
		}
		trial.learn(good)
		p := <-passed
		if p.trial {
			t.Error("still on trial after a good answer")
		}
		p.drop()
		if why() != "" {
			t.Errorf("gave up: %s", why())
		}
	})
}

// A trial of which nothing is learned (the run drained, a panic) must not lock the gate for ever.
func TestGateDroppedTrial(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, _ := testGate(Options{Patience: Patience{Failures: 1}})
		through(t, g, bad)
		p, err := g.pass(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		p.drop()
		through(t, g, good)
	})
}

func TestGateGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, why := testGate(Options{Patience: Patience{Failures: 2, GiveUp: 5 * time.Minute}})
		start := time.Now()
		for why() == "" && time.Since(start) < time.Hour {
			through(t, g, bad)
			time.Sleep(time.Millisecond)
		}
		if took := time.Since(start); took < 5*time.Minute || took > 7*time.Minute {
			t.Errorf("gave up after %s, want a little over 5m", took)
		}
	})
}

func TestGateWaitEndsWithContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, _ := testGate(Options{Limits: []vendors.Limit{{N: 1, Per: time.Hour}}})
		through(t, g, good)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		start := time.Now()
		if _, err := g.pass(ctx); err == nil {
			t.Fatal("passed")
		}
		if d := time.Since(start); d != time.Minute {
			t.Errorf("left after %s", d)
		}
	})
}

// A permit that was sent and of which nothing was learned (its worker panicked) gives no place of another's free when it is dropped.
func TestGateDropAfterSentFreesNobodysPlace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, _ := testGate(Options{Limits: []vendors.Limit{{N: 1, Per: time.Second}}})
		first, err := g.pass(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		first.sent()
		second, err := g.pass(t.Context()) // its intent is long in becoming durable
		if err != nil {
			t.Fatal(err)
		}
		first.drop()
		time.AfterFunc(5*time.Second, second.sent)
		begun := time.Now()
		if _, err := g.pass(t.Context()); err != nil || time.Since(begun) < 6*time.Second {
			t.Errorf("the third passed %s after the second was admitted, which was sent after 5s; %v", time.Since(begun), err)
		}
	})
}
