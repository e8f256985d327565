package runs

import (
	"context"
	"iter"
	"slices"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
)

// eachLife tells what happened to every row of the run, in order.
func (x *execution) eachLife(ctx context.Context, tell func(row source.Row, status journal.Status, code string)) error {
	rows, err := x.rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	next, stop := iter.Pull2(x.workspace.store.Rows(ctx, x.run.ID, 1))
	defer stop()
	state, err, more := next()
	for {
		row, rowErr := rows.Next()
		if isEOF(rowErr) {
			return nil
		}
		if rowErr != nil {
			return x.explain(rowErr)
		}
		for more && err == nil && state.Row < row.Number {
			state, err, more = next()
		}
		if err != nil {
			return err
		}
		if more && state.Row == row.Number {
			status, code := state.Reported()
			tell(row, status, code)
			continue
		}
		tell(row, journal.Unsent, journal.CodeNotReached)
	}
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
func (x *execution) carryDoubt(ctx context.Context, earlier func(source.Row) (life, bool)) (carried int64, err error) {
	if err := x.workspace.store.Index(ctx, x.run.Account); err != nil {
		return 0, err
	}
	rows, err := x.rows()
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var batch []journal.Record
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		x.resume = true
		err := x.workspace.store.Append(ctx, x.run.ID, batch)
		batch = batch[:0]
		return err
	}
	for {
		row, err := rows.Next()
		if isEOF(err) {
			return carried, flush()
		}
		if err != nil {
			return carried, x.explain(err)
		}
		if takes, _ := x.setup.mapper.Takes(row.Cells); row.Broken == nil && !takes {
			continue
		}
		first, ok := earlier(row)
		if !ok || first.run.Account != x.run.Account {
			continue
		}
		state, found, err := x.workspace.store.Row(ctx, first.run.ID, first.row)
		if err != nil {
			return carried, err
		}
		if status, _ := state.Reported(); !found || status != journal.InDoubt {
			continue
		}
		if done, err := x.registeredSince(ctx, row, state, first); done || err != nil {
			if err != nil {
				return carried, err
			}
			continue
		}
		mine, known, err := x.workspace.store.Row(ctx, x.run.ID, row.Number)
		if err != nil {
			return carried, err
		}
		if known && !x.overtaken(mine, state, first) {
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
func (x *execution) overtaken(mine, doubt journal.RowState, first life) bool {
	switch {
	case mine.Kind != journal.NotRegistered:
		return false
	case mine.Code != codeSaidNot:
		return true
	case doubt.Code == codeHeld:
		return false
	}
	return first.run.ID > x.run.ID || doubt.At.After(mine.At)
}

// registeredSince reports whether a later run has registered the person whom an earlier one left in doubt: the row is skipped then like any other.
func (x *execution) registeredSince(ctx context.Context, row source.Row, s journal.RowState, first life) (bool, error) {
	later, known, err := x.workspace.store.Imported(ctx, x.run.Account, s.Identity)
	return known && later.Run > first.run.ID && slices.Contains(x.digests(row), s.Identity), err
}

// doubtOf is the doubt of an earlier life as records of a new row.
func doubtOf(row source.Row, s journal.RowState, first life, attempt int) []journal.Record {
	intent := journal.Record{Kind: journal.Intent, Row: row.Number, Attempt: attempt, At: s.At, Content: s.Content, Identity: s.Identity, Line: row.Line}
	doubt := intent
	doubt.Kind, doubt.Status, doubt.Code = journal.Settle, journal.InDoubt, codeHeld
	doubt.HTTPStatus, doubt.VendorCode, doubt.Field = s.HTTPStatus, s.VendorCode, s.Field
	doubt.Message = "sent as row " + reports.Grouped(first.row) + " of run " + first.run.Name + ", and nobody knows what became of it"
	return []journal.Record{intent, doubt}
}
