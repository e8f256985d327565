package pipeline

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"importer/mapping"
	"importer/pipeline/journal"
)

// Codes of rows that a policy settles.
const (
	CodeFiltered          = "filtered"            // skipped: the job's `where` leaves it out
	CodeSponsorNotCreated = "sponsor_not_created" // invalid: the row of its sponsor was not registered
	CodeSponsorCircle     = "sponsor_circle"      // invalid: its sponsor is, over others, sponsored by it
)

// errSampled ends the reading when the sample is full and another row is to be sent.
var errSampled = errors.New("the sample is full")

// lookAhead looks through the input where the policy needs it and the caller has not done so.
func (e *Engine) lookAhead(ctx context.Context) (err error) {
	e.ahead = e.plan.Ahead
	if e.ahead == nil {
		e.ahead, err = LookAhead(ctx, e.plan)
	}
	if e.ahead != nil {
		e.order = e.ahead.order
	}
	return err
}

// readAll takes all rows through place: in one pass in input order, or in as many as the sponsors need.
func (e *Engine) readAll(ctx context.Context) error {
	err := e.readPass(ctx, e.chosenFor(e.plan.Rows, 0))
	for pass := uint32(1); err == nil && e.order != nil && pass <= e.order.last && e.drain.Err() == nil; pass++ {
		var again ClosingRows
		if again, err = e.plan.Again(); err != nil {
			return err
		}
		err = errors.Join(e.readPass(ctx, e.chosenFor(again, pass)), again.Close())
	}
	if errors.Is(err, errSampled) {
		e.mu.Lock()
		e.sampled = true
		e.mu.Unlock()
		return nil
	}
	return err
}

// chosenFor gives the rows of one pass.
func (e *Engine) chosenFor(rows Rows, pass uint32) Rows {
	if e.order == nil {
		return rows
	}
	return Choose(rows, func(row int64) bool { return e.order.at(row) == pass })
}

func (e *Engine) readPass(ctx context.Context, rows Rows) error {
	if e.plan.Resume {
		e.openKnown(ctx)
		defer func() { e.closeKnown() }()
	}
	return e.stage(e.drain, rows, func(t *task) error { return e.place(e.drain, t) })
}

// openKnown starts reading what an earlier start of the run left. Being cut ends the reading of rows, not this: it would look like a failure.
func (e *Engine) openKnown(ctx context.Context) {
	next, stop := iter.Pull2(e.plan.Store.Rows(context.WithoutCancel(ctx), e.plan.Run.ID, 1))
	e.closeKnown, e.knownNext = stop, journal.RowState{}
	e.known = func() (journal.RowState, error, bool) { return next() }
}

// sponsored reports whether a row's sponsor is as far as the row needs it. Otherwise the row was settled, or stays unsent with its sponsor.
func (e *Engine) sponsored(ctx context.Context, t *task) (bool, error) {
	sponsor, stands := e.order.sponsorOf(t.row.Number)
	switch {
	case e.order.isCircular(t.row.Number):
		return false, e.note(ctx, t, circularRecord(sponsor))
	case stands == refused:
		return false, e.note(ctx, t, sponsorRecord(sponsor))
	case stands == leftUnsent:
		return false, nil
	}
	return true, nil
}

func circularRecord(sponsor int64) journal.Record {
	return journal.Record{Status: journal.Invalid, Code: CodeSponsorCircle, Field: mapping.Sponsor.String(),
		Message: fmt.Sprintf("sponsor: the rows sponsor each other in a circle: this one is sponsored by row %d, and so on back to this one", sponsor)}
}

func sponsorRecord(sponsor int64) journal.Record {
	return journal.Record{Status: journal.Invalid, Code: CodeSponsorNotCreated, Field: mapping.Sponsor.String(),
		Message: fmt.Sprintf("sponsor: row %d is the sponsor's, and it was not registered", sponsor)}
}
