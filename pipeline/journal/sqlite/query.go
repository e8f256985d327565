package sqlite

import (
	"time"

	"github.com/ncruces/go-sqlite3"

	"importer/pipeline/journal"
)

// db is a connection with its prepared statements. Not safe for concurrent use.
type db struct {
	conn  *sqlite3.Conn
	cache map[string]*query
}

func newDB(conn *sqlite3.Conn) *db { return &db{conn, map[string]*query{}} }

// close ends the statements and the connection.
func (d *db) close() error {
	for _, q := range d.cache {
		_ = q.stmt.Close() // it returns the statement's last error again
	}
	return d.conn.Close()
}

// exec runs a statement to its end.
func (d *db) exec(sql string, args ...any) error {
	q := d.query(sql, args...)
	if q.err != nil {
		return q.err
	}
	return q.stmt.Exec()
}

// query returns a prepared statement with its parameters bound.
func (d *db) query(sql string, args ...any) *query {
	q := d.cache[sql]
	if q == nil {
		stmt, _, err := d.conn.Prepare(sql)
		if err != nil {
			return &query{err: err}
		}
		q = &query{stmt: stmt}
		d.cache[sql] = q
	}
	q.err = nil
	for i, arg := range args {
		if err := bind(q.stmt, i+1, arg); q.err == nil {
			q.err = err
		}
	}
	return q
}

// What is stored as NULL when it is zero; so are times, digests and bytes.
type (
	count int64
	text  string
)

func bind(stmt *sqlite3.Stmt, n int, arg any) error {
	switch v := arg.(type) {
	case int64:
		return stmt.BindInt64(n, v)
	case int:
		return stmt.BindInt64(n, int64(v))
	case string:
		return stmt.BindText(n, v)
	case count:
		if v != 0 {
			return stmt.BindInt64(n, int64(v))
		}
	case text:
		if v != "" {
			return stmt.BindText(n, string(v))
		}
	case time.Time:
		if !v.IsZero() {
			return stmt.BindInt64(n, v.UnixMicro())
		}
	case journal.Digest:
		if v != (journal.Digest{}) {
			return stmt.BindBlob(n, v[:])
		}
	case []byte:
		if len(v) > 0 {
			return stmt.BindBlob(n, v)
		}
	}
	return stmt.BindNull(n)
}

// query is a prepared statement whose columns are read one after the other.
type query struct {
	stmt *sqlite3.Stmt
	n    int   // columns read
	err  error // of preparing or binding
}

// step goes to the next result row. At the end, or on an error, the statement is reset and false is returned.
func (q *query) step() (bool, error) {
	if q.err != nil {
		return false, q.err
	}
	q.n = 0
	if q.stmt.Step() {
		return true, nil
	}
	return false, q.stmt.Reset()
}

// each reads all result rows.
func (q *query) each(read func(q *query)) error {
	for {
		ok, err := q.step()
		if !ok {
			return err
		}
		read(q)
	}
}

func (q *query) getInt() int64   { q.n++; return q.stmt.ColumnInt64(q.n - 1) }
func (q *query) getText() string { q.n++; return q.stmt.ColumnText(q.n - 1) }
func (q *query) getBytes() []byte {
	q.n++
	return q.stmt.ColumnBlob(q.n-1, nil)
}

func (q *query) getDigest() (d journal.Digest) {
	q.n++
	copy(d[:], q.stmt.ColumnRawBlob(q.n-1))
	return d
}

func (q *query) getTime() time.Time {
	q.n++
	if q.stmt.ColumnType(q.n-1) == sqlite3.NULL {
		return time.Time{}
	}
	return time.UnixMicro(q.stmt.ColumnInt64(q.n - 1)).UTC()
}
