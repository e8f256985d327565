package sqlite

import (
	"context"
	"iter"
	"math"

	"importer/pipeline/journal"
)

func (s *Store) Rows(ctx context.Context, run, from int64) iter.Seq2[journal.RowState, error] {
	const chunk = 1024
	return func(yield func(journal.RowState, error) bool) {
		states := make([]journal.RowState, 0, chunk)
		for {
			states = states[:0]
			err := s.viewRun(ctx, run, func(d *db) error {
				return readStates(d, run, from, math.MaxInt64, func(state journal.RowState) bool {
					states = append(states, state)
					return len(states) < chunk
				})
			})
			if err != nil {
				yield(journal.RowState{}, err)
				return
			}
			for i := range states {
				if !yield(states[i], nil) {
					return
				}
			}
			if len(states) < chunk {
				return
			}
			from = states[len(states)-1].Row + 1
		}
	}
}

func (s *Store) Row(ctx context.Context, run, row int64) (state journal.RowState, ok bool, err error) {
	err = s.viewRun(ctx, run, func(d *db) error {
		state, err = readState(d, run, row)
		return err
	})
	return state, state.Kind != 0, err
}

func (s *Store) Counts(ctx context.Context, run int64) (counts []journal.Count, err error) {
	err = s.viewRun(ctx, run, func(d *db) error {
		return d.query(`SELECT status, ifnull(code, ''), count(*) FROM rows WHERE run = ? GROUP BY status, code`, run).each(func(q *query) {
			status, _ := journal.ParseStatus(q.getText())
			counts = append(counts, journal.Count{Status: status, Code: q.getText(), Rows: q.getInt()})
		})
	})
	journal.SortCounts(counts)
	return counts, err
}

// viewRun runs do in a read transaction: it sees one state of the journal, in which the run is there.
func (s *Store) viewRun(ctx context.Context, run int64, do func(d *db) error) error {
	return s.read(ctx, func(d *db) error {
		found := false
		err := d.exec("BEGIN")
		if err == nil {
			err = d.query("SELECT 1 FROM runs WHERE id = ?", run).each(func(*query) { found = true })
		}
		if err == nil && !found {
			err = errRollback{journal.NoRun(run)}
		}
		if err == nil {
			err = do(d)
		}
		if err == nil {
			err = d.exec("COMMIT")
		}
		return err
	})
}

// readState returns the state of one row, zero when it has none.
func readState(d *db, run, row int64) (state journal.RowState, err error) {
	err = readStates(d, run, row, row, func(s journal.RowState) bool {
		state = s
		return true
	})
	return state, err
}
