package sqlite

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"importer/pipeline/journal"
)

// place makes path absolute, and makes a journal there when there is none. What is there and is no journal stays as it is.
func place(path string, opts Options) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return abs, err
	}
	if _, err := os.Lstat(abs); errors.Is(err, fs.ErrNotExist) {
		if err := create(abs, opts); err != nil {
			return abs, err
		}
	}
	if err := Identify(abs); err != nil {
		return abs, err
	}
	return abs, tighten(abs)
}

// The places in the first page of SQLite's files that say what they are (https://sqlite.org/fileformat.html, 1.3).
const (
	sqliteMark    = "SQLite format 3\x00"
	sqliteApp     = 68 // where application_id is, 4 bytes, big endian
	sqliteHeading = 100
)

// Identify returns an error where something is at the path, or where SQLite keeps the files beside a journal, that is no journal's; nothing at all is nil. It
// reads no more than the beginning, follows no link, and changes nothing: not even SQLite has opened the file yet.
func Identify(path string) error {
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		if err := journal.CheckOwn(name); err != nil {
			return err
		}
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return explain(path, err)
	}
	defer file.Close()
	head := make([]byte, sqliteHeading)
	n, err := io.ReadFull(file, head)
	switch {
	case n == 0 && err == io.EOF:
		return journal.Failure(journal.ErrNotJournal, path, errors.New("it is empty"), "delete it, and the same command makes a journal there; or choose another place with --journal")
	case err != nil && err != io.ErrUnexpectedEOF:
		return explain(path, err)
	case n < sqliteHeading, string(head[:len(sqliteMark)]) != sqliteMark, binary.BigEndian.Uint32(head[sqliteApp:]) != applicationID:
		return journal.Failure(journal.ErrNotJournal, path, nil, "")
	}
	return nil
}

// settleNames makes the names of the journal's files durable, before anything in them has to be. It is done on every opening: the -wal file is
// created by the first connection and SQLite's driver does not sync its name.
func settleNames(path string, sync func(dir string) error) error {
	dir := filepath.Dir(path)
	if err := sync(dir); err != nil {
		return err
	}
	if err := sync(filepath.Dir(dir)); !errors.Is(err, fs.ErrPermission) { // a folder that only others may list is not one of ours
		return err
	}
	return nil
}

// tighten takes a journal's permissions back to its owner; a folder in its place is an error.
func tighten(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return &fs.PathError{Op: "open", Path: path, Err: fmt.Errorf("is a folder: %w", fs.ErrNotExist)}
	}
	if info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	return os.Chmod(path, info.Mode().Perm()&0o700)
}

// placeShared creates the -shm file, for which SQLite's driver would take the umask's permissions.
func placeShared(path string) error {
	file, err := os.OpenFile(path+"-shm", os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if os.IsExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return file.Close()
}

// dial opens a file that is there with SQLite.
func dial(path string, opts Options) (*sqlite3.Conn, error) {
	return openConn(address(path, opts), sqlite3.OPEN_READWRITE|sqlite3.OPEN_URI)
}

// address is the file as SQLite takes it.
func address(path string, opts Options) string {
	settings := url.Values{"modeof": {path}} // the -wal file gets the journal's permissions
	if opts.VFS != "" {
		settings.Set("vfs", opts.VFS)
	}
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: strings.ReplaceAll(settings.Encode(), "+", "%20")}
	return name.String()
}

// connect opens a connection and gives it the settings that belong to connections, not to the file.
func connect(path string, opts Options) (*db, error) {
	if err := placeShared(path); err != nil {
		return nil, err
	}
	conn, err := dial(path, opts)
	if err != nil {
		return nil, err
	}
	err = conn.BusyTimeout(opts.Busy)
	if err == nil {
		err = conn.Exec(`
			PRAGMA synchronous = FULL;
			PRAGMA foreign_keys = OFF;
			PRAGMA trusted_schema = OFF;
			PRAGMA secure_delete = ON;
			PRAGMA cell_size_check = ON;
			PRAGMA cache_size = -16384;
			PRAGMA wal_autocheckpoint = 4000;
			PRAGMA journal_size_limit = 67108864`)
	}
	if err != nil {
		conn.Close()
		return nil, err
	}
	return newDB(conn), nil
}

// prepare makes sure that the file is a journal of ours and fit to be written.
func prepare(d *db, path string, opts Options) error {
	if err := identify(d, path); err != nil {
		return err
	}
	if err := checkVersion(d, path, opts.migrations); err != nil {
		return err
	}
	if readOnly, _ := d.conn.ReadOnly("main"); readOnly {
		return journal.Failure(journal.ErrReadOnly, path, nil, "")
	}
	var mode string
	if err := d.query("PRAGMA journal_mode = WAL").each(func(q *query) { mode = q.getText() }); err != nil {
		return err
	}
	if mode != "wal" {
		return journal.Failure(journal.ErrStorage, path, fmt.Errorf("journal mode is %s", mode), "the file system cannot share memory between processes; choose a local disk with --journal")
	}
	return nil
}

// identify makes an error of everything that is no journal.
func identify(d *db, path string) error {
	var app, pages int64
	err := d.query("SELECT application_id, page_count FROM pragma_application_id, pragma_page_count").each(func(q *query) { app, pages = q.getInt(), q.getInt() })
	switch {
	case err != nil:
		return err
	case pages == 0:
		return journal.Failure(journal.ErrNotJournal, path, errors.New("it is empty"), "delete it, and the same command makes a journal there; or choose another place with --journal")
	case app != applicationID:
		return journal.Failure(journal.ErrNotJournal, path, nil, "")
	}
	return nil
}
