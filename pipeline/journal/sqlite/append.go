package sqlite

import (
	"context"
	"errors"
	"time"

	"importer/pipeline/journal"
)

const (
	sqlProgress = `UPDATE progress SET steps = steps + ?1, latest = CASE WHEN ?2 IS NULL OR latest >= ?2 THEN latest ELSE ?2 END WHERE run = ?3`

	sqlIntent = `INSERT INTO attempts (run, row, attempt, at, content, identity, line, phone, username) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`

	sqlOutcome = `UPDATE attempts SET line = ?, outcome = ?, ended = ?, code = ?, http_status = ?, vendor_code = ?, field = ?, message = ?, vendor_id = ?, elapsed = ?
		WHERE run = ? AND row = ? AND attempt = ?`

	sqlInto   = ` INTO rows (run, row, attempt, at, status, code, http_status, vendor_code, field, message, vendor_id, elapsed, line, content, identity) `
	sqlStatus = `REPLACE` + sqlInto + `VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

	// Like sqlIntent and sqlStatus, but only where the row is in its usual state: without a record where the step is an intent, which then is that of
	// attempt 1, or of attempt 0; else in flight in attempt ?3.
	sqlUsualIntent = `INSERT INTO attempts (run, row, attempt, at, content, identity, line, phone, username) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
		WHERE NOT EXISTS (SELECT 1 FROM rows WHERE run = ?1 AND row = ?2)
		ON CONFLICT DO NOTHING`
	sqlUsualStatus = `INSERT` + sqlInto + `SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15
		WHERE ?3 = ifnull((SELECT CASE WHEN outcome IS NULL THEN attempt ELSE -1 END FROM attempts WHERE run = ?1 AND row = ?2 ORDER BY attempt DESC LIMIT 1), 0)
		ON CONFLICT DO NOTHING`

	// What a person says of the newest attempt holds for those before it.
	sqlCleared = `UPDATE attempts SET outcome = 'free' WHERE run = ? AND row = ? AND outcome = 'loose'`

	sqlUnsettle = `DELETE FROM rows WHERE run = ? AND row = ?`

	sqlRuling = `INSERT INTO acts (run, row, act, attempt, at, was, status, code, message)
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
	err := d.exec(sqlProgress, len(recs), latest, run)
	if err == nil && d.conn.Changes() != 1 {
		err = errRollback{journal.NoRun(run)}
	}
	return err
}

// take records one step where [journal.Next] allows it, else returns its *FencedError.
func take(d *db, run int64, rec journal.Record) error {
	if taken, err := takeUsual(d, run, rec); taken || err != nil {
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

// takeUsual records one step without reading the row's state: Next decides over the usual one, in which nearly every row is before such a record (in
// flight in the attempt that it settles, or without a record), and one statement takes effect only where the row is in it. False: it is not, or Next
// does not allow the step from there; nothing was done then.
func takeUsual(d *db, run int64, rec journal.Record) (taken bool, err error) {
	var usual journal.RowState
	if rec.Kind == journal.Settle && rec.Attempt > 0 {
		usual.Kind, usual.Row, usual.Attempt = journal.Intent, rec.Row, rec.Attempt
	}
	switch next, refused := journal.Next(usual, rec); {
	case refused == nil && rec.Kind == journal.Intent:
		err = intend(d, sqlUsualIntent, run, &next.Record, rec.Claims)
	case refused == nil && rec.Kind == journal.Settle:
		err = settle(d, sqlUsualStatus, run, &next.Record)
	default:
		return false, nil
	}
	return err == nil && d.conn.Changes() == 1, err
}

// intend writes an attempt by one of the statements above.
func intend(d *db, sql string, run int64, r *journal.Record, c journal.Claims) error {
	return d.exec(sql, run, r.Row, r.Attempt, r.At, r.Content, r.Identity, count(r.Line), c.Phone, c.Username)
}

// settle writes a status by one of the statements above. The digests of a row that was sent are its attempt's.
func settle(d *db, sql string, run int64, r *journal.Record) error {
	content, identity := r.Content, r.Identity
	if r.Attempt > 0 {
		content, identity = journal.Digest{}, journal.Digest{}
	}
	return d.exec(sql, run, r.Row, r.Attempt, r.At, r.Status.String(), text(r.Code), count(r.HTTPStatus), text(r.VendorCode), text(r.Field),
		text(r.Message), text(r.VendorID), count(r.Elapsed.Microseconds()), count(r.Line), content, identity)
}

// store writes what leads from one state to the next, which the state machine has allowed for rec.
func store(d *db, run int64, rec journal.Record, before, next journal.RowState) error {
	if rec.Kind == journal.Ruling {
		if err := storeRuling(d, run, rec, before); err != nil {
			return err
		}
		if next.Kind == journal.NotRegistered && before.Doubted {
			if err := d.exec(sqlCleared, run, rec.Row); err != nil {
				return err
			}
		}
	}
	if before.Kind == journal.Settle && next.Kind != journal.Settle {
		if err := d.exec(sqlUnsettle, run, rec.Row); err != nil {
			return err
		}
	}
	switch next.Kind {
	case journal.Intent:
		return intend(d, sqlIntent, run, &next.Record, rec.Claims)
	case journal.NotRegistered, journal.Uncertain:
		return d.exec(sqlOutcome, count(next.Line), outcome(next.Kind), next.At, text(next.Code), count(next.HTTPStatus), text(next.VendorCode),
			text(next.Field), text(next.Message), text(next.VendorID), count(next.Elapsed.Microseconds()), run, next.Row, next.Attempt)
	case journal.Settle:
		return settle(d, sqlStatus, run, &next.Record)
	}
	return nil // none: it was unsettled above
}

// outcome is how attempts.outcome and acts.was name a kind.
func outcome(k journal.Kind) string {
	if k == journal.NotRegistered {
		return "free"
	}
	return "loose"
}

// storeRuling keeps what a person said, and makes Index look again where it takes a status back that Imported or Known tells.
func storeRuling(d *db, run int64, rec journal.Record, before journal.RowState) error {
	was := before.Status.String()
	switch before.Kind {
	case journal.Intent:
		was = "open"
	case journal.NotRegistered, journal.Uncertain:
		was = outcome(before.Kind)
	}
	err := d.exec(sqlRuling, run, rec.Row, rec.Attempt, journal.Moment(rec.At), was, rec.Status.String(), text(rec.Code), text(rec.Message))
	if indexed := before.Status == journal.Created || before.Status.Found(); err != nil || !indexed || rec.Status == before.Status {
		return err
	}
	return forgetPeople(d, run)
}
