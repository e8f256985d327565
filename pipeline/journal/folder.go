package journal

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// MakeFolder makes a folder (0700) and those above it that are missing, each made durable in the one above it: a power cut cannot take the
// folder, and the journal with it.
func MakeFolder(dir string) error { return MakeFolderWith(dir, SyncFolder) }

// MakeFolderWith is MakeFolder with another way to make the entries of a folder durable.
func MakeFolderWith(dir string, sync func(dir string) error) error {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	above := filepath.Dir(dir)
	if above == dir {
		return nil
	}
	if err := MakeFolderWith(above, sync); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return sync(above)
}

// SyncFolder makes the entries of a folder durable. Windows has no such call, and needs none.
func SyncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
