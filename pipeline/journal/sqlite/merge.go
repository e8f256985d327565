package sqlite

import (
	"cmp"
	"fmt"
	"time"

	"github.com/ncruces/go-sqlite3"

	"importer/pipeline/journal"
)

// merge walks the attempts and the statuses of some rows side by side, in row order.
type merge struct {
	attempts, rows *query
	ahead          journal.RowState // the next attempt; Kind 0 at the end
	tried          journal.RowState // the newest attempt of the next row with attempts; Kind 0 at the end
	settled        journal.Record   // the next status; Kind 0 at the end
}

// readStates calls yield with the states of the rows from..to, in row order, until it returns false.
func readStates(d *db, run, from, to int64, yield func(journal.RowState) bool) error {
	m := merge{attempts: d.query(sqlAttempts, run, from, to)}
	m.rows = d.query(sqlRows, run, from, to)
	for _, err := range []error{m.attempts.err, m.rows.err} {
		if err != nil {
			return err
		}
	}
	defer func() { // resetting repeats the error of the last step, which is told already
		_, _ = m.attempts.stmt.Reset(), m.rows.stmt.Reset()
	}()
	for _, start := range []func() error{m.nextAttempt, m.nextTried, m.nextSettled} {
		if err := start(); err != nil {
			return err
		}
	}
	for m.tried.Kind != 0 || m.settled.Kind != 0 {
		state, err := m.next()
		if err != nil {
			return err
		}
		if !yield(state) {
			return nil
		}
	}
	return nil
}

// next returns the state of the next row and goes past it.
func (m *merge) next() (journal.RowState, error) {
	tried, settled := m.tried, m.settled
	switch {
	case settled.Kind == 0 || tried.Kind != 0 && tried.Row < settled.Row:
		return tried, m.nextTried()
	case tried.Kind == 0 || settled.Row < tried.Row:
		return journal.RowState{Record: settled}, m.nextSettled()
	}
	state := journal.RowState{Record: settled, First: tried.First, Doubted: tried.Doubted}
	state.Content, state.Identity, state.Line = tried.Content, tried.Identity, cmp.Or(tried.Line, settled.Line)
	if err := m.nextTried(); err != nil {
		return state, err
	}
	return state, m.nextSettled()
}

// nextTried gathers the attempts of the next row.
func (m *merge) nextTried() error {
	m.tried = m.ahead
	for m.ahead.Kind != 0 && m.ahead.Row == m.tried.Row {
		first, doubted := m.tried.First, m.tried.Doubted || m.tried.Kind == journal.Uncertain && m.tried.Attempt < m.ahead.Attempt
		m.tried = m.ahead
		m.tried.First, m.tried.Doubted = first, doubted
		if doubted && m.tried.Kind == journal.NotRegistered {
			m.tried.Kind = journal.Uncertain // by an importer that did not yet keep earlier doubts; see advance
		}
		if err := m.nextAttempt(); err != nil {
			return err
		}
	}
	return nil
}

// nextAttempt reads one line of attempts.
func (m *merge) nextAttempt() error {
	m.ahead = journal.RowState{}
	ok, err := m.attempts.step()
	if !ok {
		return err
	}
	q, a := m.attempts, &m.ahead
	a.Kind, a.Row, a.Attempt, a.At = journal.Intent, q.getInt(), int(q.getInt()), q.getTime()
	a.Content, a.Identity, a.Line = q.getDigest(), q.getDigest(), q.getInt()
	if a.Attempt == 1 {
		a.First = a.At
	}
	switch q.getText() {
	case "":
		return nil
	case "free":
		a.Kind = journal.NotRegistered
	default:
		a.Kind = journal.Uncertain
	}
	a.At = q.getTime()
	q.getAnswer(&a.Record)
	return nil
}

// nextSettled reads one line of rows.
func (m *merge) nextSettled() error {
	m.settled = journal.Record{}
	ok, err := m.rows.step()
	if !ok {
		return err
	}
	q, r := m.rows, &m.settled
	r.Kind, r.Row, r.Attempt, r.At = journal.Settle, q.getInt(), int(q.getInt()), q.getTime()
	status := q.getText()
	r.Status, ok = journal.ParseStatus(status)
	if !ok {
		return fmt.Errorf("row %d has status %q: %w", r.Row, status, sqlite3.CORRUPT)
	}
	q.getAnswer(r)
	r.Line, r.Content, r.Identity = q.getInt(), q.getDigest(), q.getDigest()
	return nil
}

// getAnswer reads the columns code to elapsed.
func (q *query) getAnswer(r *journal.Record) {
	r.Code, r.HTTPStatus, r.VendorCode, r.Field = q.getText(), int(q.getInt()), q.getText(), q.getText()
	r.Message, r.VendorID, r.Elapsed = q.getText(), q.getText(), time.Duration(q.getInt())*time.Microsecond
}
