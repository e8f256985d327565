package simulation_test

import (
	"context"
	"errors"
	"strings"
	"time"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/vendors/sandbox"
)

// check holds what a life left behind to the promises that hold at any moment.
func (p *process) check(base journal.Store) {
	w := p.world
	states := w.states(base)
	open, late := map[int64]bool{}, 0
	for row, s := range states {
		if s.Kind == journal.Intent {
			open[row] = true
			if !w.open[row] {
				late++
			}
		}
	}
	w.open = open
	w.opened += late
	p.checkError()
	switch {
	case late > w.sc.options.Workers:
		w.t.Errorf("life %d: left %d rows in doubt, with %d workers", w.lives, late, w.sc.options.Workers)
	case late > 0 && !p.died && p.err == nil:
		w.t.Errorf("life %d: ended by itself (%+v) and left %d rows open", w.lives, p.out, late)
	}
	if p.out.Reason != pipeline.Finished { // what is in flight then may be cut
		w.disturb(w.sc.options.Workers)
	}
	for row, r := range p.reports {
		if s := states[row]; s.Kind != journal.Settle || s.Status != r.Status || s.Attempt != r.Attempt {
			w.t.Errorf("life %d: row %d was reported as %s, and the journal says %+v", w.lives, row, r.Status, s)
		}
	}
	p.checkFatal()
	w.checkClaims(states)
	if p.err == nil && !p.died && p.out.Reason == pipeline.Finished {
		p.checkCounts(states)
	}
}

// checkError: a life ends with an error only where the rig gave it a reason.
func (p *process) checkError() {
	t, broken := p.world.t, p.struck.Load()
	switch {
	case errors.Is(p.err, journal.ErrFenced):
		t.Errorf("life %d wrote what the state machine refuses: %v", p.world.lives, p.err)
	case p.err == nil && broken && !p.died:
		t.Errorf("life %d did not notice that its journal failed: %+v", p.world.lives, p.out)
	case p.err == nil, p.died, broken && errors.Is(p.err, journal.ErrStorage), p.end.input > 0 && errors.Is(p.err, errInput):
	default:
		t.Errorf("life %d ended with %v", p.world.lives, p.err)
	}
	if p.out.Panics > 0 {
		t.Errorf("life %d: %d panics", p.world.lives, p.out.Panics)
	}
}

// checkFatal: after a fatal answer at most the workers' own requests follow. Without faults of the network
// the first one was heard, else the last one, as the outcome says.
func (p *process) checkFatal() {
	w := p.world
	if p.died || p.err != nil || p.out.Reason == pipeline.Cut || w.sc.wire > 0 && p.out.Reason != pipeline.FatalAnswer {
		return
	}
	var heard time.Time
	after := 0
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.requests {
		if r.life != w.lives {
			continue
		}
		switch r.fault {
		case sandbox.Auth, sandbox.Forbid, sandbox.Closed:
			if heard.IsZero() || w.sc.wire > 0 {
				heard, after = r.at.Add(w.sc.latency+w.sc.jitter+w.sc.travel), 0
			}
		}
		if !heard.IsZero() && r.at.After(heard) {
			after++
		}
	}
	if after > w.sc.options.Workers {
		w.t.Errorf("life %d: %d requests after a fatal answer, with %d workers", w.lives, after, w.sc.options.Workers)
	}
	if !heard.IsZero() && w.sc.wire == 0 && p.out.Reason == pipeline.Finished {
		w.t.Errorf("life %d: a fatal answer, and the run went on to its end", w.lives)
	}
}

// checkCounts: when a run is through every row has exactly one status, and the sum is the number of rows.
func (p *process) checkCounts(states map[int64]journal.RowState) {
	w := p.world
	var counts pipeline.Counts
	for i := range w.sc.people {
		s, ok := states[int64(i+1)]
		if !ok || s.Kind != journal.Settle {
			w.t.Errorf("row %d has no status at the end: %+v", i+1, s)
			continue
		}
		counts[s.Status]++
	}
	if p.out.Counts != counts || counts.Sum() != int64(len(w.sc.people)) || len(states) != len(w.sc.people) {
		w.t.Errorf("the outcome says %v, the journal %v, of %d rows", p.out.Counts, counts, len(w.sc.people))
	}
}

// checkClaims holds what the journal says of every row to what the vendor knows.
func (w *world) checkClaims(states map[int64]journal.RowState) {
	register := w.box.Register(w.vendor.Name)
	snapshot := register.Snapshot()
	there := map[string]bool{}
	for _, e := range snapshot.Entries {
		there[strings.ToLower(e.Identity)] = true
	}
	honest := map[string]bool{} // people of whom some row admits that they may be there
	for i, p := range w.sc.people {
		s := states[int64(i+1)]
		switch {
		case s.Kind == journal.Intent || s.Kind == journal.Loose:
			honest[p.email] = true
		case s.Kind != journal.Settle:
		case s.Status == journal.Created:
			honest[p.email] = true
			if !there[p.email] {
				w.t.Errorf("row %d is said to be created and never was", i+1)
			}
		case s.Status == journal.Exists:
			honest[p.email] = true
			if !register.Has(sandbox.EmailKey, p.email) && !register.Has(sandbox.UsernameKey, p.cells[userColumn]) && !knowsPhone(register, p.phone) {
				w.t.Errorf("row %d is said to exist, and nobody there is like it", i+1)
			}
		case s.Status == journal.InDoubt:
			honest[p.email] = true
		case p.sound && s.Status != journal.Skipped && s.Status != journal.Duplicate:
			w.t.Errorf("row %d is sound and was settled as %s: %s %s", i+1, s.Status, s.Code, s.Message)
		}
	}
	for i, p := range w.sc.people {
		if there[p.email] && !honest[p.email] {
			w.t.Errorf("row %d was created and the journal does not say so: %+v", i+1, states[int64(i+1)])
		}
	}
	if len(snapshot.CreatedTwice) > 0 && w.sc.options.InDoubt != pipeline.DoubtRetry {
		w.t.Errorf("created twice: %v", snapshot.CreatedTwice)
	}
}

func knowsPhone(g *sandbox.Register, phone string) bool {
	return phone != "" && g.Has(sandbox.PhoneKey, phone)
}

// checkEnd holds the whole story to what must be true when the vendor is at rest.
func (w *world) checkEnd() {
	base, shut := w.journal()
	defer shut()
	states := w.states(base)
	w.checkClaims(states)
	stats, _ := w.box.Stats(w.vendor.Name)
	if w.sc.told && stats.Violations > 0 {
		w.t.Errorf("%d of %d requests beyond the limits %v in %d lives", stats.Violations, stats.Requests, w.sc.rates, w.lives)
	}
	if n := w.box.Trapped(); n > 0 {
		w.t.Errorf("%d redirects were followed", n)
	}
	doubts := 0
	for _, s := range states {
		if s.Status == journal.InDoubt {
			doubts++
		}
	}
	if doubts > w.opened+w.disturbed {
		w.t.Errorf("%d rows in doubt: deaths left %d open, and %d exchanges were disturbed", doubts, w.opened, w.disturbed)
	}
}

func (w *world) states(store journal.Store) map[int64]journal.RowState {
	states := map[int64]journal.RowState{}
	for s, err := range store.Rows(context.Background(), 1, 1) {
		if errors.Is(err, journal.ErrNoRun) {
			break
		}
		if err != nil {
			w.t.Fatal(err)
		}
		states[s.Row] = s
	}
	return states
}
