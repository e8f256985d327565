package sqlite

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ncruces/go-sqlite3"

	"importer/pipeline/crashpoint"
	"importer/pipeline/journal"
)

// Store is a [journal.Store] in one file.
type Store struct {
	path   string
	file   os.FileInfo // of the journal as it was opened
	marker *os.File    // nil until the schema is the newest
	marked marker      // what the journal held when it was opened
	opts   Options

	mu    sync.Mutex // held while write is used
	write *db

	readers  chan *db              // idle
	peopled  sync.Map              // accounts to their numbers, 0 where Index found nobody
	claiming sync.Map              // the same, 0 where Index found no claim
	found    sync.Map              // the same where Index found nothing that Known tells
	failure  atomic.Pointer[error] // final
}

// Options are for tests and tuning; the zero value is what a run uses.
type Options struct {
	Chunk int64         // rows that Index takes in at a time, while Append waits; 0 = 65,536
	Busy  time.Duration // how long to wait for another process's lock; 0 = 10 s
	VFS   string        // name of a registered file system of SQLite on top of the operating system's, for fault injection; "" = the latter

	SyncFolder func(dir string) error           // makes the entries of a folder durable; nil = fsync
	Link       func(file, another string) error // gives a file a second name, if nobody has it; nil = os.Link

	migrations []string // nil = those of this package; for tests
}

var _ journal.Store = (*Store)(nil)

// Open opens the journal at path, and creates it (0600, its folder 0700) when there is none. Errors are journal.ErrStorage and, where
// that is the reason, ErrNotFound, ErrNewer, ErrNotJournal, ErrCorrupt, ErrReadOnly, ErrLocked or ErrFull; they say what to do.
func Open(path string, opts Options) (*Store, error) {
	opts.Busy, opts.Chunk, opts.VFS = cmp.Or(opts.Busy, 10*time.Second), cmp.Or(opts.Chunk, 1<<16), cmp.Or(opts.VFS, crashpoint.VFS())
	if opts.SyncFolder == nil {
		opts.SyncFolder = journal.SyncFolder
	}
	if opts.Link == nil {
		opts.Link = os.Link
	}
	if opts.migrations == nil {
		opts.migrations = migrations
	}
	path, err := place(path, opts)
	if err != nil {
		return nil, explain(path, err)
	}
	journal.Sweep(filepath.Dir(path))
	s := &Store{path: path, opts: opts, readers: make(chan *db, 4)}
	if s.file, err = os.Lstat(path); err != nil {
		return nil, explain(path, err)
	}
	if s.write, err = connect(path, opts); err != nil {
		return nil, explain(path, err)
	}
	if err = prepare(s.write, path, opts); err == nil {
		err = settleNames(path, opts.SyncFolder)
	}
	if err == nil {
		err = s.migrate()
	}
	if err == nil {
		err = s.checkMarker()
	}
	if err != nil {
		s.write.close()
		return nil, explain(path, err)
	}
	return s, nil
}

// Path returns the absolute path of the journal.
func (s *Store) Path() string { return s.path }

// fail makes a storage error final. It returns what callers get: the first failure.
func (s *Store) fail(err error) error {
	err = explain(s.path, err)
	s.failure.CompareAndSwap(nil, &err)
	return s.broken()
}

// broken returns the failure, nil while there is none.
func (s *Store) broken() error {
	if err := s.failure.Load(); err != nil {
		return *err
	}
	return nil
}

// errRollback ends a transaction without a trace and without breaking the store.
type errRollback struct{ error }

func (e errRollback) Unwrap() error { return e.error }

