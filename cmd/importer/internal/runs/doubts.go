package runs

import (
	"context"
	"slices"

	"importer/pipeline/journal"
	"importer/pipeline/source"
)

// doubts are the people of an account of whom nobody can say whether an earlier run registered them, and the row that left each in doubt.
type doubts map[journal.Digest]life

// doubts looks through the runs of an account, oldest first, but for the one that asks: a doubt ends when a later run got an answer about the
// person. Where no run left any doubt this costs one count per run.
func (ws *workspace) doubts(ctx context.Context, account string, asks int64) (doubts, error) {
	runs, err := ws.store.Runs(ctx)
	if err != nil {
		return nil, err
	}
	open := doubts{}
	for _, r := range slices.Backward(runs) {
		if r.Account != account || r.ID == asks {
			continue
		}
		look, err := ws.mayDoubt(ctx, r, len(open) > 0)
		if err != nil {
			return nil, err
		}
		if !look {
			continue
		}
		for s, err := range ws.store.Rows(ctx, r.ID, 1) {
			if err != nil {
				return nil, err
			}
			open.learn(r, s)
		}
	}
	return open, nil
}

// mayDoubt reports whether a run has to be looked through row by row: it has doubts of its own, or may end those of others.
func (ws *workspace) mayDoubt(ctx context.Context, r journal.Run, others bool) (bool, error) {
	if others || r.State != journal.Complete {
		return true, nil
	}
	counts, err := ws.store.Counts(ctx, r.ID)
	return slices.ContainsFunc(counts, func(c journal.Count) bool { return c.Status == journal.InDoubt }), err
}

func (d doubts) learn(r journal.Run, s journal.RowState) {
	if s.Identity == (journal.Digest{}) {
		return
	}
	status, _ := s.Reported()
	switch status {
	case journal.InDoubt:
		if _, known := d[s.Identity]; !known {
			d[s.Identity] = life{r, s.Row}
		}
	case journal.Created, journal.Exists, journal.Rejected:
		delete(d, s.Identity)
	}
}

// holdDoubted keeps people whom another run left in doubt from being sent by this one as if nobody had.
func (x *execution) holdDoubted(ctx context.Context) error {
	known, err := x.workspace.doubts(ctx, x.run.Account, x.run.ID)
	if err == nil && !x.resume {
		err = x.sameIdentity(ctx, known)
	}
	if err != nil || len(known) == 0 {
		return err
	}
	if err := x.lookAhead(ctx); err != nil {
		return err
	}
	carried, err := x.carryDoubt(ctx, func(row source.Row) (life, bool) {
		return x.takeDoubt(known, row)
	})
	if err == nil && carried > 0 {
		x.tell(DoubtsCarried{Rows: carried, Vendor: x.setup.vendor})
	}
	return err
}

// takeDoubt finds the doubt about a row's person, and takes it out: other rows of the person are duplicates. A row that will be one itself
// leaves it to the one that counts.
func (x *execution) takeDoubt(known doubts, row source.Row) (life, bool) {
	if x.ahead.Repeats(row.Number) {
		return life{}, false
	}
	for _, d := range x.digests(row) {
		if first, ok := known[d]; ok {
			delete(known, d)
			return first, true
		}
	}
	return life{}, false
}

// holdAgain does for a run that is gone on with what was to be done when it began: the start that began it may have been killed before all was
// written down, and another run may have left somebody in doubt since.
func (x *execution) holdAgain(ctx context.Context) error {
	if x.note.Fresh {
		return nil
	}
	if x.lifeOf != nil {
		if _, err := x.carryDoubt(ctx, x.lifeOf); err != nil {
			return err
		}
	}
	if x.note.Of != "" {
		origin, err := x.workspace.find(ctx, x.note.Of, nil)
		if err == nil { // else it is purged: then none of its rows was in doubt
			_, err = x.carryDoubt(ctx, func(r source.Row) (life, bool) { return life{origin, r.Number}, true })
			if err != nil {
				return err
			}
		}
	}
	return x.holdDoubted(ctx)
}
