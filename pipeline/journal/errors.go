package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"importer/mapping/problem"
)

// ErrStorage says that nothing may be tried again on this store. The reasons below it are ErrStorage too.
var (
	ErrStorage    error = &reason{"journal storage failed", "check the disk; the same command again continues where the run stopped"}
	ErrNotFound   error = &reason{"journal cannot be opened", "check the path given with --journal"}
	ErrNewer      error = &reason{"journal was written by a newer importer", "use the importer that wrote it, or a newer one"}
	ErrNotJournal error = &reason{"file is not an importer journal", "choose another place with --journal; the file was not touched"}
	ErrCorrupt    error = &reason{"journal is damaged", "keep the file, and look into it with `sqlite3 FILE .recover`; the disk may be failing"}
	ErrOtherKey   error = &reason{"journal.key is another journal's key", "put this journal's own key back in its place, from a copy: without it nobody is recognised, and everybody would be sent again"}
	ErrReadOnly   error = &reason{"journal cannot be written", "make the file and its folder writable for you, or choose another place with --journal"}
	ErrLocked     error = &reason{"journal is locked by another process", "another importer, a SQL shell or a backup holds it; end that, then try again"}
	ErrMemory     error = &reason{"no memory left for the journal", "end other programs, or raise the limits of this one: it needs about 2.5 GB of address space (ulimit -v), and uses little of it"}
	ErrFull       error = &reason{"no space left for the journal", "free some space and give the same command again: the run continues where it stopped"}
)

// Errors that are none of the storage's.
var (
	ErrTaken   = errors.New("journal already has a run of that name")
	ErrNoRun   = errors.New("journal has no such run")                  // an unknown run id; the store stays usable
	ErrRunning = errors.New("another importer runs on this account")    // see Acquire
	ErrFenced  = errors.New("record does not fit the state of its row") // see FencedError
	ErrClosed  = errors.New("journal is closed")
)

// reason is why the storage failed, and what can be done about it where nobody knows better.
type reason struct{ text, fix string }

func (r *reason) Error() string { return r.text }

func (r *reason) Is(target error) bool { return target == ErrStorage }

// Failure returns the error about a file of the journal: it is one of the reasons above, and cause, which may be nil. fix says what to do about it; "" is the
// reason's own advice.
func Failure(why error, path string, cause error, fix string) error {
	if known, ok := errors.AsType[*reason](why); ok && fix == "" {
		fix = known.fix
	}
	if cause != nil {
		why = fmt.Errorf("%w: %w", why, cause)
	}
	return &problem.Error{Kind: problem.Storage, File: path, Err: why, Fix: fix}
}

// Explain says what an error of the file system means for a file of the journal. otherwise is the reason where it is no such error.
// An error that was explained already stays as it is, nil too.
func Explain(path string, err, otherwise error) error {
	var link *os.LinkError
	switch {
	case err == nil || errors.Is(err, ErrStorage):
		return err
	case NoSpace(err):
		return Failure(ErrFull, path, err, "")
	case errors.As(err, &link) && (errors.Is(err, syscall.EPERM) || errors.Is(err, errors.ErrUnsupported)):
		return Failure(ErrStorage, path, err, "the file system cannot link files; choose a local disk with --journal")
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return Failure(ErrReadOnly, path, err, "")
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.EISDIR):
		return Failure(ErrNotFound, path, err, "")
	}
	return Failure(otherwise, path, err, "")
}

// NoSpace reports whether the disk or a quota is full.
func NoSpace(err error) bool { return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) }

// NoRun is the error for a run that the journal does not have.
func NoRun(id int64) error { return fmt.Errorf("run %d: %w", id, ErrNoRun) }

// NameTaken is the error for a second run of a name: it wraps ErrTaken.
func NameTaken(name string) error { return fmt.Errorf("run %q: %w", name, ErrTaken) }

// FencedError says which record the state machine refused, and why. It wraps ErrFenced.
type FencedError struct {
	Index  int      // the record's place in the slice given to Append
	Record Record   // the record refused
	State  RowState // where its row stood
	Why    string
}

func (e *FencedError) Error() string {
	return fmt.Sprintf("row %d is %s: %s %d refused: %s", e.Record.Row, e.State.describe(), e.Record.describe(), e.Record.Attempt, e.Why)
}

func (e *FencedError) Unwrap() error { return ErrFenced }

// RefusedAt gives an error of [Next] the record's place in its batch; other errors stay as they are.
func RefusedAt(index int, err error) error {
	if fenced, ok := errors.AsType[*FencedError](err); ok {
		fenced.Index = index
	}
	return err
}