// tx runs do in a write transaction and commits it durably. An errRollback of do rolls back and is returned unwrapped; any other error, of do
// or of the commit, breaks the store.
func (s *Store) tx(ctx context.Context, do func(d *db) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.broken(); err != nil {
		return err
	}
	if err := s.stillThere(); err != nil {
		return s.fail(err)
	}
	if err := s.write.exec("BEGIN IMMEDIATE"); err != nil {
		return s.fail(err)
	}
	commits := int64(0)
	err := do(s.write)
	if err == nil && s.marker != nil {
		err = s.write.query(`UPDATE commits SET n = n + 1 RETURNING n`).each(func(q *query) { commits = q.getInt() })
	}
	if err == nil {
		crashpoint.Here("before-commit")
		err = s.write.exec("COMMIT")
	}
	if err == nil {
		crashpoint.Here("after-commit")
		if s.marker != nil {
			s.mark(commits)
		}
		return nil
	}
	if !s.write.conn.GetAutocommit() {
		if undo := s.write.exec("ROLLBACK"); undo != nil {
			return s.fail(errors.Join(err, undo))
		}
	}
	if harmless, ok := errors.AsType[errRollback](err); ok {
		return harmless.error
	}
	return s.fail(err)
}

// stillThere returns an error where the journal is no longer at its path: what is committed to a file without a name is gone with the process.
func (s *Store) stillThere() error {
	there, err := os.Lstat(s.path)
	if err == nil && os.SameFile(s.file, there) {
		return nil
	}
	return journal.Failure(journal.ErrNotFound, s.path, errors.New("it was removed or replaced while it was in use"),
		"put it back from where it was moved, and give the same command again; nothing more was sent")
}

// read runs do, one statement or one read transaction, on a reading connection. After an error the connection is not used again; the store is
// not broken by it.
func (s *Store) read(ctx context.Context, do func(d *db) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	d, err := s.reader()
	if err != nil {
		return err
	}
	if err = do(d); err == nil {
		s.putBack(d)
		return nil
	}
	d.close()
	if harmless, ok := errors.AsType[errRollback](err); ok {
		return harmless.error
	}
	return explain(s.path, err)
}

// reader returns an idle reading connection, or a new one.
func (s *Store) reader() (*db, error) {
	if err := s.broken(); err != nil {
		return nil, err
	}
	select {
	case d := <-s.readers:
		return d, nil
	default:
	}
	d, err := connect(s.path, s.opts)
	if err != nil {
		return nil, explain(s.path, err)
	}
	if err := d.exec("PRAGMA query_only = ON"); err != nil {
		d.close()
		return nil, explain(s.path, err)
	}
	return d, nil
}

func (s *Store) putBack(d *db) {
	select {
	case s.readers <- d:
	default:
		d.close()
	}
}

// Close ends the store. The last one to close moves what is in the -wal file into the journal proper.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.write == nil {
		return nil
	}
	s.failure.CompareAndSwap(nil, &journal.ErrClosed)
	for len(s.readers) > 0 {
		(<-s.readers).close()
	}
	last, counted := s.commits()
	err := s.write.close()
	if err == nil && counted == nil {
		s.seal(last.commits)
	}
	err = errors.Join(err, s.marker.Close())
	s.write = nil
	return explain(s.path, err)
}

// explain says what an error of SQLite or of the file system means for the journal at path; the error returned is journal.ErrStorage.
func explain(path string, err error) error {
	why := journal.ErrStorage
	switch {
	case errors.Is(err, sqlite3.FULL), errors.Is(err, sqlite3.IOERR) && probeFull(filepath.Dir(path)):
		why = journal.ErrFull
	case errors.Is(err, sqlite3.NOMEM):
		why = journal.ErrMemory
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

// probeFull tries whether the folder's disk takes another mebibyte. After a failed write SQLite's driver does not return the system's reason.
func probeFull(dir string) bool {
	file, err := os.CreateTemp(dir, ".space-*")
	if err != nil {
		return journal.NoSpace(err)
	}
	defer os.Remove(file.Name())
	_, err = file.Write(make([]byte, 1<<20))
	return journal.NoSpace(errors.Join(err, file.Sync(), file.Close()))
}
