package main

import (
	"context"
	"slices"

	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
)

// doubts are the people of an account of whom nobody can say whether an earlier run registered them, and the row that left each in doubt.
type doubts map[journal.Digest]life

// doubts looks through the runs of an account, oldest first, but for the one that asks: a doubt ends when a later run got an answer about the
// person. Where no run left any doubt this costs one count per run.
func (l *ledger) doubts(ctx context.Context, account string, asks int64) (doubts, error) {
	runs, err := l.store.Runs(ctx)
	if err != nil {
		return nil, err
	}
	open := doubts{}
	for _, r := range slices.Backward(runs) {
		if r.Account != account || r.ID == asks {
			continue
		}
		look, err := l.mayDoubt(ctx, r, len(open) > 0)
		if err != nil {
			return nil, err
		}
		if !look {
			continue
		}
		for s, err := range l.store.Rows(ctx, r.ID, 1) {
			if err != nil {
				return nil, err
			}
			open.learn(r, s)
		}
	}
	return open, nil
}

// mayDoubt reports whether a run has to be looked through row by row: it has doubts of its own, or may end those of others.
func (l *ledger) mayDoubt(ctx context.Context, r journal.Run, others bool) (bool, error) {
	if others || r.State != journal.Complete {
		return true, nil
	}
	counts, err := l.store.Counts(ctx, r.ID)
	return slices.ContainsFunc(counts, func(c journal.Count) bool { return c.Status == journal.InDoubt }), err
}

func (d doubts) learn(r journal.Run, s journal.RowState) {
	if s.Identity == (journal.Digest{}) {
		return
	}
	status, _ := statusOf(s)
	switch journal.Status(status) {
	case journal.InDoubt:
		if _, known := d[s.Identity]; !known {
			d[s.Identity] = life{r, s.Row}
		}
	case journal.Created, journal.Exists, journal.Rejected:
		delete(d, s.Identity)
	}
}

// holdDoubted keeps people whom another run left in doubt from being sent by this one as if nobody had.
func (c *course) holdDoubted(ctx context.Context) error {
	known, err := c.ledger.doubts(ctx, c.run.Account, c.run.ID)
	if err == nil && !c.resume {
		err = c.sameIdentity(ctx, known)
	}
	if err != nil || len(known) == 0 {
		return err
	}
	if err := c.lookAhead(ctx); err != nil {
		return err
	}
	carried, err := c.carryDoubt(ctx, func(row source.Row) (life, bool) {
		return c.takeDoubt(known, row)
	})
	if err == nil && carried > 0 {
		c.app.voice.say("rows that an earlier run left in doubt are sent only where %s refuses or absorbs a repeat; the others are held: see %s in %s",
			c.work.vendor.Title, codeHeld, reports.ResultsName)
	}
	return err
}

// takeDoubt finds the doubt about a row's person, and takes it out: other rows of the person are duplicates. A row that will be one itself
// leaves it to the one that counts.
func (c *course) takeDoubt(known doubts, row source.Row) (life, bool) {
	if c.ahead.Repeats(row.Number) {
		return life{}, false
	}
	for _, d := range c.digests(row) {
		if first, ok := known[d]; ok {
			delete(known, d)
			return first, true
		}
	}
	return life{}, false
}

// holdAgain does for a run that is gone on with what was to be done when it began: the start that began it may have been killed before all was
// written down, and another run may have left somebody in doubt since.
func (c *course) holdAgain(ctx context.Context) error {
	if c.note.Fresh {
		return nil
	}
	if c.lifeOf != nil {
		if _, err := c.carryDoubt(ctx, c.lifeOf); err != nil {
			return err
		}
	}
	if c.note.Of != "" {
		origin, err := c.ledger.find(ctx, c.note.Of, nil)
		if err == nil { // else it is purged: then none of its rows was in doubt
			_, err = c.carryDoubt(ctx, func(r source.Row) (life, bool) { return life{origin, r.Number}, true })
			if err != nil {
				return err
			}
		}
	}
	return c.holdDoubted(ctx)
}
