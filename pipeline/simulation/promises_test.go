package simulation_test

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/vendors/sandbox"
)

// check holds what a life left behind to the promises that hold at any moment.
func (p *process) check(base journal.Store) {
	w := p.world
	states := w.states(base, p.book.run)
	open, late := map[int64]bool{}, 0
	for row, s := range states {
		if s.Kind == journal.Intent {
			open[row] = true
			if !p.book.open[row] {
				late++
			}
		}
	}
	p.book.open = open
	w.opened += late
	p.checkError()
	switch {
	case late > w.sc.options.Workers:
		w.t.Errorf("life %d: left %d rows in doubt, with %d workers", w.lives, late, w.sc.options.Workers)
	case late > 0 && !p.died && p.err == nil:
		w.t.Errorf("life %d: ended by itself (%+v) and left %d rows open", w.lives, p.out, late)
	}
	if p.out.Reason != pipeline.Finished || p.err != nil { // what is in flight then may be cut
		w.disturb(w.sc.options.Workers)
	}
	for row, r := range p.reports {
		if s := states[row]; s.Kind != journal.Settle || s.Status != r.Status || s.Attempt != r.Attempt {
			w.t.Errorf("life %d: row %d was reported as %s, and the journal says %+v", w.lives, row, r.Status, s)
		}
	}
	p.checkFatal()
	w.checkClaims(base)
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
	if thrown := int(p.panicked.Load()); p.out.Panics != thrown && (p.err == nil && !p.died || p.out.Panics > thrown) {
		t.Errorf("life %d: %d panics, and %d were counted", p.world.lives, thrown, p.out.Panics)
	}
	failed := int64(0)
	for _, r := range p.reports {
		if r.Status == journal.Rejected || r.Status == journal.InDoubt || r.Status == journal.Invalid && !p.said[answer{r.Content, journal.Invalid}] {
			failed++
		}
	}
	switch most := p.end.maxErrors; {
	case p.out.Reason == pipeline.TooManyErrors && (most == 0 || p.out.Counts.Failed() <= most):
		t.Errorf("life %d: stopped for %d errors, where %d are allowed", p.world.lives, p.out.Counts.Failed(), most)
	case p.out.Reason == pipeline.Finished && p.err == nil && !p.died && most > 0 && failed > most:
		t.Errorf("life %d: %d new errors where %d are allowed, and the run went on to its end", p.world.lives, failed, most)
	}
}

