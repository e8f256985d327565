package sqlite

import (
	"context"
	_ "embed"
	"fmt"

	"importer/pipeline/journal"
)

// applicationID marks a file as a journal, in PRAGMA application_id: "impj". PRAGMA user_version is the version of its schema, see migrations.
const applicationID = 0x696d706a

// schema is what a new file begins with.
//
//go:embed schema.sql
var schema string

// migrations lead from one version of the schema to the next: the first from version 1 to 2. They are only ever added to, and who adds one
// changes schema.sql too. An importer of the version before may have the file open meanwhile: a step adds tables, columns
// and views, and takes nothing away that the version before uses.
var migrations = []string{addKnown, addClaims, addKeyCheck}

// addKnown leads to version 2, in which what runs found of rows that they did not create is known beside who was created.
const addKnown = `
ALTER TABLE progress ADD COLUMN found INTEGER NOT NULL DEFAULT -1;
CREATE TABLE known (
	account  INTEGER NOT NULL REFERENCES accounts(id),
	content  BLOB NOT NULL,
	status   TEXT NOT NULL,
	code     TEXT,
	run      INTEGER NOT NULL,
	row      INTEGER NOT NULL,
	first    INTEGER NOT NULL,
	identity BLOB,
	PRIMARY KEY (account, content, status)
) WITHOUT ROWID;`

// addClaims leads to version 3: it adds to attempts what a vendor takes from one person only, and who sent it.
const addClaims = `
	ALTER TABLE attempts ADD COLUMN phone BLOB;
	ALTER TABLE attempts ADD COLUMN username BLOB;
	CREATE TABLE claims (
		account  INTEGER NOT NULL REFERENCES accounts(id),
		claim    BLOB NOT NULL,
		run      INTEGER NOT NULL,
		row      INTEGER NOT NULL,
		identity BLOB,
		created  INTEGER NOT NULL,
		PRIMARY KEY (account, claim)
	) WITHOUT ROWID;`

// addKeyCheck leads to version 4, in which a journal knows its key again, and counts its commits.
const addKeyCheck = `
	CREATE TABLE key_check (value BLOB NOT NULL);
	CREATE TABLE commits (journal INTEGER NOT NULL, n INTEGER NOT NULL);
	INSERT INTO commits (journal, n) VALUES (random(), 0);`

// newest is the version of the schema that this package reads and writes.
func newest(steps []string) int64 { return int64(1 + len(steps)) }

// version reads which version of the schema the file has.
func version(d *db) (v int64, err error) {
	err = d.query("PRAGMA user_version").each(func(q *query) { v = q.getInt() })
	return v, err
}

// checkVersion refuses a file that a newer importer wrote, and one whose version no importer writes.
func checkVersion(d *db, path string, steps []string) error {
	v, err := version(d)
	switch {
	case err != nil:
		return err
	case v > newest(steps):
		return journal.Failure(journal.ErrNewer, path, fmt.Errorf("schema version is %d, this importer knows %d", v, newest(steps)), "")
	case v < 1:
		return journal.Failure(journal.ErrCorrupt, path, fmt.Errorf("schema version is %d", v), "restore it from a copy, or choose another place with --journal")
	}
	return nil
}

// migrate brings the file to the newest version, one durable transaction a step. A crash or failure leaves the version before the step, and
// opening the file again continues there. Of two importers that open the file at once, each step is made by one.
func (s *Store) migrate() error {
	for {
		v, err := version(s.write)
		if err != nil || v >= newest(s.opts.migrations) {
			return err
		}
		err = s.tx(context.Background(), func(d *db) error {
			now, err := version(d) // under the lock: another importer may have been quicker
			if err != nil || now != v {
				return err
			}
			if err := d.conn.Exec(s.opts.migrations[v-1]); err != nil {
				return err // and nothing more: SQLite may have ended the transaction
			}
			return d.conn.Exec(fmt.Sprintf("PRAGMA user_version = %d", v+1))
		})
		if err != nil {
			return fmt.Errorf("bringing the schema from version %d to %d: %w", v, v+1, err)
		}
	}
}
