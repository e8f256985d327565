package source

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Spool copies r, such as standard input, to the file dst, which only its owner may read, so that it can be read more than once.
// When it returns nil the file is durable: content, name and all. On an error dst is what it was before.
func Spool(dst string, r io.Reader) (err error) {
	dir := filepath.Dir(dst)
	temp, err := os.CreateTemp(dir, ".spool-*") // CreateTemp makes files of mode 0600
	if err != nil {
		return fmt.Errorf("keep a copy of the input: %w", err)
	}
	defer func() {
		if err != nil {
			temp.Close()
			os.Remove(temp.Name())
			err = fmt.Errorf("keep a copy of the input in %s: %w", dst, err)
		}
	}()
	_, err = io.Copy(temp, r)
	rename := func() error { return os.Rename(temp.Name(), dst) }
	for _, step := range []func() error{temp.Sync, temp.Close, rename, func() error { return syncFolder(dir) }} {
		if err == nil {
			err = step()
		}
	}
	return err
}

func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
