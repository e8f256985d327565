package simulation_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"time"

	"importer/pipeline"
	"importer/vendors"
	"importer/vendors/sandbox"
)

var errInput = errors.New("the input breaks off")

// scenario is everything that a seed decides.
type scenario struct {
	seed   uint64
	vendor string
	shape  string
	sqlite bool

	chapter           // the first run
	more    []chapter // those that follow it

	options pipeline.Options
	rates   []sandbox.Rate // what the vendor counts; the plan has the same limits when told is true
	told    bool           // no request may go beyond a limit
	form    sandbox.RetryAfterForm

	latency, jitter time.Duration
	faults          []sandbox.FaultSpec
	weather         int           // faults happen to so many requests; then the day is fair
	slowMind        float64       // share of requests that the vendor thinks about for long before it registers anybody
	wire            float64       // share of network calls that fail
	wireCalls       int           // of so many of each kind in a life
	travel          time.Duration // a network call takes up to so long
	commit          time.Duration // a commit takes up to so long
}

// ending says how one life of the process ends, if not by itself, and how it is led.
type ending struct {
	how
	drain, cut, die time.Duration // after so long; 0: not so
	storeCall       int           // the n-th call of the store that is about no row strikes; 0: none does
	row             int64         // the Append with the intent of this row strikes, or, where done is set, that with what came of it; 0: none
	done            bool
	netCall         int // the n-th dial or write strikes, or the read after the n-th write; 0: none does
	call            Call
	fate            Fate // of the one or the other
	input           int  // the input breaks off after so many rows, when wait is over; 0: it does not
	wait            time.Duration
	polite          bool          // what is on its way when the life ends still arrives
	pause           time.Duration // before the next life
	back            time.Duration // the clock is set back by so much before this life
}

var vendorNames = []string{"distinct", "epixel", "jframework", "pelcro", "thanx"}

// draw makes the scenario of a seed.
func draw(seed uint64) *scenario {
	rnd := rand.New(rand.NewPCG(seed, 1))
	chance := func(p float64) bool { return rnd.Float64() < p }
	upTo := func(d time.Duration) time.Duration { return time.Duration(rnd.Int64N(int64(d) + 1)) }
	sc := &scenario{seed: seed, sqlite: seed%100 == 7}
	sc.vendor = vendorNames[rnd.IntN(len(vendorNames))]
	if chance(0.25) {
		sc.vendor = "distinct" // the one that takes repeats
	}
	sc.people = people(rnd, 1, 5+rnd.IntN(36), sc.vendor)
	sc.drawPolicy(rnd, sc.vendor)
	o := &sc.options
	o.Workers = []int{1, 2, 3, 4, 8, 16}[rnd.IntN(6)]
	o.Timeout = []time.Duration{2 * time.Second, 5 * time.Second, 30 * time.Second}[rnd.IntN(3)]
	o.Grace = []time.Duration{time.Second, 30 * time.Second}[rnd.IntN(2)]
	o.MaxRetries = 1 + rnd.IntN(4)
	o.InDoubt = []pipeline.DoubtPolicy{pipeline.DoubtByVendor, pipeline.DoubtByVendor, pipeline.DoubtByVendor, pipeline.DoubtHold, pipeline.DoubtRetry}[rnd.IntN(5)]
	o.Patience.Failures = 2 + rnd.IntN(9)
	sc.drawMore(rnd)
	sc.latency, sc.jitter = upTo(300*time.Millisecond), upTo(200*time.Millisecond)
	sc.form = sandbox.RetryAfterForm(rnd.IntN(3))
	if chance(0.6) {
		sc.drawLimits(rnd)
	}
	if chance(0.8) {
		sc.drawFaults(rnd)
	}
	if chance(0.15) {
		sc.slowMind = 0.15
	}
	if chance(0.4) {
		sc.wire, sc.wireCalls = 0.02+0.1*rnd.Float64(), 60
	}
	if chance(0.5) {
		sc.commit = upTo(20 * time.Millisecond)
		if chance(0.2) {
			sc.commit = upTo(900 * time.Millisecond)
		}
	}
	for range rnd.IntN(5) {
		sc.lives = append(sc.lives, sc.drawEnding(rnd))
	}
	return sc
}

