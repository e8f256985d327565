package sqlite

import (
	"context"
	"errors"
	"slices"
	"time"

	"importer/pipeline/journal"
)

const (
	// The newest attempts of rows, with the status of those that have one; and which of them are in doubt.
	sqlNewest = ` attempts LEFT JOIN rows ON rows.run = attempts.run AND rows.row = attempts.row
		WHERE NOT EXISTS (SELECT 1 FROM attempts AS a WHERE a.run = attempts.run AND a.row = attempts.row AND a.attempt > attempts.attempt) `
	sqlInDoubt = ` (rows.status = 'in_doubt' OR rows.status IS NULL AND ifnull(outcome, 'loose') = 'loose') `

	// The doubts of old runs come first. Then one pass over the attempts of later runs finds who of these people is known there: one pass for each doubt
	// takes minutes. A doubt that was carried into a later run is the person's first attempt there, whoever the later ones take the person for.
	sqlOld = `WITH old AS MATERIALIZED (
			SELECT id, account, state FROM runs JOIN progress ON progress.run = id
			WHERE state IN ('complete', 'superseded') AND max(ifnull(started, 0), ifnull(ended, 0), ifnull(latest, 0)) < ?),
		doubts AS MATERIALIZED (
			SELECT attempts.run, attempts.identity FROM` + sqlNewest + `AND attempts.run IN (SELECT id FROM old) AND` + sqlInDoubt + `),
		later AS MATERIALIZED (
			SELECT other.account, same.identity, max(other.id) AS run FROM attempts AS same JOIN runs AS other ON other.id = same.run
			WHERE same.run > (SELECT min(run) FROM doubts JOIN old ON old.id = run WHERE state = 'superseded')
			AND same.identity IN (SELECT identity FROM doubts JOIN old ON old.id = run WHERE state = 'superseded')
			AND EXISTS (SELECT 1 FROM` + sqlNewest + `AND attempts.run = same.run AND attempts.row = same.row
				AND (` + sqlInDoubt + ` OR rows.status IN ('created', 'exists', 'rejected')))
			GROUP BY other.account, same.identity)
		SELECT id FROM old WHERE NOT EXISTS (
			SELECT 1 FROM doubts LEFT JOIN later ON later.account = old.account AND later.identity = doubts.identity AND later.run > old.id
			WHERE doubts.run = old.id AND (state = 'complete' OR later.run IS NULL))
		ORDER BY id`

	sqlRowsOf = `SELECT run, row FROM (SELECT run, row FROM attempts WHERE ?1 IN (identity, phone, username) UNION SELECT run, row FROM rows WHERE identity = ?1)
		WHERE run IN (SELECT id FROM runs WHERE ?2 IS NULL OR account = (SELECT id FROM accounts WHERE name = ?2)) ORDER BY run, row`

	sqlUnknow        = `DELETE FROM people WHERE (account, identity) IN (SELECT account, identity FROM attempts JOIN runs ON runs.id = run WHERE run = ? AND row = ?)`
	sqlUnclaim       = `DELETE FROM claims WHERE run = ? AND row = ?`
	sqlBlankAttempts = `UPDATE attempts SET identity = NULL, content = NULL, message = NULL, vendor_id = NULL, phone = NULL, username = NULL WHERE run = ? AND row = ?`
	sqlBlankRow      = `UPDATE rows SET identity = NULL, content = NULL, message = NULL, vendor_id = NULL WHERE run = ? AND row = ?`
	sqlBlankRulings  = `UPDATE acts SET message = NULL WHERE run = ? AND row = ?`

	// Of a purged run only what is derived is left: there a claim names its person, and goes last.
	sqlTheirs = ` ((identity = ?1 OR (account, identity) IN (SELECT account, identity FROM claims WHERE claim = ?1))
		AND (?2 IS NULL OR account = (SELECT id FROM accounts WHERE name = ?2))) `
	sqlClaim        = ` (claim = ?1 AND (?2 IS NULL OR account = (SELECT id FROM accounts WHERE name = ?2))) `
	sqlForgetPerson = `DELETE FROM people WHERE` + sqlTheirs
	sqlForgetFound  = `DELETE FROM known WHERE` + sqlTheirs
	sqlForgetClaims = `DELETE FROM claims WHERE` + sqlTheirs + `OR` + sqlClaim
	sqlOfPurged     = `SELECT count(*) FROM (SELECT run FROM people WHERE` + sqlTheirs + `UNION ALL SELECT run FROM known WHERE` + sqlTheirs + `
		UNION ALL SELECT run FROM claims WHERE` + sqlTheirs + `OR` + sqlClaim + `) WHERE run NOT IN (SELECT id FROM runs)`
)

