package sqlite

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"

	"importer/pipeline/journal"
)

// explain says what an error of SQLite or of the file system means for the journal at path; the error returned is journal.ErrStorage.
func explain(path string, err error) error {
	why := journal.ErrStorage
	switch {
	case errors.Is(err, sqlite3.FULL), errors.Is(err, sqlite3.IOERR) && probeFull(filepath.Dir(path)):
		why = journal.ErrFull
	case errors.Is(err, sqlite3.NOTADB):
		why = journal.ErrNotJournal
	case errors.Is(err, sqlite3.CORRUPT):
		why = journal.ErrCorrupt
	case errors.Is(err, sqlite3.BUSY), errors.Is(err, sqlite3.LOCKED), errors.Is(err, sqlite3.PROTOCOL):
		why = journal.ErrLocked
	case errors.Is(err, sqlite3.READONLY), errors.Is(err, sqlite3.PERM):
		why = journal.ErrReadOnly
	case errors.Is(err, sqlite3.CANTOPEN):
		why = journal.ErrNotFound
	}
	return journal.Explain(path, err, why)
}

// probeFull tries whether the folder's disk takes another mebibyte. After a failed write SQLite's driver does not tell the system's reason.
func probeFull(dir string) bool {
	file, err := os.CreateTemp(dir, ".space-*")
	if err != nil {
		return journal.NoSpace(err)
	}
	defer os.Remove(file.Name())
	_, err = file.Write(make([]byte, 1<<20))
	return journal.NoSpace(errors.Join(err, file.Sync(), file.Close()))
}
