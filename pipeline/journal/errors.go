package journal

import (
	"errors"
	"fmt"
)

// Reasons for which a journal cannot be opened or used. As returned, those from ErrNewer to ErrFull wrap ErrStorage; the others do not.
var (
	ErrStorage    = errors.New("journal storage failed")                   // nothing may be tried again on this store
	ErrNewer      = errors.New("journal was written by a newer importer")  // its schema version is above ours
	ErrNotJournal = errors.New("file is not an importer journal")          // another program's file
	ErrCorrupt    = errors.New("journal is damaged")                       // its pages contradict each other
	ErrReadOnly   = errors.New("journal cannot be written")                // permissions, or a read-only file system
	ErrLocked     = errors.New("journal is locked by another process")     // beyond the busy timeout
	ErrFull       = errors.New("no space left for the journal")            // disk or quota full
	ErrNoRun      = errors.New("journal has no such run")                  // an unknown run id; the store stays usable
	ErrRunning    = errors.New("another importer runs on this account")    // see Acquire
	ErrFenced     = errors.New("record does not fit the state of its row") // see FencedError
	ErrClosed     = errors.New("journal is closed")
)

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

// hinted is an error with a second line that says what to do.
type hinted struct {
	err  error
	hint string
}

func (h *hinted) Error() string { return h.err.Error() }
func (h *hinted) Unwrap() error { return h.err }

// Hint says what to do about the error.
func (h *hinted) Hint() string { return h.hint }

// Hint returns what the first error in err's chain that knows says to do, or "".
func Hint(err error) string {
	var h interface{ Hint() string }
	if errors.As(err, &h) {
		return h.Hint()
	}
	return ""
}

// storage makes a sentence about a file of one of the sentinels, wrapping ErrStorage, kind and cause (which may be nil).
func storage(kind error, path string, cause error, hint string) error {
	err := fmt.Errorf("%s: %w", path, both{kind})
	if cause != nil {
		err = fmt.Errorf("%s: %w: %w", path, both{kind}, cause)
	}
	return &hinted{err, hint}
}

// both reads as its error and also is ErrStorage.
type both struct{ error }

func (b both) Unwrap() []error { return []error{b.error, ErrStorage} }
