package terminal

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"importer/cmd/importer/internal/runs"
	"importer/reports"
)

// progressEvery is how often an import is looked at.
const progressEvery = 200 * time.Millisecond

// progress shows snapshots. Its methods are called from one goroutine, show any number of times, end last.
type progress interface {
	show(runs.Snapshot)
	end(last runs.Snapshot)
}

// newProgress chooses how progress is shown.
func (t *Terminal) newProgress() progress {
	kind := t.display.Progress
	if kind == "auto" {
		kind = t.bestProgress()
	}
	switch {
	case t.display.Quiet || kind == "none":
		return noProgress{}
	case kind == "bar":
		return newBar(t.screen, t.ErrWidth)
	}
	return &plain{notices: t.notices}
}

// bestProgress is a bar where it can be drawn: on a terminal that can go back in a line, with no log records in between.
func (t *Terminal) bestProgress() string {
	if _, terminal := t.ErrWidth(); !terminal || t.Name == "dumb" || t.display.LogFormat != "" {
		return "plain"
	}
	return "bar"
}

type noProgress struct{}

func (noProgress) show(runs.Snapshot) {}
func (noProgress) end(runs.Snapshot)  {}

// watch starts the goroutine that looks at an import and shows it until stop is called, which waits for the last snapshot.
func watch(look func() runs.Snapshot, p progress) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		ticker := time.NewTicker(progressEvery)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				p.show(look())
			case <-ctx.Done():
				p.end(look())
				return
			}
		}
	}()
	return func() {
		cancel()
		<-done
	}
}

// sentence says in words how an import is going: "812 rows, 20/s, 1 min left; 790 created, 22 rejected".
func sentence(s runs.Snapshot, ended bool) string {
	var b strings.Builder
	b.WriteString(reports.Plural(s.Counts.Sum(), "row"))
	switch {
	case ended:
	case s.Draining && s.InFlight == 0:
		b.WriteString(", stopping")
	case s.Draining:
		b.WriteString(", " + finishing(s.InFlight))
	case s.HeldTill.After(s.Now):
		fmt.Fprintf(&b, ", waiting until %s: %s", s.HeldTill.In(s.Now.Location()).Format(time.TimeOnly), s.Held)
	case s.Rate > 0:
		fmt.Fprintf(&b, ", %s/s", rateText(s.Rate))
		if s.LeftKnown {
			b.WriteString(", " + lengthText(s.Left) + " left")
		}
	}
	if counts := reports.CountsText(s.Counts); counts != "" {
		b.WriteString("; " + counts)
	}
	return b.String()
}

func finishing(requests int64) string {
	return "finishing " + reports.Plural(requests, "request") + " in flight"
}

// Stopping says that the import is being drained; requests are those in flight.
func (t *Terminal) Stopping(requests int64) {
	what := "stopping"
	if requests > 0 {
		what = finishing(requests)
	}
	t.notices.with(about("stopping", slog.Int64("in_flight", requests))...).warn("%s; press Ctrl-C again to leave at once", what)
}

func rateText(rate float64) string {
	if rate < 9.95 {
		return fmt.Sprintf("%.1f", rate)
	}
	return reports.Grouped(int64(rate + 0.5))
}

// lengthText is a duration as people say it, not finer than it can be known.
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
