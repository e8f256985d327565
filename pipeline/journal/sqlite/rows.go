package sqlite

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"time"

	"github.com/ncruces/go-sqlite3"

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

// sqlSteps is what some rows went through: their attempts in order, then the status. SQLite merges the two tables in the order of their keys, without
// sorting; of two lines that are equal in the order it takes the first part's first.
const sqlSteps = `
	SELECT row, attempt, 0 AS settled, outcome, at, line, content, identity, code, http_status, vendor_code, field, message, vendor_id, elapsed, ended
		FROM attempts WHERE run = ?1 AND row >= ?2 AND row <= ?3
	UNION ALL
	SELECT row, attempt, 1, status, at, line, content, identity, code, http_status, vendor_code, field, message, vendor_id, elapsed, NULL
		FROM rows WHERE run = ?1 AND row >= ?2 AND row <= ?3
	ORDER BY row, attempt`

// readStates calls yield with the states of the rows from..to, in row order, until it returns false.
func readStates(d *db, run, from, to int64, yield func(journal.RowState) bool) error {
	var state journal.RowState
	q := d.query(sqlSteps, run, from, to)
	for {
		ok, err := q.step()
		if err != nil {
			return err
		}
		var next journal.RowState
		if ok {
			err = q.getStep(&next)
		}
		if err == nil && next.Row != state.Row && state.Kind != 0 {
			ok = yield(state) && ok
			state = journal.RowState{}
		}
		if err != nil || !ok {
			return errors.Join(err, q.stmt.Reset())
		}
		follow(&state, &next)
		state = next
	}
}

// follow makes one more step of the row the state after it: s is the state before.
func follow(s, next *journal.RowState) {
	if next.Kind == journal.Settle {
		next.First, next.Doubted = s.First, s.Doubted
		if s.Kind != 0 { // the attempt's
			next.Content, next.Identity, next.Line = s.Content, s.Identity, cmp.Or(s.Line, next.Line)
		}
		return
	}
	next.First, next.Doubted = cmp.Or(s.First, next.First), s.Doubted || s.Kind == journal.Uncertain
	if next.Doubted && next.Kind == journal.NotRegistered {
		next.Kind = journal.Uncertain // by an importer that did not yet keep earlier doubts; see Next
	}
}

// getStep reads one line of sqlSteps into s, which is zero. At is when it ended, First when the first attempt began.
func (q *query) getStep(s *journal.RowState) error {
	s.Row, s.Attempt = q.getInt(), int(q.getInt())
	settled, word := q.getInt() == 1, q.getText()
	s.At, s.Line, s.Content, s.Identity = q.getTime(), q.getInt(), q.getDigest(), q.getDigest()
	if s.Attempt == 1 && !settled {
		s.First = s.At
	}
	if !settled && word == "" {
		s.Kind = journal.Intent
		return nil // the other columns are of an outcome
	}
	s.Code, s.HTTPStatus, s.VendorCode, s.Field = q.getText(), int(q.getInt()), q.getText(), q.getText()
	s.Message, s.VendorID, s.Elapsed = q.getText(), q.getText(), time.Duration(q.getInt())*time.Microsecond
	if settled {
		s.Kind = journal.Settle
		if s.Status, settled = journal.ParseStatus(word); !settled {
			return fmt.Errorf("row %d has status %q: %w", s.Row, word, sqlite3.CORRUPT)
		}
		return nil
	}
	s.At, s.Kind = q.getTime(), journal.Uncertain
	if word == "free" {
		s.Kind = journal.NotRegistered
	}
	return nil
}
