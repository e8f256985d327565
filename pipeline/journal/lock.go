package journal

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"importer/mapping/problem"
)

// Holder says who holds a lock.
type Holder struct {
	PID   int       `json:"pid"`
	Since time.Time `json:"since"`
	Run   string    `json:"run"` // its name; "" while it is not known yet
}

// Lock is held by the one process that may run on an account. It ends with Release or with the process, however that ends: the lock of a
// process that has ended is free. It is the kernel's lock on the file. The file's text only says who holds it, and the file stays.
type Lock struct {
	file   *flock.Flock
	path   string
	holder Holder
}

// Acquire takes the lock file at path, and creates it (0600, its folder 0700) when there is none. ErrRunning says that another process,
// or another Lock of this one, holds it, and which; any other error wraps ErrStorage. A zero PID of h is filled in.
func Acquire(path string, h Holder) (*Lock, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, Explain(path, err, ErrStorage)
	}
	l := &Lock{file: flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600)), path: path}
	held, err := l.file.TryLock()
	if err != nil {
		return nil, Explain(path, err, ErrStorage)
	}
	if !held {
		return nil, running(path)
	}
	h.PID = cmp.Or(h.PID, os.Getpid())
	if err := l.write(h); err != nil {
		return nil, errors.Join(err, l.file.Close())
	}
	return l, nil
}

// SetRun writes the run's name into the file, for others.
func (l *Lock) SetRun(name string) error {
	h := l.holder
	h.Run = name
	return l.write(h)
}

// write says who holds the lock. The file is the locked one itself, so it is written in place; a reader of half a line learns less.
func (l *Lock) write(h Holder) error {
	line, err := json.Marshal(h)
	if err == nil {
		err = os.WriteFile(l.path, append(line, '\n'), 0o600)
	}
	if err != nil {
		return Explain(l.path, err, ErrStorage)
	}
	l.holder = h
	return nil
}

// running says who holds the lock, as far as the file says.
func running(path string) error {
	var h Holder
	err := fmt.Errorf("%w: %s is locked", ErrRunning, path)
	if text, _ := os.ReadFile(path); json.Unmarshal(text, &h) == nil && h.PID != 0 {
		err = &heldError{h}
	}
	return problem.Wrap(problem.Busy, err, "wait until it has ended, as --wait 2h does, or stop it with Ctrl-C or SIGTERM")
}

// Remove deletes the lock's file and frees it, where nobody will take it again; the second call does nothing.
func (l *Lock) Remove() error {
	if !l.file.Locked() {
		return nil
	}
	err := os.Remove(l.path) // first: whoever opens it meanwhile looks whether it is held
	if closed := l.file.Close(); err != nil {
		err = errors.Join(closed, os.Remove(l.path)) // where a file that is open cannot be removed
	}
	return Explain(l.path, err, ErrStorage)
}

// heldError is ErrRunning with who holds the lock.
type heldError struct{ holder Holder }

func (e *heldError) Error() string {
	text := fmt.Sprintf("%v: process %d since %s", ErrRunning, e.holder.PID, e.holder.Since.UTC().Format(time.DateTime+" UTC"))
	if e.holder.Run != "" {
		text += fmt.Sprintf(", run %q", e.holder.Run)
	}
	return text
}

func (e *heldError) Unwrap() error { return ErrRunning }

// HolderOf is who holds the lock that err, of Acquire, says is held; false where it is another error, or the file did not say.
func HolderOf(err error) (Holder, bool) {
	if held, ok := errors.AsType[*heldError](err); ok {
		return held.holder, true
	}
	return Holder{}, false
}

// Release frees the lock; the second call does nothing.
func (l *Lock) Release() error {
	if !l.file.Locked() {
		return nil
	}
	_ = os.Truncate(l.path, 0) // only for tidiness: the text means nothing when nobody holds the lock
	return Explain(l.path, l.file.Close(), ErrStorage)
}