// drawLimits gives the vendor limits, and mostly tells the plan of them.
func (sc *scenario) drawLimits(rnd *rand.Rand) {
	narrowest := time.Hour
	for range 1 + rnd.IntN(2) {
		per := time.Duration(math.Pow(10, 2+2.5*rnd.Float64())) * time.Millisecond // 100 ms to 30 s
		n := 1 + rnd.IntN(10)
		sc.rates = append(sc.rates, sandbox.Rate{N: n, Per: per})
		narrowest = min(narrowest, per)
	}
	sc.told = rnd.Float64() < 0.75
	if sc.told {
		for _, r := range sc.rates {
			sc.options.Limits = append(sc.options.Limits, vendors.Limit{N: r.N, Per: r.Per})
		}
		sc.travel = min(narrowest/150, time.Second/2) // the limiter allows for 1 % between the fastest and the slowest request
	}
}

var (
	mishaps = []sandbox.FaultKind{sandbox.ResetBefore, sandbox.ResetAfter, sandbox.HangUp, sandbox.Error500, sandbox.Error500Late, sandbox.Gateway,
		sandbox.GatewayLate, sandbox.Unavailable, sandbox.Slow, sandbox.Truncated, sandbox.Empty, sandbox.Garbage, sandbox.Endless,
		sandbox.Redirect, sandbox.Limit, sandbox.Limit, sandbox.Stale}
	refusals = []sandbox.FaultKind{sandbox.Auth, sandbox.Forbid, sandbox.Closed}
)

func (sc *scenario) drawFaults(rnd *rand.Rand) {
	rows := len(sc.people)
	for _, c := range sc.more {
		rows += len(c.people)
	}
	sc.weather = rows + rnd.IntN(3*rows)
	for range 1 + rnd.IntN(6) {
		f := sandbox.FaultSpec{Fault: sandbox.Fault{Kind: mishaps[rnd.IntN(len(mishaps))]}, Share: 0.01 + 0.15*rnd.Float64()}
		switch f.Kind {
		case sandbox.Slow:
			f.Time = time.Duration(1+rnd.IntN(60)) * time.Second
		case sandbox.Limit, sandbox.Unavailable:
			f.Time = time.Duration(rnd.IntN(20)) * time.Second
			if rnd.Float64() < 0.02 {
				f.Time = 2 * time.Hour
			}
		}
		sc.faults = append(sc.faults, f)
	}
	if rnd.Float64() < 0.25 {
		sc.faults = append(sc.faults, sandbox.FaultSpec{Fault: sandbox.Fault{Kind: refusals[rnd.IntN(len(refusals))]}, Share: 0.05})
	}
}

func (sc *scenario) drawEnding(rnd *rand.Rand) ending {
	e := ending{how: sc.drawHow(rnd), polite: rnd.IntN(2) == 0, pause: time.Duration(rnd.IntN(3000)) * time.Millisecond * time.Duration(rnd.IntN(2))}
	moment := func() time.Duration { return time.Duration(math.Pow(10, 5*rnd.Float64()) * float64(time.Millisecond)) } // 1 ms to 100 s
	fates := []Fate{Before, After}
	if rnd.IntN(10) == 0 {
		e.back = time.Duration(1+rnd.IntN(7200)) * time.Second
	}
	switch rnd.IntN(10) {
	case 0:
		e.drain = moment()
	case 1:
		e.cut = moment()
	case 2, 3:
		e.die = moment()
	case 4, 5, 6: // anywhere in the journal, also while it is being recovered
		if rnd.IntN(3) == 0 {
			e.storeCall = 1 + rnd.IntN(8)
		} else {
			e.row, e.done = 1+rnd.Int64N(int64(len(sc.people))), rnd.IntN(2) == 0
		}
		e.fate = fates[rnd.IntN(2)] | Kill
		if rnd.IntN(4) == 0 {
			e.fate &^= Kill // a disk that is full: the process lives on
		}
	case 7, 8:
		e.netCall, e.call = 1+rnd.IntN(len(sc.people)+4), Call(rnd.IntN(3))
		e.fate = []Fate{Before, Half, After}[rnd.IntN(3)] | Kill
	case 9:
		e.input, e.wait = 1+rnd.IntN(len(sc.people)), moment()
	}
	return e
}

// share draws a number from 0 to 1 that depends on nothing but the seed and its arguments.
func (sc *scenario) share(parts ...uint64) float64 {
	h := sc.seed
	for _, p := range parts {
		h = (h ^ p) * 0x9e3779b97f4a7c15
		h ^= h >> 29
	}
	return rand.New(rand.NewPCG(h, 2)).Float64()
}
