package journal

import "github.com/ncruces/go-sqlite3"

// seenFile is a Seen in an unnamed file of SQLite's: in its cache at first, then on disk; private, and gone when it is closed.
type seenFile struct{ db *db }

// newSeenFile opens an empty one. What it holds need not survive, so that nothing is journaled or synced.
func newSeenFile() (*seenFile, error) {
	conn, err := sqlite3.OpenFlags("", sqlite3.OPEN_READWRITE|sqlite3.OPEN_CREATE)
	if err != nil {
		return nil, err
	}
	err = conn.Exec(`
		PRAGMA journal_mode = OFF;
		PRAGMA synchronous = OFF;
		PRAGMA locking_mode = EXCLUSIVE;
		PRAGMA cache_size = -32768;
		CREATE TABLE seen (identity BLOB PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID;
		BEGIN`)
	if err != nil {
		conn.Close()
		return nil, err
	}
	return &seenFile{newDB(conn)}, nil
}

func (s *seenFile) First(identity Digest, row int64) (int64, error) {
	if identity == (Digest{}) {
		return row, nil
	}
	if err := s.db.query(`INSERT INTO seen VALUES (?, ?) ON CONFLICT DO NOTHING`).digest(identity).int(row).exec(); err != nil {
		return 0, explain("list of identities", err)
	}
	if s.db.conn.Changes() == 1 {
		return row, nil
	}
	_, err := s.db.query(`SELECT row FROM seen WHERE identity = ?`).digest(identity).one(func(q *query) { row = q.getInt() })
	return row, explain("list of identities", err)
}

func (s *seenFile) Close() error { return explain("list of identities", s.db.close()) }

func (s *SQLite) Seen() (Seen, error) {
	seen, err := newSeenFile()
	if err != nil {
		return nil, explain("list of identities", err)
	}
	return seen, nil
}
