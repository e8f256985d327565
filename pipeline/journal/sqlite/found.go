package sqlite

import (
	"context"

	"importer/pipeline/journal"
)

const (
	sqlFound = `INSERT INTO known (account, content, status, code, run, row, first, identity)
		SELECT runs.account, ifnull(rows.content, attempts.content) AS what, rows.status, rows.code, rows.run, rows.row, rows.run,
			ifnull(rows.identity, attempts.identity)
		FROM rows JOIN runs ON runs.id = rows.run
		LEFT JOIN attempts ON attempts.run = rows.run AND attempts.row = rows.row AND attempts.attempt = rows.attempt
		WHERE rows.run = ? AND rows.row > ? AND rows.row <= ? AND rows.status IN ('exists', 'rejected', 'invalid', 'duplicate') AND what IS NOT NULL
		ORDER BY what` + sqlFoundTwice

	// What is known already stays, but for what is newer.
	sqlFoundTwice = `
		ON CONFLICT (account, content, status) DO UPDATE SET
			first = min(known.first, excluded.first),
			code = CASE WHEN (excluded.run, excluded.row) >= (known.run, known.row) THEN excluded.code ELSE known.code END,
			identity = CASE WHEN (excluded.run, excluded.row) >= (known.run, known.row) THEN excluded.identity ELSE known.identity END,
			row = CASE WHEN (excluded.run, excluded.row) >= (known.run, known.row) THEN excluded.row ELSE known.row END,
			run = max(known.run, excluded.run)`

	sqlAnyFound = `SELECT account FROM known WHERE account = (SELECT id FROM accounts WHERE name = ?) LIMIT 1`

	sqlKnown = `SELECT status, code, run, (SELECT name FROM runs WHERE id = known.run), row, first FROM known WHERE account = ? AND content = ?`

	// What is known of a row's content may be kept under another row of the person, of a run that identified people otherwise.
	sqlForgetContent = `DELETE FROM known WHERE account = (SELECT account FROM runs WHERE id = ?1) AND content IN (
		SELECT content FROM attempts WHERE run = ?1 AND row = ?2 UNION SELECT content FROM rows WHERE run = ?1 AND row = ?2)`
)

// learnFound notes whether anything is known of the account's rows.
func (s *Store) learnFound(ctx context.Context, account string) error {
	var id int64
	err := s.read(ctx, func(d *db) error {
		return d.query(sqlAnyFound, account).each(func(q *query) { id = q.getInt() })
	})
	s.found.Store(account, id)
	return err
}

// Known is asked for every row that is to be sent: an account of which nothing is known costs nothing.
func (s *Store) Known(ctx context.Context, account string, content journal.Digest) (list []journal.Known, err error) {
	id, _ := s.found.Load(account)
	if number, _ := id.(int64); number == 0 || content == (journal.Digest{}) {
		return nil, s.broken()
	}
	err = s.read(ctx, func(d *db) error {
		return d.query(sqlKnown, id, content).each(func(q *query) {
			status, _ := journal.ParseStatus(q.getText())
			list = append(list, journal.Known{Status: status, Code: q.getText(), Run: q.getInt(), RunName: q.getText(), Row: q.getInt(), First: q.getInt()})
		})
	})
	journal.SortKnown(list)
	return list, err
}
