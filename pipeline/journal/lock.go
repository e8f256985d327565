package journal

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
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
// process that has ended is free. It is the kernel's lock on one file or several. Their text only says who holds them, and the files stay. Its methods may be called
// by several goroutines at once.
type Lock struct {
	mu     sync.Mutex // guards both
	files  []*flock.Flock
	holder Holder
}

// Acquire takes the lock files at the paths, in this order, all or none, and creates those (0600, their folders 0700) that are not there. ErrRunning says
// that another process, or another Lock of this one, holds one of them, and which; any other error wraps ErrStorage. A path that leads through a link at
// its end is refused. A zero PID of h is filled in. A path may be given twice.
func Acquire(h Holder, paths ...string) (*Lock, error) {
	h.PID = cmp.Or(h.PID, os.Getpid())
	l := &Lock{holder: h}
	for i, path := range paths {
		if i > 0 && path == paths[i-1] {
			continue
		}
		if err := l.take(path); err != nil {
			return nil, errors.Join(err, l.Release())
		}
	}
	return l, nil
}

// take adds a file to the lock.
func (l *Lock) take(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return Explain(path, err, ErrStorage)
	}
	if err := CheckOwn(path); err != nil {
		return err
	}
	file := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR|noFollow), flock.SetPermissions(0o600))
	held, err := file.TryLock()
	if err != nil {
		return Explain(path, err, ErrStorage)
	}
	if !held {
		return running(path)
	}
	l.files = append(l.files, file)
	if !isAt(file) { // it was removed between opening and locking: whoever comes next makes another
		return running(path)
	}
	return l.write(file)
}

// isAt reports whether a lock's file is still the one at its path.
func isAt(file *flock.Flock) bool {
	held, err := file.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(file.Path())
	return err == nil && os.SameFile(held, there)
}

// Check returns an error, which wraps ErrStorage, where a file of the lock is no longer at its path: then another process may have made one there
// and hold it, and nothing more may be sent.
func (l *Lock) Check() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, file := range l.files {
		if !isAt(file) {
			return Failure(ErrStorage, file.Path(), errors.New("the lock was removed or replaced while the run was under way: another importer may run on this account"),
				"see that no other importer runs on the account, then give the same command again: it continues where the run stopped")
		}
	}
	return nil
}

// SetRun writes the run's name into the files, for others.
func (l *Lock) SetRun(name string) (err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.holder.Run = name
	for _, file := range l.files {
		err = errors.Join(err, l.write(file))
	}
	return err
}

// write says who holds the lock. The file is the locked one itself, so it is written in place; a reader of half a line learns less.
func (l *Lock) write(file *flock.Flock) error {
	line, err := json.Marshal(l.holder)
	if err == nil {
		err = overwrite(file, append(line, '\n'))
	}
	return Explain(file.Path(), err, ErrStorage)
}

// overwrite puts a text into a lock's file.
func overwrite(file *flock.Flock, text []byte) error {
	if !isAt(file) {
		return errors.New("the lock was removed or replaced")
	}
	f, err := openOwn(file.Path(), os.O_WRONLY|os.O_TRUNC)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
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
func (l *Lock) Release() error { return l.free(false) }

// Remove deletes the lock's files and frees them, where nobody will take them again; the second call does nothing.
func (l *Lock) Remove() error { return l.free(true) }

func (l *Lock) free(remove bool) (err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, file := range l.files {
		ours := isAt(file)
		switch {
		case ours && remove:
			gone := os.Remove(file.Path()) // first: whoever opens it meanwhile looks whether it is held
			if closed := file.Close(); gone != nil {
				gone = errors.Join(closed, os.Remove(file.Path())) // where a file that is open cannot be removed
			}
			err = errors.Join(err, Explain(file.Path(), gone, ErrStorage))
			continue
		case ours:
			_ = overwrite(file, nil) // only for tidiness: the text means nothing when nobody holds the lock
		}
		err = errors.Join(err, Explain(file.Path(), file.Close(), ErrStorage))
	}
	l.files = nil
	return err
}
