package pipeline

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"

	"importer/pipeline/limit"
	"importer/vendors"
)

// gate is where every request waits for its moment: for the limits, while the vendor asks to wait (429), and while it fails.
// Waiting here is no attempt. One worker at a time is at the head and decides; the others queue behind it, so no worker ever holds a
// place for later that a new hold would turn into a burst.
//
// A failing vendor is treated as a whole. After Patience.Failures bad answers in a row all workers pause; then one request goes as a trial,
// and its answer opens the gate or starts a longer pause. Without a good answer for Patience.GiveUp the vendor is given up on.
type gate struct {
	patience Patience
	jitter   *jitter
	giveUp   func(why string, v vendors.Verdict) // called once

	head chan struct{} // holds one token: the right to be at the head

	mu       sync.Mutex
	limiter  limit.Limiter
	till     time.Time // no request passes before
	since    time.Time // when the present hold was called
	why      string
	pauses   *backoff.ExponentialBackOff
	failures int           // bad answers in a row
	trouble  time.Time     // since when there was no good answer; zero: no trouble
	failing  bool          // paused as a whole: only trials pass
	trial    chan struct{} // closed when the trial on the wire has its answer; nil when none is
	gaveUp   bool
}

// longestHold is the longest Retry-After that a run sits out. For a vendor that asks for more the run stops; it can be resumed later.
const longestHold = time.Hour

func newGate(o Options, limiter limit.Limiter, j *jitter, giveUp func(string, vendors.Verdict)) *gate {
	return &gate{
		patience: o.Patience, jitter: j, giveUp: giveUp,
		head: make(chan struct{}, 1), limiter: limiter, pauses: o.Patience.curve(),
	}
}

// permit is the right to send one request. End it exactly once: by learn with the answer, or by drop.
type permit struct {
	gate  *gate
	place limit.Reservation // nil once the request was sent
	at    time.Time
	trial bool
	ended bool
}

