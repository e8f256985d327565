package sqlite

import (
	"context"
	"errors"

	"importer/pipeline/journal"
)

// The tables people and known are derived: they are brought up to date when a run starts, from the runs that changed since, in chunks sorted by
// their keys. So a run itself writes at the end of two tables only, however many people there are.

const (
	sqlStale = `SELECT runs.id, steps FROM runs JOIN accounts ON accounts.id = account JOIN progress ON progress.run = runs.id
		WHERE accounts.name = ? AND (steps <> indexed OR steps <> found) ORDER BY runs.id`

	sqlChunkEnd = `SELECT ifnull(max(row), 0) FROM (SELECT row FROM rows WHERE run = ? AND row > ? ORDER BY row LIMIT ?)`

	sqlIndex = `INSERT INTO people (account, identity, run, row, content)
		SELECT runs.account, ifnull(rows.identity, attempts.identity) AS who, rows.run, rows.row, ifnull(rows.content, attempts.content)
		FROM rows JOIN runs ON runs.id = rows.run
		LEFT JOIN attempts ON attempts.run = rows.run AND attempts.row = rows.row AND attempts.attempt = rows.attempt
		WHERE rows.run = ? AND rows.row > ? AND rows.row <= ? AND rows.status = 'created' AND who IS NOT NULL
		ORDER BY who
		ON CONFLICT (account, identity) DO UPDATE SET run = excluded.run, row = excluded.row, content = excluded.content
		WHERE (excluded.run, excluded.row) > (people.run, people.row)`

	sqlIndexed = `UPDATE progress SET indexed = ?1, found = ?1 WHERE run = ?2`

	sqlPeopled = `SELECT account FROM people WHERE account = (SELECT id FROM accounts WHERE name = ?) LIMIT 1`

	sqlImported = `SELECT run, (SELECT name FROM runs WHERE id = people.run), row, content FROM people WHERE account = ? AND identity = ?`
)

func (s *Store) Index(ctx context.Context, account string) error {
	type mark struct{ run, steps int64 }
	var stale []mark
	err := s.read(ctx, func(d *db) error {
		return d.query(sqlStale, account).each(func(q *query) { stale = append(stale, mark{q.getInt(), q.getInt()}) })
	})
	for _, m := range stale {
		if err == nil {
			err = s.indexRun(ctx, m.run, m.steps)
		}
	}
	if err != nil {
		return err
	}
	var peopled, claiming int64
	err = s.read(ctx, func(d *db) error {
		return errors.Join(
			d.query(sqlPeopled, account).each(func(q *query) { peopled = q.getInt() }),
			d.query(sqlClaiming, account).each(func(q *query) { claiming = q.getInt() }))
	})
	s.peopled.Store(account, peopled)
	s.claiming.Store(account, claiming)
	if err == nil {
		err = s.learnFound(ctx, account)
	}
	return err
}

// indexRun takes the run's created rows into people and others into known, and marks the run as it was at steps: a crash on the way means that it is done again.
func (s *Store) indexRun(ctx context.Context, run, steps int64) error {
	for from := int64(0); ; {
		var to int64
		err := s.tx(ctx, func(d *db) error {
			err := d.query(sqlChunkEnd, run, from, s.opts.Chunk).each(func(q *query) { to = q.getInt() })
			if err == nil && to > from {
				return errors.Join(d.exec(sqlIndex, run, from, to), d.exec(sqlFound, run, from, to), d.exec(sqlIndexClaims, run, from, to))
			}
			if err == nil {
				err = d.exec(sqlIndexed, steps, run)
			}
			return err
		})
		if err != nil || to <= from {
			return err
		}
		from = to
	}
}

// forgetPeople empties the index of the run's account, but for purged runs, to be filled again: rare, when a person takes a status back.
func forgetPeople(d *db, run int64) error {
	for _, table := range []string{"people", "known", "claims"} {
		err := d.exec(`DELETE FROM `+table+` WHERE account = (SELECT account FROM runs WHERE id = ?) AND run IN (SELECT id FROM runs)`, run)
		if err != nil {
			return err
		}
	}
	return d.exec(`UPDATE progress SET indexed = -1, found = -1 WHERE run IN (SELECT id FROM runs WHERE account = (SELECT account FROM runs WHERE id = ?))`, run)
}

// Imported is asked for every row: an account without people, as in a first run, costs nothing.
func (s *Store) Imported(ctx context.Context, account string, identity journal.Digest) (who journal.Imported, ok bool, err error) {
	id, _ := s.peopled.Load(account)
	if number, _ := id.(int64); number == 0 || identity == (journal.Digest{}) {
		return journal.Imported{}, false, s.broken()
	}
	err = s.read(ctx, func(d *db) error {
		return d.query(sqlImported, id, identity).each(func(q *query) {
			ok, who = true, journal.Imported{Run: q.getInt(), RunName: q.getText(), Row: q.getInt(), Content: q.getDigest()}
		})
	})
	return who, ok, err
}
