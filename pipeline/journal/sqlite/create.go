package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"importer/pipeline/crashpoint"
	"importer/pipeline/journal"
)

// unfinished begins the names of journals that are being made, and of the files that SQLite puts beside them.
const unfinished = ".journal-"

// create makes an empty journal at path (0600, its folders 0700), where there is none. It is made under another name, whole and synced,
// before it gets its own: a crash at any moment leaves a journal or none, never a torn one. Of two importers that make one at once, one wins and
// both use it.
func create(path string, opts Options) error {
	dir := filepath.Dir(path)
	if err := journal.MakeFolderWith(dir, opts.SyncFolder); err != nil {
		return err
	}
	if wal, err := os.Stat(path + "-wal"); err == nil && wal.Size() > 0 {
		if _, err := os.Lstat(path); err == nil {
			return nil // another importer made it in the meantime, and writes
		}
		return journal.Failure(journal.ErrCorrupt, path, errors.New("it is gone, and the newest of what it held is still in the -wal file beside it"),
			"put the file back, or move the -wal file away if you mean to start without it")
	}
	if err := checkGone(path); err != nil {
		return err
	}
	file, err := os.CreateTemp(dir, unfinished+"*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	if err := errors.Join(file.Close(), write(file.Name(), opts)); err != nil {
		return err
	}
	crashpoint.Here("journal-made")
	if err := opts.Link(file.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return opts.SyncFolder(dir)
}

// write makes an empty file a journal, and returns when all of it is on the disk. Nobody else knows of the file, and nobody will use it after
// a crash, so it needs no rollback.
func write(path string, opts Options) error {
	conn, err := dial(path, opts)
	if err != nil {
		return err
	}
	err = conn.Exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL; BEGIN;` + schema +
		fmt.Sprintf(`PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT; PRAGMA journal_mode = WAL`, applicationID, newest(migrations)))
	return errors.Join(err, conn.Close())
}