// pass waits until one request may go. The error is the context's, or the limiter's.
func (g *gate) pass(ctx context.Context) (*permit, error) {
	select {
	case g.head <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	defer func() { <-g.head }()
	for {
		if err := ctx.Err(); err != nil {
			return nil, context.Cause(ctx)
		}
		p, wait, trial, err := g.try(ctx, time.Now())
		if p != nil || err != nil {
			return p, err
		}
		var timeout <-chan time.Time
		if trial == nil {
			timeout = time.After(wait)
		}
		select {
		case <-timeout:
		case <-trial:
		case <-ctx.Done():
		}
	}
}

// try returns a permit, or how long to wait, or the trial whose answer to wait for.
func (g *gate) try(ctx context.Context, now time.Time) (*permit, time.Duration, <-chan struct{}, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if d := g.till.Sub(now); d > 0 {
		return nil, d, nil, nil
	}
	if g.failing && g.trial != nil {
		return nil, 0, g.trial, nil
	}
	place, wait, err := g.limiter.Reserve(ctx, now)
	if err != nil || place == nil {
		return nil, wait, nil, err
	}
	p := &permit{gate: g, place: place, at: now, trial: g.failing}
	if p.trial {
		g.trial = make(chan struct{})
	}
	return p, 0, nil, nil
}

// pass waits until one request may go; nil when the run ends first.
func (e *Engine) pass() *permit {
	pass, err := e.gate.pass(e.drain)
	if err != nil && e.drain.Err() == nil {
		e.fail(err) // the limiter's: it is unknown whether anything may be sent
	}
	return pass
}

// sent marks the moment just before the request's first byte leaves. The place is the limiter's from then on: it gives it to another.
func (p *permit) sent() {
	p.gate.mu.Lock()
	defer p.gate.mu.Unlock()
	p.place.Sent(time.Now())
	p.place = nil
}

// drop ends a permit whose request was never sent, or of which nothing was learned.
func (p *permit) drop() {
	p.gate.mu.Lock()
	defer p.gate.mu.Unlock()
	if !p.ended && p.place != nil {
		p.place.Unused(time.Now())
	}
	p.end()
}

// end closes the trial, if this permit was one. The caller holds the lock.
func (p *permit) end() {
	if p.trial && !p.ended {
		close(p.gate.trial)
		p.gate.trial = nil
	}
	p.ended = true
}

// learn ends the permit with the answer to its request.
func (p *permit) learn(v vendors.Verdict) {
	g := p.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	defer p.end()
	now := time.Now()
	switch v.Class {
	case vendors.Throttled:
		g.throttled(now, p, v)
	case vendors.NotSent, vendors.Unknown:
		g.failed(now, p, v)
	default:
		g.failing, g.failures, g.trouble = false, 0, time.Time{}
		g.pauses.Reset()
	}
}

func (g *gate) throttled(now time.Time, p *permit, v vendors.Verdict) {
	if v.RetryAfter > longestHold {
		g.quit(fmt.Sprintf("the vendor asks to wait %s, longer than a run waits (%s)", v.RetryAfter.Round(time.Second), longestHold), v)
		return
	}
	if g.inTrouble(now, v) {
		return
	}
	if v.RetryAfter > 0 {
		g.hold(now, v.RetryAfter, "vendor asks to wait")
	} else if p.at.After(g.since) { // answers to requests sent before the present hold was called say nothing new
		g.hold(now, g.jitter.full(g.pauses.NextBackOff()), "vendor says too many requests")
	}
}

func (g *gate) failed(now time.Time, p *permit, v vendors.Verdict) {
	g.failures++
	if g.inTrouble(now, v) {
		return
	}
	if v.RetryAfter > 0 {
		g.hold(now, min(v.RetryAfter, longestHold), "vendor asks to wait")
	}
	if g.failing && !p.trial || g.failures < g.patience.Failures {
		return
	}
	g.failing = true
	g.hold(now, g.jitter.full(g.pauses.NextBackOff()), "vendor is failing ("+v.Code+")")
}

// inTrouble notes that there was no good answer, and gives up when that has lasted too long.
func (g *gate) inTrouble(now time.Time, v vendors.Verdict) bool {
	if g.trouble.IsZero() {
		g.trouble = now
	}
	if lasted := now.Sub(g.trouble); lasted >= g.patience.GiveUp {
		g.quit(fmt.Sprintf("no good answer from the vendor for %s; the last was %s", lasted.Round(time.Second), v.Code), v)
		return true
	}
	return false
}

func (g *gate) quit(why string, v vendors.Verdict) {
	if !g.gaveUp {
		g.gaveUp = true
		g.giveUp(why, v)
	}
}

// shortestHold keeps a hold from ending in the moment it is called.
const shortestHold = time.Millisecond

func (g *gate) hold(now time.Time, d time.Duration, why string) {
	if till := now.Add(max(d, shortestHold)); till.After(g.till) {
		g.till, g.since, g.why = till, now, why
	}
}

// held returns until when and why all workers wait; the zero time when they do not.
func (g *gate) held(now time.Time) (time.Time, string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.till.After(now) {
		return g.till, g.why
	}
	return time.Time{}, ""
}

// jitter draws from one source of randomness for many goroutines, so that a seed decides a whole run.
type jitter struct {
	mu  sync.Mutex
	rnd *rand.Rand
}

// full returns a moment between 0 and d, evenly: "full jitter", which keeps waiting clients from coming back together
// (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
func (j *jitter) full(d time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return time.Duration(j.rnd.Int64N(int64(d) + 1))
}

// curve returns the growing waits, without jitter: first, twice that, and so on up to longest.
func (p Patience) curve() *backoff.ExponentialBackOff {
	b := backoff.NewExponentialBackOff()
	b.InitialInterval, b.MaxInterval = p.First, p.Longest
	b.Multiplier, b.RandomizationFactor = 2, 0
	b.Reset()
	return b
}
