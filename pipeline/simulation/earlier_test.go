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

// states returns what the journal says of every row of a run.
func (w *world) states(store journal.Store, run int64) map[int64]journal.RowState {
	states := map[int64]journal.RowState{}
	for s, err := range store.Rows(context.Background(), run, 1) {
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

// created returns whom runs other than the present one have created by now.
func (w *world) created(store journal.Store) map[journal.Digest]bool {
	people := map[journal.Digest]bool{}
	for _, b := range w.others() {
		for _, s := range w.states(store, b.run) {
			if s.Kind == journal.Settle && s.Status == journal.Created {
				people[s.Identity] = true
			}
		}
	}
	return people
}

func inDoubt(s journal.RowState) bool {
	return s.Kind == journal.Intent || s.Kind == journal.Uncertain || s.Kind == journal.Settle && s.Status == journal.InDoubt
}

// doubt is a row that another run left in doubt.
type doubt struct {
	journal.RowState
	run int64
}

// overtaken reports, as the command does, whether a doubt of another run came after a row of this one was certainly not sent.
func overtaken(mine, doubt journal.RowState, later bool) bool {
	switch {
	case mine.Kind != journal.NotRegistered:
		return false
	case mine.Code != "settled_as_not_created":
		return true
	}
	return doubt.Code != pipeline.CodeHeld && (later || doubt.At.After(mine.At))
}

// doubts returns, as the command does, whom other runs left in doubt: a doubt ends when a later run got an answer.
func (p *process) doubts(ctx context.Context) (map[journal.Digest]doubt, error) {
	open := map[journal.Digest]doubt{}
	for _, b := range p.world.others() {
		if b.run == 0 {
			continue
		}
		for s, err := range p.store.Rows(ctx, b.run, 1) {
			if err != nil {
				return nil, err
			}
			_, known := open[s.Identity]
			switch {
			case s.Identity == journal.Digest{}:
			case inDoubt(s):
				if !known {
					open[s.Identity] = doubt{s, b.run}
				}
			case s.Kind == journal.Settle && (s.Status == journal.Created || s.Status == journal.Exists || s.Status == journal.Rejected):
				delete(open, s.Identity)
			}
		}
	}
	return open, nil
}

// carry writes down, as the command does, which rows of a run are in doubt since another one; what stands there already is left, unless it
// is that the row was certainly not sent, before.
func (p *process) carry(ctx context.Context, plan pipeline.Plan) error {
	if len(p.world.others()) == 0 {
		return nil
	}
	open, err := p.doubts(ctx)
	if err != nil || len(open) == 0 {
		return err
	}
	p.carrying.Store(true)
	defer p.carrying.Store(false)
	var recs []journal.Record
	for i, who := range p.book.people {
		row := int64(i + 1)
		digest := p.digest(who)
		doubt, ok := open[digest]
		if !ok || plan.Ahead.Repeats(row) || who.left && p.book.where {
			continue
		}
		delete(open, digest)
		mine, known, err := p.store.Row(ctx, plan.Run.ID, row)
		if err != nil {
			return err
		}
		if known && !overtaken(mine, doubt.RowState, doubt.run > plan.Run.ID) {
			continue
		}
		intent := journal.Record{Kind: journal.Intent, Row: row, Attempt: mine.Attempt + 1, At: doubt.At, Content: doubt.Content, Identity: doubt.Identity, Line: row + 1}
		held := intent
		held.Kind, held.Status, held.Code = journal.Settle, journal.InDoubt, pipeline.CodeHeld
		recs = append(recs, intent, held)
	}
	if len(recs) == 0 {
		return nil
	}
	p.resumed = true
	return p.store.Append(ctx, plan.Run.ID, recs)
}

// digest is how the journal knows a person.
func (p *process) digest(who person) journal.Digest {
	customer, _ := p.mapper.MapOnly(who.cells, p.world.vendor.Identity...)
	request, _ := p.account.Prepare(&customer)
	if request.Identity == "" {
		return journal.Digest{}
	}
	return p.world.key.Identity(request.Identity)
}

// sample says how many rows may still be sent before somebody looks: 0 for all, less than none for nothing without a yes.
func (p *process) sample(ctx context.Context, run journal.Run) (int64, error) {
	size := p.book.policy.Sample
	if size == 0 || p.book.agreed {
		return 0, nil
	}
	sent := int64(0)
	for s, err := range p.store.Rows(ctx, run.ID, 1) {
		if err != nil {
			return 0, err
		}
		if s.Attempt > 0 && !p.book.carried[s.Row] {
			sent++
		}
	}
	switch {
	case sent < size:
		return size - sent, nil
	case p.end.yes:
		p.book.agreed = true
		return 0, nil
	}
	return -1, nil
}

// lookUp has a person look at the vendor for a share of all rows in doubt, of all runs, and say what they found, in truth.
func (w *world) lookUp(store journal.Store, share float64) {
	if share == 0 {
		return
	}
	time.Sleep(rest)
	register := w.box.Register(w.vendor.Name)
	there := map[string]bool{}
	for _, e := range register.Snapshot().Entries {
		there[strings.ToLower(e.Identity)] = true
	}
	for _, b := range w.books {
		for row, s := range w.states(store, b.run) {
			p := b.people[row-1]
			if !inDoubt(s) || w.sc.share(uint64(b.run), uint64(row), uint64(w.lives), 11) >= share {
				continue
			}
			act := journal.Record{Kind: journal.Ruling, Row: row, Attempt: s.Attempt, At: time.Now(), Status: journal.Created, Code: "settled_as_created"}
			switch {
			case there[p.email]:
			case register.Has(sandbox.EmailKey, p.email):
				continue // since before: nobody can say whose doing it is
			default:
				act.Status, act.Code = journal.Unsent, "settled_as_not_created"
			}
			if err := store.Append(context.Background(), b.run, []journal.Record{act}); err != nil {
				w.t.Errorf("%s, row %d: a person can't say %s: %v", b.name, row, act.Code, err)
			}
			b.trace[row] = append(b.trace[row], act)
			if act.Status == journal.Unsent {
				delete(b.open, row)
			}
		}
	}
}
