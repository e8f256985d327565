package runs

import (
	"context"
	"iter"

	"importer/pipeline/journal"
	"importer/pipeline/source"
)

// eachRow calls visit with what happened to every row of the run, in order.
func (x *execution) eachRow(ctx context.Context, visit func(row source.Row, status journal.Status, code string)) error {
	rows, err := x.rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	next, stop := iter.Pull2(x.workspace.store.Rows(ctx, x.run.ID, 1))
	defer stop()
	state, err, more := next()
	for row, rowErr := range source.All(rows) {
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
			visit(row, status, code)
			continue
		}
		visit(row, journal.Unsent, journal.CodeNotReached)
	}
	return nil
}