// checkFatal: after a fatal answer at most the workers' own requests follow. Without faults of the network
// the first one was heard, else the last one, as the outcome says.
func (p *process) checkFatal() {
	w := p.world
	if p.died || p.err != nil || p.panicked.Load() > 0 || p.out.Reason == pipeline.Cut || w.sc.wire > 0 && p.out.Reason != pipeline.FatalAnswer {
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
	w, people := p.world, p.book.people
	var counts pipeline.Counts
	for i := range people {
		s, ok := states[int64(i+1)]
		if !ok || s.Kind != journal.Settle {
			w.t.Errorf("%s, row %d has no status at the end: %+v", p.book.name, i+1, s)
			continue
		}
		if out := p.book.where && people[i].left; out != (s.Code == pipeline.CodeFiltered) {
			w.t.Errorf("%s, row %d is %s %s, and the job leaves it out: %v", p.book.name, i+1, s.Status, s.Code, out)
		}
		counts[s.Status]++
	}
	if p.out.Counts != counts || counts.Sum() != int64(len(people)) || len(states) != len(people) {
		w.t.Errorf("the outcome says %v, the journal %v, of %d rows", p.out.Counts, counts, len(people))
	}
}

// checkClaims holds what the journal says of every row of every run to what the vendor knows.
func (w *world) checkClaims(base journal.Store) {
	register := w.box.Register(w.vendor.Name)
	snapshot := register.Snapshot()
	there := map[string]bool{}
	for _, e := range snapshot.Entries {
		there[strings.ToLower(e.Identity)] = true
	}
	said := w.answered(base, w.books)
	honest := map[string]bool{} // people of whom some row admits that they may be there
	for _, b := range w.books {
		states := w.states(base, b.run)
		for i, p := range b.people {
			s := states[int64(i+1)]
			if why := b.untrue(s, p, there, said, register); why != "" {
				w.t.Errorf("%s, row %d is reported as %s (%s %s): %s", b.name, i+1, s.Status, s.Code, s.Message, why)
			}
			if why := w.slanders(s, p); why != "" {
				w.t.Errorf("%s, row %d: %q, but %s", b.name, i+1, s.Message, why)
			}
			if inDoubt(s) || s.Kind == journal.Settle && (s.Status == journal.Created || s.Status == journal.Exists) {
				honest[p.email] = true
			}
		}
	}
	for _, b := range w.books {
		for i, p := range b.people {
			if there[p.email] && !honest[p.email] {
				w.t.Errorf("%s, row %d was created and the journal does not say so", b.name, i+1)
			}
		}
	}
	for _, twice := range snapshot.CreatedTwice {
		if !w.risked[strings.ToLower(twice.Identity)] {
			w.t.Errorf("created twice: %v", twice)
		}
	}
}

// untrue says what is wrong with a settled row's status, "" when nothing is.
func (b *book) untrue(s journal.RowState, p person, there map[string]bool, said map[answer]bool, register *sandbox.Register) string {
	if s.Kind != journal.Settle {
		return ""
	}
	switch s.Status {
	case journal.Created:
		if !there[p.email] {
			return "it never was"
		}
	case journal.Exists:
		if !register.Has(sandbox.EmailKey, p.email) && !register.Has(sandbox.UsernameKey, p.cells[userColumn]) && !knowsPhone(register, p.phone) {
			return "nobody there is like it"
		}
	case journal.Skipped:
		if s.Code == pipeline.CodeAlreadyExists && !said[answer{s.Content, journal.Exists}] || s.Code == pipeline.CodeAlreadyRejected && !said[answer{s.Content, journal.Rejected}] {
			return "the vendor never said so of that row"
		}
		if (s.Code == pipeline.CodeImported || s.Code == pipeline.CodeImportedChanged) && !there[p.email] {
			return "no earlier run created it"
		}
	case journal.Duplicate, journal.InDoubt:
	case journal.Invalid:
		if s.Code == pipeline.CodeInternal && b.panics > 0 {
			return ""
		}
		fallthrough
	default:
		if p.sound {
			return "nothing is wrong with it"
		}
	}
	return ""
}

var sentForAnother = regexp.MustCompile(`sent for another person: row (\d+)(?: of run (run \d+))?`)

// slanders says what is wrong with a row that is told to have somebody else's telephone or username, "" when that is so.
func (w *world) slanders(s journal.RowState, p person) string {
	told := sentForAnother.FindStringSubmatch(s.Message)
	if told == nil {
		return ""
	}
	for _, b := range w.books {
		if b.name != told[2] {
			continue
		}
		row, _ := strconv.Atoi(told[1])
		switch other := b.people[row-1]; {
		case other.email == p.email:
			return "that is the same person"
		case other.phone != p.phone && other.cells[userColumn] != p.cells[userColumn]:
			return "they share nothing"
		}
		return ""
	}
	return "there is no such run"
}

func knowsPhone(g *sandbox.Register, phone string) bool {
	return phone != "" && g.Has(sandbox.PhoneKey, phone)
}

// checkEnd holds the whole story to what must be true when the vendor is at rest.
func (w *world) checkEnd() {
	base, shut := w.journal()
	defer shut()
	w.checkClaims(base)
	stats, _ := w.box.Stats(w.vendor.Name)
	if w.sc.told && stats.Violations > 0 {
		w.t.Errorf("%d of %d requests beyond the limits %v in %d lives", stats.Violations, stats.Requests, w.sc.rates, w.lives)
	}
	if n := w.box.Trapped(); n > 0 {
		w.t.Errorf("%d redirects were followed", n)
	}
	doubts, carried := 0, 0
	for _, b := range w.books {
		for _, s := range w.states(base, b.run) {
			if s.Status == journal.InDoubt {
				doubts++
			}
		}
		carried += len(b.carried)
	}
	if doubts > w.opened+w.disturbed+carried {
		w.t.Errorf("%d rows in doubt: deaths left %d open, %d exchanges were disturbed, %d rows were in doubt before", doubts, w.opened, w.disturbed, carried)
	}
}
