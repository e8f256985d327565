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

// query is a prepared statement whose parameters are bound one after the other, and whose columns are read one after the other.
type query struct {
	stmt *sqlite3.Stmt
	n    int   // parameters bound, or columns read
	err  error // the first error of binding
}

// query returns the statement with all parameters yet to bind.
func (d *db) query(sql string) *query {
	q := d.cache[sql]
	if q == nil {
		stmt, _, err := d.conn.Prepare(sql)
		if err != nil {
			return &query{err: err}
		}
		q = &query{stmt: stmt}
		d.cache[sql] = q
	}
	q.n, q.err = 0, nil
	return q
}

// close ends the statements and the connection.
func (d *db) close() error {
	for _, q := range d.cache {
		_ = q.stmt.Close() // it tells the statement's last error, which was told when it happened
	}
	return d.conn.Close()
}

func (q *query) bound(err error) *query {
	if q.err == nil {
		q.err = err
	}
	return q
}

func (q *query) int(v int64) *query {
	if q.err != nil {
		return q
	}
	q.n++
	return q.bound(q.stmt.BindInt64(q.n, v))
}

func (q *query) null() *query {
	if q.err != nil {
		return q
	}
	q.n++
	return q.bound(q.stmt.BindNull(q.n))
}

// count binds v, NULL for 0.
func (q *query) count(v int64) *query {
	if v == 0 {
		return q.null()
	}
	return q.int(v)
}

// text binds s, NULL for "".
func (q *query) text(s string) *query {
	if s == "" {
		return q.null()
	}
	return q.name(s)
}

// name binds s, even when it is empty.
func (q *query) name(s string) *query {
	if q.err != nil {
		return q
	}
	q.n++
	return q.bound(q.stmt.BindText(q.n, s))
}

// bytes binds b, NULL for none.
func (q *query) bytes(b []byte) *query {
	if len(b) == 0 {
		return q.null()
	}
	if q.err != nil {
		return q
	}
	q.n++
	return q.bound(q.stmt.BindBlob(q.n, b))
}

// digest binds d, NULL for none.
func (q *query) digest(d journal.Digest) *query {
	if d == (journal.Digest{}) {
		return q.null()
	}
	return q.bytes(d[:])
}

// time binds microseconds, NULL for the zero time.
func (q *query) time(t time.Time) *query {
	if t.IsZero() {
		return q.null()
	}
	return q.int(t.UnixMicro())
}

// exec runs the statement to its end.
func (q *query) exec() error {
	if q.err != nil {
		return q.err
	}
	return q.stmt.Exec()
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

// one reads at most one result row into read; false when there is none.
func (q *query) one(read func(q *query)) (bool, error) {
	ok, err := q.step()
	if !ok {
		return false, err
	}
	read(q)
	return true, q.stmt.Reset()
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

func (q *query) getElapsed() time.Duration { return time.Duration(q.getInt()) * time.Microsecond }
