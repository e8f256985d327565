package sqlite

import (
	"context"
	"time"

	"importer/pipeline/journal"
)

const (
	sqlOld = `SELECT runs.id, accounts.name FROM runs JOIN accounts ON accounts.id = account JOIN progress ON progress.run = runs.id
		WHERE state = 'complete' AND max(ifnull(started, 0), ifnull(ended, 0), ifnull(latest, 0)) < ?
		AND NOT EXISTS (SELECT 1 FROM rows WHERE rows.run = runs.id AND rows.status = 'in_doubt')
		AND NOT EXISTS (SELECT 1 FROM attempts WHERE attempts.run = runs.id AND ifnull(outcome, 'loose') = 'loose'
			AND NOT EXISTS (SELECT 1 FROM rows WHERE rows.run = attempts.run AND rows.row = attempts.row)
			AND NOT EXISTS (SELECT 1 FROM attempts AS later WHERE later.run = attempts.run AND later.row = attempts.row AND later.attempt > attempts.attempt))
		ORDER BY runs.id`

	sqlRowsOf = `SELECT run, row FROM attempts WHERE identity = ?1 AND run IN (SELECT id FROM runs WHERE ?2 IS NULL OR account = (SELECT id FROM accounts WHERE name = ?2))
		UNION SELECT run, row FROM rows WHERE identity = ?1 AND run IN (SELECT id FROM runs WHERE ?2 IS NULL OR account = (SELECT id FROM accounts WHERE name = ?2))`
)

// oldRun is one that Purge deletes.
type oldRun struct {
	run     int64
	account string
}

func (s *Store) old(ctx context.Context, before time.Time) (found []oldRun, err error) {
	err = s.view(ctx, func(d *db) error {
		return d.query(sqlOld).int(before.UnixMicro()).each(func(q *query) { found = append(found, oldRun{q.getInt(), q.getText()}) })
	})
	return found, err
}

func (s *Store) Purgeable(ctx context.Context, before time.Time) (runs []int64, err error) {
	found, err := s.old(ctx, before)
	for _, o := range found {
		runs = append(runs, o.run)
	}
	return runs, err
}

func (s *Store) Purge(ctx context.Context, before time.Time) (runs int, err error) {
	found, err := s.old(ctx, before)
	for _, o := range found {
		if err == nil {
			err = s.Index(ctx, o.account) // who was created stays known
		}
		if err == nil {
			err = s.purgeRun(ctx, o.run)
		}
		if err != nil {
			return runs, err
		}
		runs++
	}
	return runs, err
}

// purgeRun deletes a run at once: half a run would be gone on with as if its rows had not been sent.
func (s *Store) purgeRun(ctx context.Context, run int64) error {
	return s.erase(ctx, func(d *db) error {
		for _, table := range []string{"acts", "rows", "attempts", "inputs", "progress"} {
			if err := d.query(`DELETE FROM ` + table + ` WHERE run = ?`).int(run).exec(); err != nil {
				return err
			}
		}
		return d.query(`DELETE FROM runs WHERE id = ?`).int(run).exec()
	})
}

func (s *Store) Forget(ctx context.Context, account string, identity journal.Digest) (rows int64, err error) {
	if identity == (journal.Digest{}) {
		return 0, ctx.Err()
	}
	err = s.erase(ctx, func(d *db) error {
		type place struct{ run, row int64 }
		var found []place
		err := d.query(sqlRowsOf).digest(identity).text(account).each(func(q *query) { found = append(found, place{q.getInt(), q.getInt()}) })
		for _, p := range found {
			for _, table := range []string{"attempts", "rows"} {
				if err == nil {
					err = d.query(`UPDATE ` + table + ` SET identity = NULL, content = NULL, message = NULL, vendor_id = NULL WHERE run = ? AND row = ?`).
						int(p.run).int(p.row).exec()
				}
			}
			if err == nil {
				err = d.query(`UPDATE acts SET message = NULL WHERE run = ? AND row = ?`).int(p.run).int(p.row).exec()
			}
		}
		rows = int64(len(found))
		if err != nil {
			return err
		}
		return d.query(`DELETE FROM people WHERE identity = ?1 AND (?2 IS NULL OR account = (SELECT id FROM accounts WHERE name = ?2))`).
			digest(identity).text(account).exec()
	})
	return rows, err
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
