package journal

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/ncruces/go-sqlite3"
)

// explain says what an error of SQLite or of the file system means for the journal at path; the error returned wraps ErrStorage.
func explain(path string, err error) error {
	if err == nil || errors.Is(err, ErrStorage) {
		return err
	}
	var link *os.LinkError
	switch {
	case noSpace(err), errors.Is(err, sqlite3.FULL), errors.Is(err, sqlite3.IOERR) && probeFull(filepath.Dir(path)):
		return storage(ErrFull, path, err, "free some space and give the same command again: the run goes on where it stopped")
	case errors.As(err, &link) && (errors.Is(err, syscall.EPERM) || errors.Is(err, errors.ErrUnsupported)):
		return storage(ErrStorage, path, err, "the file system cannot link files; choose a local disk with --journal")
	case errors.Is(err, sqlite3.NOTADB):
		return notJournal(path, err)
	case errors.Is(err, sqlite3.CORRUPT):
		return storage(ErrCorrupt, path, err, "keep the file, and look into it with `sqlite3 FILE .recover`; the disk may be failing")
	case errors.Is(err, sqlite3.BUSY), errors.Is(err, sqlite3.LOCKED), errors.Is(err, sqlite3.PROTOCOL):
		return storage(ErrLocked, path, err, "another importer, a SQL shell or a backup holds it; end that, then try again")
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, sqlite3.READONLY), errors.Is(err, sqlite3.PERM):
		return storage(ErrReadOnly, path, err, "make the file and its folder writable for you, or choose another place with --journal")
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.EISDIR), errors.Is(err, sqlite3.CANTOPEN):
		return storage(ErrStorage, path, err, "check the path given with --journal")
	}
	return storage(ErrStorage, path, err, "check the disk; the same command again goes on where the run stopped")
}

func notJournal(path string, cause error) error {
	return storage(ErrNotJournal, path, cause, "choose another place with --journal; the file was not touched")
}

func noSpace(err error) bool { return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) }

// probeFull tries whether the folder's disk takes another mebibyte. After a failed write SQLite's driver does not tell the system's reason.
func probeFull(dir string) bool {
	file, err := os.CreateTemp(dir, ".space-*")
	if err != nil {
		return noSpace(err)
	}
	defer os.Remove(file.Name())
	_, err = file.Write(make([]byte, 1<<20))
	return noSpace(errors.Join(err, file.Sync(), file.Close()))
}
