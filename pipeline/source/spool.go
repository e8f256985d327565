package source

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Spool copies r, such as standard input, to the file dst, which only its owner may read, so that it can be read more than once.
// When it returns nil the file is durable: content, name and all. On an error dst is what it was before.
func Spool(dst string, r io.Reader) error {
	dir := filepath.Dir(dst)
	temp, err := os.CreateTemp(dir, ".spool-*") // CreateTemp makes files of mode 0600
	if err == nil {
		_, err = io.Copy(temp, r)
		if err = errors.Join(err, temp.Sync(), temp.Close()); err == nil {
			err = os.Rename(temp.Name(), dst)
		}
		if err != nil {
			os.Remove(temp.Name())
		} else {
			err = syncFolder(dir)
		}
	}
	if err != nil {
		return fmt.Errorf("keep a copy of the input in %s: %w", dst, err)
	}
	return nil
}

func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
