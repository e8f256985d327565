package main

import (
	"context"
	"iter"
	"slices"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
)

// eachLife tells what happened to every row of the run, in order.
func (c *course) eachLife(ctx context.Context, tell func(row source.Row, status journal.Status, code string)) error {
	rows, err := c.rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	next, stop := iter.Pull2(c.ledger.store.Rows(ctx, c.run.ID, 1))
	defer stop()
	state, err, more := next()
	for {
		row, rowErr := rows.Next()
		if isEOF(rowErr) {
			return nil
		}
		if rowErr != nil {
			return c.explain(rowErr)
		}
		for more && err == nil && state.Row < row.Number {
			state, err, more = next()
		}
		if err != nil {
			return err
		}
		if more && state.Row == row.Number {
			status, code := statusOf(state)
			tell(row, status, code)
			continue
		}
		tell(row, journal.Unsent, journal.CodeNotReached)
	}
}

// statusOf is the status of a row with a state, as reports show it.
func statusOf(s journal.RowState) (journal.Status, string) {
	return s.Reported()
}

// life is a row of an earlier run.
type life struct {
	run journal.Run
	row int64
}

// codeHeld is the code of a row whose first life is in doubt, and that is therefore not sent.
const codeHeld = pipeline.CodeHeld

// carryDoubt writes into the journal of a new run which of its rows are in doubt since an earlier life in the same account. The engine then
// treats them as rows of its own that are in doubt: it sends them again only where the vendor refuses or absorbs a repeat, or the person says
// so, and takes "already registered" for what it probably is. Rows that the run knows something of are left as they are, so that it can be done
// again; but not those that were certainly not sent, where the doubt is newer. It returns how many were carried.
func (c *course) carryDoubt(ctx context.Context, earlier func(source.Row) (life, bool)) (carried int64, err error) {
	if err := c.ledger.store.Index(ctx, c.run.Account); err != nil {
		return 0, err
	}
	rows, err := c.rows()
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var batch []journal.Record
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		c.resume = true
		err := c.ledger.store.Append(ctx, c.run.ID, batch)
		batch = batch[:0]
		return err
	}
	for {
		row, err := rows.Next()
		if isEOF(err) {
			return carried, flush()
		}
		if err != nil {
			return carried, c.explain(err)
		}
		if takes, _ := c.work.mapper.Takes(row.Cells); row.Broken == nil && !takes {
			continue
		}
		first, ok := earlier(row)
		if !ok || first.run.Account != c.run.Account {
			continue
		}
		state, found, err := c.ledger.store.Row(ctx, first.run.ID, first.row)
		if err != nil {
			return carried, err
		}
		if status, _ := statusOf(state); !found || status != journal.InDoubt {
			continue
		}
		if done, err := c.registeredSince(ctx, row, state, first); done || err != nil {
			if err != nil {
				return carried, err
			}
			continue
		}
		mine, known, err := c.ledger.store.Row(ctx, c.run.ID, row.Number)
		if err != nil {
			return carried, err
		}
		if known && !c.overtaken(mine, state, first) {
			continue
		}
		carried++
		batch = append(batch, doubtOf(row, state, first, mine.Attempt+1)...)
		if len(batch) >= 1024 {
			if err := flush(); err != nil {
				return carried, err
			}
		}
	}
}

// overtaken reports whether another run's doubt about a person is none that this run knew of when a row of it was certainly not sent. It is, where
// an attempt came to that: a doubt from before would have been carried. Where a person said so, a doubt of a later run counts, whatever the clock says,
// unless it is a copy; of an earlier run a newer one does.
func (c *course) overtaken(mine, doubt journal.RowState, first life) bool {
	switch {
	case mine.Kind != journal.NotRegistered:
		return false
	case mine.Code != codeSaidNot:
		return true
	case doubt.Code == codeHeld:
		return false
	}
	return first.run.ID > c.run.ID || doubt.At.After(mine.At)
}

// registeredSince reports whether a later run has registered the person whom an earlier one left in doubt: the row is skipped then like any other.
func (c *course) registeredSince(ctx context.Context, row source.Row, s journal.RowState, first life) (bool, error) {
	later, known, err := c.ledger.store.Imported(ctx, c.run.Account, s.Identity)
	return known && later.Run > first.run.ID && slices.Contains(c.digests(row), s.Identity), err
}

// doubtOf is the doubt of an earlier life as records of a new row.
func doubtOf(row source.Row, s journal.RowState, first life, attempt int) []journal.Record {
	intent := journal.Record{Kind: journal.Intent, Row: row.Number, Attempt: attempt, At: s.At, Content: s.Content, Identity: s.Identity, Line: row.Line}
	doubt := intent
	doubt.Kind, doubt.Status, doubt.Code = journal.Settle, journal.InDoubt, codeHeld
	doubt.HTTPStatus, doubt.VendorCode, doubt.Field = s.HTTPStatus, s.VendorCode, s.Field
	doubt.Message = "sent as row " + grouped(first.row) + " of run " + first.run.Name + ", and nobody knows what became of it"
	return []journal.Record{intent, doubt}
}
