package runs

import (
	"sync"
	"time"

	"importer/pipeline"
	"importer/vendors"
)

// Import is a run or a check while its rows are processed. Its methods are safe for concurrent use.
type Import struct {
	engine *pipeline.Engine
	meter  *meter
	size   int64
	limits []vendors.Limit
	now    func() time.Time
	began  time.Time

	mu   sync.Mutex
	base int64 // rows settled by earlier starts
	pace pace
}

func newImport(e *pipeline.Engine, m *meter, size int64, limits []vendors.Limit, now func() time.Time) *Import {
	return &Import{engine: e, meter: m, size: size, limits: limits, now: now, began: now()}
}

// Drain stops the import: no row is begun any more, requests in flight may finish. It does not wait. To leave at once, cancel the call's context.
func (i *Import) Drain() { i.engine.Drain() }

// Snapshot is an import at one moment.
type Snapshot struct {
	pipeline.Progress
	Now         time.Time
	Bytes, Size int64         // of the inputs: of the rows settled, and in all
	Rate        float64       // rows a second, lately; 0: not known
	Left        time.Duration // until the end, estimated
	LeftKnown   bool
}

// Snapshot returns how the import is going. The rate is that between calls, so a front end calls it regularly, some times a second.
func (i *Import) Snapshot() Snapshot { return i.look(i.engine.Progress()) }

func (i *Import) look(p pipeline.Progress) Snapshot {
	i.mu.Lock()
	defer i.mu.Unlock()
	s := Snapshot{Progress: p, Now: i.now(), Size: i.size}
	settled := p.Counts.Sum()
	if p.Requests == 0 { // what was settled before the first request was settled by an earlier start, or here without the vendor
		i.base = settled
	}
	var total int64
	s.Bytes, total = i.meter.done(settled)
	s.Bytes = min(s.Bytes, i.size)
	s.Rate = i.pace.rate(s.Now, settled, p.HeldTill.After(s.Now))
	e := estimate{limits: i.limits, elapsed: s.Now.Sub(i.began), settled: settled - i.base, requests: p.Requests, rate: s.Rate,
		left: rowsLeft(settled, total, s.Bytes, i.size)}
	if p.HeldTill.After(s.Now) {
		e.held = p.HeldTill.Sub(s.Now)
	}
	s.Left, s.LeftKnown = e.timeLeft()
	return s
}

// rowsLeft is exact once the end of the input was reached, and estimated from the bytes before.
func rowsLeft(settled, total, bytes, size int64) int64 {
	if total > 0 {
		return total - settled
	}
	if settled == 0 || bytes == 0 {
		return max(0, size-bytes)
	}
	return int64(float64(size-bytes) * float64(settled) / float64(bytes))
}

// pace measures rows a second over the last ten seconds or so, not counting time in which everybody was held.
type pace struct {
	last  time.Time
	rows  int64
	mean  float64
	known bool
}

const (
	paceMemory   = 8 * time.Second        // how long a moment counts for the mean
	shortestStep = 100 * time.Millisecond // between two looks that say something
)

func (p *pace) rate(now time.Time, rows int64, held bool) float64 {
	if p.last.IsZero() || held {
		p.last, p.rows = now, rows
		return p.mean
	}
	step := now.Sub(p.last)
	if step < shortestStep {
		return p.mean
	}
	fresh := float64(rows-p.rows) / step.Seconds()
	weight := min(1, float64(step)/float64(paceMemory))
	switch {
	case p.known:
		p.mean += weight * (fresh - p.mean)
	case rows > p.rows:
		p.mean, p.known = fresh, true
	}
	p.last, p.rows = now, rows
	return p.mean
}
