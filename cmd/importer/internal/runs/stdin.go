package runs

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"importer/pipeline/source"
)

// spooledName begins the names of copies of standard input that lie in --out.
const spooledName = ".stdin-"

// orphans are copies of standard input that were last written before a time and that no run has taken: their commands were killed.
func orphans(dir string, before time.Time) (paths []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			err = nil
		}
		return nil, err
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), spooledName) {
			continue
		}
		if info, err := entry.Info(); err == nil && info.ModTime().Before(before) {
			paths = append(paths, filepath.Join(dir, entry.Name()))
		}
	}
	return paths, nil
}

// spool keeps a copy of standard input, where one of the inputs is that, so that it can be read more than once. It lies in --out until the run
// has a folder. A run that is resumed has its copy there, and nothing is read.
func (c *call) spool(ctx context.Context, s *setup) error {
	for i := range s.inputs {
		if s.inputs[i].Name != "-" {
			continue
		}
		if _, err := os.Stat(s.inputs[i].Path); s.inputs[i].Path != "" && err == nil {
			continue
		}
		if s.spooled != "" {
			return usage("standard input is named twice", "name - once")
		}
		dir := c.Path(s.options.Out)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return noFolder(err)
		}
		s.spooled = filepath.Join(dir, spooledName+c.Nonce())
		if err := source.Spool(s.spooled, &interruptedReader{ctx, c.Stdin}); err != nil {
			s.spooled = ""
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			return storage(err)
		}
		s.inputs[i].Path = s.spooled
	}
	return nil
}

// interruptedReader ends reading when its context does. A read that waits for a pipe is not woken.
type interruptedReader struct {
	ctx context.Context
	io.Reader
}

func (r *interruptedReader) Read(p []byte) (int, error) {
	if r.ctx.Err() != nil {
		return 0, context.Cause(r.ctx)
	}
	return r.Reader.Read(p)
}

// keepSpooled moves the copy of standard input into the run's folder.
func (c *call) keepSpooled(s *setup, folder string) error {
	if s.spooled == "" {
		return nil
	}
	to := c.absolute(filepath.Join(folder, stdinName))
	if err := os.Rename(s.spooled, to); err != nil {
		return storage(err)
	}
	for i := range s.inputs {
		if s.inputs[i].Name == "-" {
			s.inputs[i].Path = to
		}
	}
	for i := range s.set.Files { // of which a workbook may be several
		if s.set.Files[i].Path == s.spooled {
			s.set.Files[i].Path = to
		}
	}
	s.spooled = ""
	return nil
}

// dropSpooled removes a copy of standard input that no run has taken.
func (s *setup) dropSpooled() error {
	if s.spooled == "" {
		return nil
	}
	return os.Remove(s.spooled)
}
