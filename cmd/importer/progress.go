package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/reports"
	"importer/vendors"
)

// progressEvery is how often the run is looked at.
const progressEvery = 200 * time.Millisecond

// picture is a run in a moment, as progress is shown from it.
type picture struct {
	pipeline.Progress
	now         time.Time
	bytes, size int64 // of the input: of the rows settled, and in all
	rate        float64
	left        time.Duration
	knowsLeft   bool
	ended       bool
}

// display shows pictures. Its methods are called from one goroutine, show at least once, close last.
type display interface {
	show(picture)
	close(last picture)
}

// watch is the goroutine that looks at a run and shows it.
type watch struct {
	display  display
	progress func() pipeline.Progress
	meter    *meter
	size     int64
	limits   []vendors.Limit
	now      func() time.Time

	began time.Time
	base  int64 // rows settled by earlier starts
	pace  pace
}

// start shows the run until stop is called, which waits for the last picture. stop may be called more than once.
func (w *watch) start() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	w.began = w.now()
	go func() {
		defer close(done)
		ticker := time.NewTicker(progressEvery)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				w.display.show(w.look())
			case <-ctx.Done():
				last := w.look()
				last.ended = true
				w.display.close(last)
				return
			}
		}
	}()
	var once sync.Once
	return func() {
		once.Do(func() {
			cancel()
			<-done
		})
	}
}

// look takes a picture.
func (w *watch) look() picture {
	p := picture{Progress: w.progress(), now: w.now(), size: w.size}
	settled := p.Counts.Sum()
	if p.Requests == 0 { // what was settled before the first request was settled by an earlier start, or here without the vendor
		w.base = settled
	}
	var total int64
	p.bytes, total = w.meter.done(settled)
	p.bytes = min(p.bytes, w.size)
	p.rate = w.pace.rate(p.now, settled, p.HeldTill.After(p.now))
	g := guess{limits: w.limits, elapsed: p.now.Sub(w.began), settled: settled - w.base, requests: p.Requests, rate: p.rate,
		left: rowsLeft(settled, total, p.bytes, w.size)}
	if p.HeldTill.After(p.now) {
		g.held = p.HeldTill.Sub(p.now)
	}
	p.left, p.knowsLeft = g.timeLeft()
	return p
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

// paceMemory is how long a moment counts for the mean.
const paceMemory = 8 * time.Second

func (p *pace) rate(now time.Time, rows int64, held bool) float64 {
	if p.last.IsZero() || held {
		p.last, p.rows = now, rows
		return p.mean
	}
	step := now.Sub(p.last)
	if step < progressEvery/2 {
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

// sentence says in words how the run stands: "812 rows, 20/s, 1 min left; 790 created, 22 failed".
func (p picture) sentence() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", grouped(p.Counts.Sum()), noun(p.Counts.Sum(), "row"))
	switch {
	case p.ended:
	case p.Draining && p.InFlight == 0:
		b.WriteString(", stopping")
	case p.Draining:
		fmt.Fprintf(&b, ", finishing %d %s in flight", p.InFlight, noun(p.InFlight, "request"))
	case p.HeldTill.After(p.now):
		fmt.Fprintf(&b, ", waiting until %s: %s", p.HeldTill.In(p.now.Location()).Format(time.TimeOnly), p.Held)
	case p.rate > 0:
		fmt.Fprintf(&b, ", %s/s", rateText(p.rate))
		if p.knowsLeft {
			b.WriteString(", " + lengthText(p.left) + " left")
		}
	}
	b.WriteString("; " + grouped(p.Counts[journal.Created]) + " created, " + grouped(failedRows(p.Counts)) + " failed")
	return b.String()
}

// failedRows are those a person will have to look at.
func failedRows(c pipeline.Counts) int64 {
	return c.Failed() + c[journal.Exists] + c[journal.Duplicate]
}

func rateText(rate float64) string {
	if rate < 9.95 {
		return fmt.Sprintf("%.1f", rate)
	}
	return grouped(int64(rate + 0.5))
}

// lengthText is a length of time as people say it, not finer than it can be known.
func lengthText(d time.Duration) string {
	switch {
	case d < time.Second:
		return "1 s"
	case d < 90*time.Second:
		return fmt.Sprintf("%d s", int64(d.Round(time.Second)/time.Second))
	case d < 90*time.Minute:
		return fmt.Sprintf("%d min", int64(d.Round(time.Minute)/time.Minute))
	case d < 48*time.Hour:
		d = d.Round(time.Minute)
		return fmt.Sprintf("%d h %d min", d/time.Hour, d%time.Hour/time.Minute)
	}
	return fmt.Sprintf("%d days", int64(d.Round(24*time.Hour)/(24*time.Hour)))
}

// grouped writes a number with thousands apart.
func grouped(n int64) string { return reports.Grouped(n) }

func noun(n int64, one string) string {
	if n == 1 {
		return one
	}
	return one + "s"
}
