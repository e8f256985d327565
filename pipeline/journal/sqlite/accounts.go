package sqlite

import (
	"context"
	"fmt"

	"importer/pipeline/journal"
)

const (
	sqlCheck = `SELECT value FROM key_check`

	sqlAccount = `SELECT id FROM accounts WHERE name = ?`

	sqlMovePeople = `INSERT INTO people (account, identity, run, row, content) SELECT ?2, identity, run, row, content FROM people WHERE account = ?1
		ON CONFLICT (account, identity) DO UPDATE SET run = excluded.run, row = excluded.row, content = excluded.content
		WHERE (excluded.run, excluded.row) > (people.run, people.row)`

	sqlMoveKnown = `INSERT INTO known (account, content, status, code, run, row, first, identity)
		SELECT ?2, content, status, code, run, row, first, identity FROM known WHERE account = ?1` + sqlFoundTwice

	sqlMoveClaims = `INSERT INTO claims (account, claim, run, row, identity, created)
		SELECT ?2, claim, run, row, identity, created FROM claims WHERE account = ?1` + sqlClaimedTwice
)

// Bind keeps one value a file.
func (s *Store) Bind(ctx context.Context, check journal.Digest) error {
	var there journal.Digest
	find := func(d *db) error {
		return d.query(sqlCheck).each(func(q *query) { there = q.getDigest() })
	}
	if err := s.read(ctx, find); err != nil {
		return err
	}
	if there == (journal.Digest{}) {
		err := s.tx(ctx, func(d *db) error {
			if err := find(d); err != nil || there != (journal.Digest{}) { // another importer was quicker
				return err
			}
			there = check
			return d.exec(`INSERT INTO key_check (value) VALUES (?)`, check)
		})
		if err != nil {
			return err
		}
	}
	if there != check {
		return journal.Failure(journal.ErrOtherKey, s.path, nil, "")
	}
	return nil
}

// Rename moves what is derived from runs along with them.
func (s *Store) Rename(ctx context.Context, account, name string) error {
	err := s.tx(ctx, func(d *db) error {
		var from, to int64
		if err := d.query(sqlAccount, account).each(func(q *query) { from = q.getInt() }); err != nil || from == 0 || account == name {
			return err
		}
		if err := d.query(sqlAccount, name).each(func(q *query) { to = q.getInt() }); err != nil {
			return err
		}
		if to == 0 {
			return d.exec(`UPDATE accounts SET name = ? WHERE id = ?`, name, from)
		}
		for _, sql := range []string{sqlMovePeople, sqlMoveKnown, sqlMoveClaims, `UPDATE runs SET account = ?2 WHERE account = ?1`} {
			if err := d.exec(sql, from, to); err != nil {
				return err
			}
		}
		for _, table := range []string{"people", "known", "claims"} {
			if err := d.exec(fmt.Sprintf(`DELETE FROM %s WHERE account = ?`, table), from); err != nil {
				return err
			}
		}
		return d.exec(`DELETE FROM accounts WHERE id = ?`, from)
	})
	if err == nil {
		for _, known := range []interface{ Clear() }{&s.peopled, &s.claiming, &s.found} { // as of the next Index
			known.Clear()
		}
	}
	return err
}