func (s *Store) Purgeable(ctx context.Context, before time.Time) (runs []int64, err error) {
	err = s.read(ctx, func(d *db) error {
		return d.query(sqlOld, before.UnixMicro()).each(func(q *query) { runs = append(runs, q.getInt()) })
	})
	return runs, err
}

func (s *Store) Purge(ctx context.Context, runs []int64) (purged int, err error) {
	all, err := s.Runs(ctx)
	for _, r := range all {
		if err == nil && slices.Contains(runs, r.ID) {
			if err = s.purge(ctx, r); err == nil {
				purged++
			}
		}
	}
	return purged, err
}

// purge deletes a run at once: half a run would be continued as if its rows had not been sent. Who was created stays known, and what else was found.
func (s *Store) purge(ctx context.Context, r journal.Run) error {
	if err := s.Index(ctx, r.Account); err != nil {
		return err
	}
	return s.erase(ctx, func(d *db) error {
		for _, sql := range []string{`DELETE FROM acts WHERE run = ?`, `DELETE FROM rows WHERE run = ?`, `DELETE FROM attempts WHERE run = ?`,
			`DELETE FROM inputs WHERE run = ?`, `DELETE FROM progress WHERE run = ?`, `DELETE FROM runs WHERE id = ?`} {
			if err := d.exec(sql, r.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) Holding(ctx context.Context, account string, identity journal.Digest) (runs []int64, err error) {
	if identity == (journal.Digest{}) {
		return nil, ctx.Err()
	}
	err = s.read(ctx, func(d *db) error {
		return d.query(sqlRowsOf, identity, text(account)).each(func(q *query) { runs = append(runs, q.getInt()) })
	})
	return slices.Compact(runs), err
}

func (s *Store) Forget(ctx context.Context, account string, identity journal.Digest) (gone journal.Forgotten, err error) {
	if identity == (journal.Digest{}) {
		return gone, ctx.Err()
	}
	err = s.erase(ctx, func(d *db) error {
		var found [][2]int64 // run and row
		err := errors.Join(
			d.query(sqlOfPurged, identity, text(account)).each(func(q *query) { gone.Purged = q.getInt() }),
			d.query(sqlRowsOf, identity, text(account)).each(func(q *query) { found = append(found, [2]int64{q.getInt(), q.getInt()}) }))
		for _, sql := range []string{sqlForgetPerson, sqlForgetFound, sqlForgetClaims} {
			if err == nil {
				err = d.exec(sql, identity, text(account))
			}
		}
		for _, at := range found {
			for _, sql := range []string{sqlForgetContent, sqlUnknow, sqlUnclaim, sqlBlankAttempts, sqlBlankRow, sqlBlankRulings} {
				if err == nil {
					err = d.exec(sql, at[0], at[1])
				}
			}
		}
		gone.Rows = int64(len(found))
		return err
	})
	return gone, err
}

// erase is tx that leaves no trace of what it deletes: SQLite overwrites it (see connect), and the -wal file is emptied.
func (s *Store) erase(ctx context.Context, do func(d *db) error) error {
	if err := s.tx(ctx, do); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.write.query(`PRAGMA wal_checkpoint(TRUNCATE)`).each(func(*query) {}); err != nil {
		return s.fail(err)
	}
	return nil
}
