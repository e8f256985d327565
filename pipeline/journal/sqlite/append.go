package sqlite

import (
	"context"
	"errors"
	"time"

	"importer/pipeline/journal"
)

// Append takes the steps of nearly all rows, the first intent and the settling of an open attempt, with one statement each that takes effect
// only where Next allows the step. Whatever such a statement did not take, and all other records, are decided by Next over the state as read.

const (
	sqlProgress = `UPDATE progress SET steps = steps + ?, latest = max(ifnull(latest, ?), ?) WHERE run = ?`

	// A first intent of a row that has no record.
	sqlFirst = `INSERT INTO attempts (run, row, attempt, at, content, identity, line)
		SELECT ?1, ?2, 1, ?3, ?4, ?5, ?6
		WHERE NOT EXISTS (SELECT 1 FROM rows WHERE run = ?1 AND row = ?2)
		ON CONFLICT DO NOTHING`

	// The settling of the newest attempt, which is open.
	sqlSettle = `INSERT INTO rows (run, row, attempt, at, status, code, http_status, vendor_code, field, message, vendor_id, elapsed, line)
		SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13
		FROM (SELECT attempt, outcome FROM attempts WHERE run = ?1 AND row = ?2 ORDER BY attempt DESC LIMIT 1)
		WHERE attempt = ?3 AND outcome IS NULL
		ON CONFLICT DO NOTHING`

	// The settling of a row that has no record.
	sqlLocal = `INSERT INTO rows (run, row, attempt, at, status, code, http_status, vendor_code, field, message, vendor_id, elapsed, line, content, identity)
		SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15
		WHERE NOT EXISTS (SELECT 1 FROM attempts WHERE run = ?1 AND row = ?2)
		ON CONFLICT DO NOTHING`

	sqlIntent = `INSERT INTO attempts (run, row, attempt, at, content, identity, line) VALUES (?, ?, ?, ?, ?, ?, ?)`

	sqlOutcome = `UPDATE attempts SET line = ?, outcome = ?, ended = ?, code = ?, http_status = ?, vendor_code = ?, field = ?, message = ?, vendor_id = ?, elapsed = ?
		WHERE run = ? AND row = ? AND attempt = ?`

	sqlStatus = `INSERT OR REPLACE INTO rows (run, row, attempt, at, status, code, http_status, vendor_code, field, message, vendor_id, elapsed, line, content, identity)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

	// What a person says of the newest attempt holds for those before it.
	sqlCleared = `UPDATE attempts SET outcome = 'free' WHERE run = ? AND row = ? AND outcome = 'loose'`

	sqlUnsettle = `DELETE FROM rows WHERE run = ? AND row = ?`

	sqlAct = `INSERT INTO acts (run, row, act, attempt, at, was, status, code, message)
		SELECT ?1, ?2, 1 + (SELECT count(*) FROM acts WHERE run = ?1 AND row = ?2), ?3, ?4, ?5, ?6, ?7, ?8`
)

func (s *Store) Append(ctx context.Context, run int64, recs []journal.Record) error {
	return s.tx(ctx, func(d *db) error {
		if err := progress(d, run, recs); err != nil {
			return err
		}
		for i, rec := range recs {
			if err := take(d, run, rec); errors.Is(err, journal.ErrFenced) {
				return errRollback{journal.RefusedAt(i, err)}
			} else if err != nil {
				return err
			}
		}
		return nil
	})
}

// progress notes that the run has changed, and when it last sent.
func progress(d *db, run int64, recs []journal.Record) error {
	var latest time.Time
	for _, rec := range recs {
		if rec.Kind == journal.Intent && rec.At.After(latest) {
			latest = rec.At
		}
	}
	q := d.query(sqlProgress).int(int64(len(recs))).time(latest)
	if latest.IsZero() {
		q.int(-1 << 62) // max with NULL would be NULL
	} else {
		q.time(latest)
	}
	if err := q.int(run).exec(); err != nil {
		return err
	}
	if d.conn.Changes() != 1 {
		return errRollback{journal.NoRun(run)}
	}
	return nil
}

// take records one step, or returns a *FencedError.
func take(d *db, run int64, rec journal.Record) error {
	if usual, err := takeUsual(d, run, rec); usual || err != nil {
		return err
	}
	before, err := readState(d, run, rec.Row)
	if err != nil {
		return err
	}
	next, err := journal.Next(before, rec)
	if err != nil {
		return err
	}
	return store(d, run, rec, before, next)
}

// takeUsual takes the step if it is one of the usual ones and allowed; false means that nothing was done, and Next is to decide.
func takeUsual(d *db, run int64, rec journal.Record) (bool, error) {
	var q *query
	rec.At, rec.Elapsed = journal.Moment(rec.At), rec.Elapsed.Truncate(time.Microsecond)
	switch {
	case rec.Row < 1 || rec.Attempt < 0:
		return false, nil
	case rec.Kind == journal.Intent && rec.Attempt == 1:
		q = d.query(sqlFirst).int(run).int(rec.Row).time(rec.At).digest(rec.Content).digest(rec.Identity).count(rec.Line)
	case rec.Kind == journal.Settle && rec.Attempt > 0 && (rec.Status.Answered() || rec.Status == journal.InDoubt):
		q = d.query(sqlSettle).outcome(run, rec)
	case rec.Kind == journal.Settle && rec.Attempt == 0 && rec.Status.Local():
		q = d.query(sqlLocal).outcome(run, rec).digest(rec.Content).digest(rec.Identity)
	default:
		return false, nil
	}
	if err := q.exec(); err != nil {
		return false, err
	}
	return d.conn.Changes() == 1, nil
}

// outcome binds the first 13 columns of rows.
func (q *query) outcome(run int64, rec journal.Record) *query {
	return q.int(run).int(rec.Row).int(int64(rec.Attempt)).time(rec.At).name(rec.Status.String()).
		text(rec.Code).count(int64(rec.HTTPStatus)).text(rec.VendorCode).text(rec.Field).text(rec.Message).text(rec.VendorID).
		count(rec.Elapsed.Microseconds()).count(rec.Line)
}

// store writes what leads from one state to the next, which the state machine has allowed for rec.
func store(d *db, run int64, rec journal.Record, before, next journal.RowState) error {
	if rec.Kind == journal.Ruling {
		if err := storeAct(d, run, rec, before); err != nil {
			return err
		}
		if next.Kind == journal.NotRegistered && before.Doubted {
			if err := d.query(sqlCleared).int(run).int(rec.Row).exec(); err != nil {
				return err
			}
		}
	}
	if before.Kind == journal.Settle && next.Kind != journal.Settle {
		if err := d.query(sqlUnsettle).int(run).int(rec.Row).exec(); err != nil {
			return err
		}
	}
	switch next.Kind {
	case journal.Intent:
		return d.query(sqlIntent).int(run).int(next.Row).int(int64(next.Attempt)).time(next.At).
			digest(next.Content).digest(next.Identity).count(next.Line).exec()
	case journal.NotRegistered, journal.Uncertain:
		return d.query(sqlOutcome).count(next.Line).name(next.Kind.String()).time(next.At).
			text(next.Code).count(int64(next.HTTPStatus)).text(next.VendorCode).text(next.Field).text(next.Message).text(next.VendorID).
			count(next.Elapsed.Microseconds()).int(run).int(next.Row).int(int64(next.Attempt)).exec()
	case journal.Settle:
		q := d.query(sqlStatus).outcome(run, next.Record)
		if next.Attempt > 0 {
			return q.null().null().exec()
		}
		return q.digest(next.Content).digest(next.Identity).exec()
	}
	return nil // none: it was unsettled above
}

// storeAct keeps what a person said, and makes Index look again where it takes a creation back.
func storeAct(d *db, run int64, rec journal.Record, before journal.RowState) error {
	was := before.Status.String()
	switch before.Kind {
	case journal.Intent:
		was = "open"
	case journal.NotRegistered, journal.Uncertain:
		was = before.Kind.String()
	}
	err := d.query(sqlAct).int(run).int(rec.Row).int(int64(rec.Attempt)).time(journal.Moment(rec.At)).name(was).name(rec.Status.String()).
		text(rec.Code).text(rec.Message).exec()
	if err != nil || before.Status != journal.Created || rec.Status == journal.Created {
		return err
	}
	return forgetPeople(d, run)
}
