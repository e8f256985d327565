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

// answer is what a vendor said of a row: that it has the person already, or that it does not take the row; or that the row is invalid, which was found here.
type answer struct {
	content journal.Digest
	status  journal.Status
}

// answered returns what the vendor said of rows in these runs by now, and which were invalid.
func (w *world) answered(store journal.Store, books []*book) map[answer]bool {
	rows := map[answer]bool{}
	for _, b := range books {
		for _, s := range w.states(store, b.run) {
			if s.Kind == journal.Settle && (s.Status == journal.Exists || s.Status == journal.Rejected || s.Status == journal.Invalid) {
				rows[answer{s.Content, s.Status}] = true
			}
		}
	}
	return rows
}

func inDoubt(s journal.RowState) bool {
	return s.Kind == journal.Intent || s.Kind == journal.Uncertain || s.Kind == journal.Settle && s.Status == journal.InDoubt
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
			act := journal.Record{Kind: journal.Ruling, Row: row, Attempt: s.Attempt, At: time.Now(), Status: journal.Created, Code: pipeline.CodeSettledCreated}
			switch {
			case there[p.email]:
			case register.Has(sandbox.EmailKey, p.email):
				continue // since before: nobody can say whose doing it is
			default:
				act.Status, act.Code = journal.Unsent, pipeline.CodeSettledNotCreated
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
