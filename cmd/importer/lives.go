package main

import (
	"context"
	"iter"

	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
)

// eachLife tells what became of every row of the run, in order.
func (c *course) eachLife(ctx context.Context, tell func(row source.Row, status reports.Status, code string)) error {
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
		tell(row, reports.Status(journal.Unsent), reports.CodeNotReached)
	}
}

// statusOf is the status of a row with a state, as reports show it.
func statusOf(s journal.RowState) (reports.Status, string) {
	switch s.Kind {
	case journal.Settle:
		return reports.Status(s.Status), s.Code
	case journal.NotRegistered:
		return reports.Status(journal.Unsent), s.Code
	}
	return reports.Status(journal.InDoubt), reports.CodeOutcomeUnknown
}
