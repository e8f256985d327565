package sqlite

import (
	"errors"
	"syscall"

	"github.com/ncruces/go-sqlite3"

	"importer/pipeline/journal"
)

// openConn opens a file with SQLite. Each connection reserves 256 MiB of address space at once, of which it uses little. SQLite's driver panics where it cannot
// have that: here it is an error, journal.ErrMemory.
func openConn(name string, flags sqlite3.OpenFlag) (conn *sqlite3.Conn, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = outOfMemory(p)
		}
	}()
	return sqlite3.OpenFlags(name, flags)
}

// outOfMemory makes an error of a panic of SQLite's driver that says that memory is short. Any other panic goes on.
func outOfMemory(p any) error {
	err, ok := p.(error)
	if !ok || !isShort(err) {
		panic(p)
	}
	return journal.Failure(journal.ErrMemory, "", err, "")
}

// isShort reports whether the system, or SQLite, has no more memory to give.
func isShort(err error) bool {
	return errors.Is(err, syscall.ENOMEM) || errors.Is(err, syscall.EAGAIN) || errors.Is(err, sqlite3.NOMEM) || err.Error() == "sqlite3: out of memory"
}
