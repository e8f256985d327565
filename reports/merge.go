package reports

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"time"

	"importer/pipeline/journal"
	"importer/pipeline/source"
)

// outcome is one row of the run with what happened to it.
type outcome struct {
	row    source.Row
	run    string // its run's name
	record journal.Record
	line   Line
	file   string // path of the input it is from
	ok     bool   // nothing to fix
	known  bool   // an earlier run found the same, and the row has not changed; only where it is not ok
}

// merge reads every row of the run once, in order, counts it, and gives it with its outcome to every sink.
func merge(ctx context.Context, d *RunData, count *tally, sinks ...func(outcome) error) (err error) {
	rows, err := d.Open(ctx)
	if err != nil {
		return fmt.Errorf("open the input: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	next, stop := iter.Pull2(d.States.Rows(ctx, d.Run.ID, 0))
	defer stop()
	states := &stateCursor{next: next, proof: &count.proof}
	if err := states.advance(); err != nil {
		return err
	}
	last := int64(0)
	for row, err := range source.All(rows) {
		if err != nil {
			return fmt.Errorf("read the input after row %d: %w", last, err)
		}
		if row.Number <= last {
			return fmt.Errorf("row %d follows row %d: the input is not in order", row.Number, last)
		}
		last = row.Number
		if count.read++; count.read%1024 == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		state, err := states.find(row.Number)
		if err != nil {
			return err
		}
		out := d.outcomeOf(row, state)
		if out.known, err = d.wasKnown(ctx, out); err != nil {
			return fmt.Errorf("row %d: %w", row.Number, err)
		}
		count.add(out)
		for _, sink := range sinks {
			if err := sink(out); err != nil {
				return fmt.Errorf("row %d: %w", row.Number, err)
			}
		}
	}
	_, err = states.find(math.MaxInt64) // counts the states behind the last row
	return err
}

// outcomeOf joins a row with its state: the zero state where the journal does not know the row.
func (d *RunData) outcomeOf(row source.Row, state journal.RowState) outcome {
	o := outcome{row: row, run: d.Run.Name, record: reported(row, state)}
	ready := d.Predicted && state.Kind == 0
	if ready {
		o.record.Code = journal.CodeReady
	}
	key := ""
	if d.Key != nil && row.Broken == nil {
		key = d.Key(row.Cells)
	}
	o.line = NewLine(o.record, key)
	if row.Input >= 0 && row.Input < len(d.Run.Inputs) {
		o.file = d.Run.Inputs[row.Input].Path
	}
	if o.record.Status == journal.InDoubt || o.record.Status == journal.Unsent {
		o.ok = ready // a code that counts as ok never excuses a row that may not be registered
	} else {
		o.ok = succeeded(o.record.Status) || slices.Contains(d.OK, o.record.Code)
	}
	return o
}

// wasKnown reports whether a row that failed had failed so before.
func (d *RunData) wasKnown(ctx context.Context, o outcome) (bool, error) {
	if o.ok || d.Known == nil || !o.record.Status.Found() {
		return false, nil
	}
	return d.Known(ctx, o.record)
}

// reported makes the record that a report shows of a row.
func reported(row source.Row, state journal.RowState) journal.Record {
	r := state.Record
	r.Row, r.Line = row.Number, row.Line
	r.Status, r.Code = state.Reported()
	if r.Kind == journal.Intent {
		r.Message = fmt.Sprintf("attempt %d began at %s; its answer was never recorded", r.Attempt, r.At.UTC().Format(time.RFC3339))
	}
	return r
}

// stateCursor walks the states of a run beside its rows.
type stateCursor struct {
	next  func() (journal.RowState, error, bool)
	at    journal.RowState
	done  bool
	proof *Proof
}

// find returns the state of a row, the zero RowState where it has none. States that it passes over belong to no row of the input.
func (c *stateCursor) find(row int64) (journal.RowState, error) {
	for !c.done && c.at.Row < row {
		if c.proof.StrayRow == 0 {
			c.proof.StrayRow = c.at.Row
		}
		if err := c.advance(); err != nil {
			return journal.RowState{}, err
		}
	}
	if c.done || c.at.Row != row {
		return journal.RowState{}, nil
	}
	state := c.at
	c.proof.Matched++
	return state, c.advance()
}

// advance takes the next state. One that no journal can hold is an error.
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
	case state.Kind == journal.Settle && (state.Status < journal.Created || state.Status >= journal.Unsent):
		return fmt.Errorf("row %d: the journal settles it with no status", state.Row)
	case state.Kind < journal.Intent || state.Kind > journal.Settle:
		return fmt.Errorf("row %d: the journal holds a record of unknown kind %d", state.Row, state.Kind)
	}
	c.at = state
	c.proof.Journaled++
	return nil
}
