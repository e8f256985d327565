package sqlite

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"

	"importer/pipeline/journal"
)

// Accounts returns the names of the accounts that the journal at path has runs of, and changes nothing.
func Accounts(path string) (names []string, err error) {
	err = look(path, func(d *db) error {
		return d.query(`SELECT DISTINCT accounts.name FROM runs JOIN accounts ON accounts.id = account`).each(func(q *query) { names = append(names, q.getText()) })
	})
	return names, err
}

// Peek returns the runs of the journal at path with no more than name, account, state and note, and changes nothing: neither what is in the file nor the
// version of its schema.
func Peek(path string) (runs []journal.Run, err error) {
	err = look(path, func(d *db) error {
		return d.query(`SELECT runs.name, accounts.name, state, note FROM runs JOIN accounts ON accounts.id = account`).each(func(q *query) {
			r := journal.Run{Name: q.getText(), Account: q.getText()}
			r.State, _ = journal.ParseRunState(q.getText())
			r.Note = q.getBytes()
			runs = append(runs, r)
		})
	})
	return runs, err
}

// look reads a journal of this version or an older one.
func look(path string, read func(*db) error) error {
	if err := Identify(path); err != nil {
		return err
	}
	conn, err := openConn(address(path, Options{}), sqlite3.OPEN_READONLY|sqlite3.OPEN_URI)
	if err != nil {
		return explain(path, err)
	}
	d := newDB(conn)
	if err = identify(d, path); err == nil {
		err = checkVersion(d, path, migrations)
	}
	if err == nil {
		err = read(d)
	}
	return explain(path, errors.Join(err, d.close()))
}

// Copy makes a journal at to, where there is none, that is what the journal at from is now; at any moment it is there whole or not at all. folder gives
// each run's folder the name under which it is found from everywhere.
func Copy(from, to string, folder func(string) string) (err error) {
	dir := filepath.Dir(to)
	if err := journal.MakeFolder(dir); err != nil {
		return explain(to, err)
	}
	temporary := filepath.Join(dir, fmt.Sprintf("%scopy-%d", unfinished, os.Getpid()))
	defer os.Remove(temporary)
	if err := copyInto(from, temporary); err != nil {
		return explain(from, err)
	}
	if err := errors.Join(os.Chmod(temporary, 0o600), renameFolders(temporary, folder)); err != nil {
		return explain(to, err)
	}
	if err := os.Link(temporary, to); err != nil {
		return explain(to, err)
	}
	return explain(to, journal.SyncFolder(dir))
}

func copyInto(from, to string) error {
	conn, err := openConn(address(from, Options{}), sqlite3.OPEN_READWRITE|sqlite3.OPEN_URI)
	if err != nil {
		return err
	}
	d := newDB(conn)
	return errors.Join(d.exec(`VACUUM INTO ?`, to), d.close())
}

// renameFolders changes the folders of runs, and returns when all of the file is on the disk.
func renameFolders(path string, folder func(string) string) error {
	conn, err := dial(path, Options{})
	if err != nil {
		return err
	}
	d := newDB(conn)
	err = conn.Exec(`PRAGMA synchronous = FULL`)
	folders := map[int64]string{}
	if err == nil {
		err = d.query(`SELECT id, folder FROM runs`).each(func(q *query) { folders[q.getInt()] = q.getText() })
	}
	for id, was := range folders {
		if now := folder(was); now != was && err == nil {
			err = d.exec(`UPDATE runs SET folder = ? WHERE id = ?`, now, id)
		}
	}
	if err := errors.Join(err, d.close()); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}
