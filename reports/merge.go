package reports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"importer/pipeline/journal"
	"importer/pipeline/source"
)

// Codes of rows that the journal has not settled.
const (
	CodeNotReached     = "not_reached"     // unsent: no attempt was made, or each ended before the vendor had the row
	CodeReady          = "ready"           // unsent, in a check: fit to be sent
	CodeOutcomeUnknown = "outcome_unknown" // in_doubt: an attempt began, and nobody recorded what became of it
)

// outcome is one row of the run with what became of it.
type outcome struct {
	row    source.Row
	record journal.Record
	line   Line
	file   string // path of the input it is from
	fine   bool   // nothing to mend
}

// account counts what a merge saw, each at its own place: see Summary.Check.
type account struct {
	read      int64 // rows that the input gave
	journaled int64 // rows that the journal gave
	matched   int64 // of them, those that the input has
	stray     int64 // the first that it does not have
}

// merge reads every row of the run once, in order, and gives each with its outcome to every sink.
func merge(ctx context.Context, m Material, sinks ...func(outcome) error) (acc account, err error) {
	rows, err := m.Open(ctx)
	if err != nil {
		return acc, fmt.Errorf("open the input: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	next, stop := iter.Pull2(m.States.Rows(ctx, m.Run.ID, 0))
	defer stop()
	states := &stateCursor{next: next, acc: &acc}
	if err := states.advance(); err != nil {
		return acc, err
	}
	see := newView(m)
	for last := int64(0); ; {
		row, err := rows.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return acc, fmt.Errorf("read the input after row %d: %w", last, err)
		}
		if row.Number <= last {
			return acc, fmt.Errorf("row %d follows row %d: the input is not in order", row.Number, last)
		}
		last = row.Number
		if acc.read++; acc.read%1024 == 0 && ctx.Err() != nil {
			return acc, context.Cause(ctx)
		}
		state, err := states.seek(row.Number)
		if err != nil {
			return acc, err
		}
		out, err := see.outcome(row, state)
		if err != nil {
			return acc, err
		}
		for _, sink := range sinks {
			if err := sink(out); err != nil {
				return acc, fmt.Errorf("row %d: %w", row.Number, err)
			}
		}
	}
	return acc, states.drain()
}

// stateCursor walks the states of a run beside its rows.
type stateCursor struct {
	next func() (journal.RowState, error, bool)
	at   journal.RowState
	done bool
	acc  *account
}

// seek returns the state of a row, or nil when there is none. States that it passes over belong to no row of the input.
func (c *stateCursor) seek(row int64) (*journal.RowState, error) {
	for !c.done && c.at.Row < row {
		if err := c.skip(); err != nil {
			return nil, err
		}
	}
	if c.done || c.at.Row != row {
		return nil, nil
	}
	state := c.at
	c.acc.matched++
	return &state, c.advance()
}

func (c *stateCursor) drain() error {
	for !c.done {
		if err := c.skip(); err != nil {
			return err
		}
	}
	return nil
}

func (c *stateCursor) skip() error {
	if c.acc.stray == 0 {
		c.acc.stray = c.at.Row
	}
	return c.advance()
}

func (c *stateCursor) advance() error {
	last := c.at.Row
	state, err, ok := c.next()
	switch {
	case !ok:
		c.done = true
		return nil
	case err != nil:
		return fmt.Errorf("read the journal after row %d: %w", last, err)
	case state.Row <= last:
		return fmt.Errorf("row %d follows row %d: the journal is not in order", state.Row, last)
	}
	c.at = state
	c.acc.journaled++
	return nil
}

// settled folds a state into the record that a report shows: every row has exactly one status.
func settled(row source.Row, state *journal.RowState) (journal.Record, error) {
	if state == nil {
		return journal.Record{Row: row.Number, Line: row.Line, Status: journal.Unsent, Code: CodeNotReached}, nil
	}
	r := state.Record
	r.Line = row.Line
	switch r.Kind {
	case journal.Settle:
		if (&Counts{}).at(Status(r.Status)) == nil || r.Status == journal.Unsent {
			return r, fmt.Errorf("row %d: the journal settles it with no status", row.Number)
		}
	case journal.NotRegistered:
		r.Status = journal.Unsent
		r.Code = or(r.Code, CodeNotReached)
		if state.Doubted { // the newest attempt had no effect; an earlier one may have had
			r.Status, r.Code = journal.InDoubt, CodeOutcomeUnknown
		}
	case journal.Uncertain:
		r.Status = journal.InDoubt
		r.Code = or(r.Code, CodeOutcomeUnknown)
	case journal.Intent:
		r.Status, r.Code = journal.InDoubt, CodeOutcomeUnknown
		r.Message = fmt.Sprintf("attempt %d began at %s; its answer was never recorded", r.Attempt, r.At.UTC().Format(time.RFC3339))
	default:
		return r, fmt.Errorf("row %d: the journal holds a record of unknown kind %d", row.Number, r.Kind)
	}
	return r, nil
}

func or(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}
