package sqlite

import (
	"context"

	"importer/pipeline/journal"
)

// The table claims is derived as people is, so that a request costs no more than two columns.

const (
	sqlIndexClaims = `INSERT INTO claims (account, claim, run, row, identity, created)
		SELECT runs.account, CASE field.n WHEN 1 THEN phone ELSE username END AS sent, rows.run, rows.row, attempts.identity, rows.status = 'created'
		FROM rows JOIN runs ON runs.id = rows.run
		JOIN attempts ON attempts.run = rows.run AND attempts.row = rows.row AND attempts.attempt = rows.attempt
		CROSS JOIN (SELECT 1 AS n UNION ALL SELECT 2) AS field
		WHERE rows.run = ? AND rows.row > ? AND rows.row <= ? AND rows.status IN ('created', 'exists', 'in_doubt') AND sent IS NOT NULL
		ORDER BY sent` + sqlClaimedTwice

	// Of several rows the first that was created counts, else the first.
	sqlClaimedTwice = `
		ON CONFLICT (account, claim) DO UPDATE SET run = excluded.run, row = excluded.row, identity = excluded.identity, created = excluded.created
		WHERE excluded.created > claims.created
		OR excluded.created = claims.created AND (excluded.run, excluded.row) < (claims.run, claims.row)`

	sqlClaiming = `SELECT account FROM claims WHERE account = (SELECT id FROM accounts WHERE name = ?) LIMIT 1`

	// A row that was settled otherwise since, as rejected, say, claims nothing any more.
	sqlClaimed = `SELECT run, (SELECT name FROM runs WHERE id = claims.run), row, identity, created FROM claims
		WHERE account = ? AND claim = ?
		AND (run NOT IN (SELECT id FROM runs)
			OR EXISTS (SELECT 1 FROM rows WHERE rows.run = claims.run AND rows.row = claims.row AND status IN ('created', 'exists', 'in_doubt')))`
)

// Claimed may be asked for every row: an account without claims, as in a first run, costs nothing.
func (s *Store) Claimed(ctx context.Context, account string, claim journal.Digest) (who journal.Claimed, ok bool, err error) {
	id, _ := s.claiming.Load(account)
	if number, _ := id.(int64); number == 0 || claim == (journal.Digest{}) {
		return who, false, s.broken()
	}
	err = s.read(ctx, func(d *db) error {
		return d.query(sqlClaimed, id, claim).each(func(q *query) {
			ok, who = true, journal.Claimed{Run: q.getInt(), RunName: q.getText(), Row: q.getInt(), Identity: q.getDigest(), Created: q.getInt() == 1}
		})
	})
	return who, ok, err
}
