package journal

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// Open opens the store that url names:
//
//	PATH, sqlite:PATH, sqlite://PATH    a file, created when there is none (see [OpenSQLite])
//	memory:                             nothing that lasts, for measurements
//
// A path is taken as it stands: not percent-decoded, relative to the working directory unless it begins with a slash.
func Open(url string) (Store, error) {
	scheme, rest, found := strings.Cut(url, ":")
	switch {
	case url == "":
		return nil, &hinted{fmt.Errorf("%w: no place is given for the journal", ErrStorage), "give a path with --journal"}
	case found && scheme == "memory":
		return NewMemory(), nil
	case found && scheme == "sqlite":
		return openFile(strings.TrimPrefix(rest, "//"), url)
	case found && (scheme == "postgres" || scheme == "postgresql"):
		return nil, &hinted{fmt.Errorf("%w: this build has no PostgreSQL store", ErrStorage), "use a path or sqlite://PATH with --journal"}
	case found && strings.HasPrefix(rest, "//"):
		return nil, &hinted{fmt.Errorf("%w: there is no journal store %q", ErrStorage, scheme+"://"), "use a path, sqlite://PATH or memory: with --journal"}
	}
	return openFile(url, url)
}

func openFile(path, url string) (Store, error) {
	if path == "" {
		return nil, &hinted{fmt.Errorf("%w: %q names no file", ErrStorage, url), "give a path with --journal"}
	}
	return OpenSQLite(path, SQLiteOptions{})
}

// KeyPath returns where the key of the journal at path lies: beside it.
func KeyPath(path string) string { return strings.TrimSuffix(path, ".db") + ".key" }

// LockPath returns where the lock of an account lies, for the journal at path: beside it, one file an account.
func LockPath(path, account string) string {
	sum := sha256.Sum256([]byte(account))
	return fmt.Sprintf("%s-%x.lock", strings.TrimSuffix(path, ".db"), sum[:6])
}

// Path returns the file that url names as Open reads it, and false where it names none.
func Path(url string) (string, bool) {
	scheme, rest, found := strings.Cut(url, ":")
	switch {
	case found && scheme == "sqlite":
		path := strings.TrimPrefix(rest, "//")
		return path, path != ""
	case found && (scheme == "memory" || strings.HasPrefix(rest, "//")):
		return "", false
	}
	return url, url != ""
}
