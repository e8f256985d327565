package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// errForeign says why a path is left alone.
var (
	errLink    = errors.New("it is a symbolic link, and none is followed there: what it leads to might be anybody's")
	errNoFile  = errors.New("it is no regular file")
	hintLink   = "put the file itself there, or choose another place with --journal"
	hintNoFile = "move it away, or choose another place with --journal"
)

// CheckOwn returns an error where something is at the path that is no regular file: a link, a pipe, a folder. Nothing at all is nil. Errors wrap ErrStorage.
func CheckOwn(path string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return Explain(path, err, ErrStorage)
	case info.Mode()&fs.ModeSymlink != 0:
		return Failure(ErrStorage, path, errLink, hintLink)
	case info.IsDir():
		return Failure(ErrNotFound, path, errors.New("is a folder"), "")
	case !info.Mode().IsRegular():
		return Failure(ErrStorage, path, errNoFile, hintNoFile)
	}
	return nil
}

// openOwn opens a file that belongs to a journal. It follows no link and waits for nothing: what is no regular file is refused.
func openOwn(path string, flag int) (*os.File, error) {
	if err := CheckOwn(path); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, flag|noFollow, 0o600)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s: %w", path, errNoFile)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}
