package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"importer/pipeline/source"
	"importer/reports"
)

func isEOF(err error) bool { return errors.Is(err, io.EOF) }

// spooledName begins the names of copies of standard input that lie in --out.
const spooledName = ".stdin-"

// orphans are copies of standard input that were last written before a time and that no run has taken: their commands were killed.
func orphans(dir string, before time.Time) (paths []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, gently(err)
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
// has a folder. A run that is taken up again has its copy there, and nothing is read.
func (a *app) spool(ctx context.Context, w *work) error {
	for i := range w.inputs {
		if w.inputs[i].Name != "-" {
			continue
		}
		if _, err := os.Stat(w.inputs[i].Path); w.inputs[i].Path != "" && err == nil {
			continue
		}
		if w.spooled != "" {
			return usage(errors.New("standard input is named twice"), "name - once")
		}
		dir := a.path(w.knobs.out)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return &failure{reports.ExitStorage, fmt.Errorf("folder of the reports: %w", err), "choose another folder with --out"}
		}
		w.spooled = filepath.Join(dir, spooledName+a.Nonce())
		if err := source.Spool(w.spooled, &interruptedReader{ctx, a.Stdin}); err != nil {
			w.spooled = ""
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			return storage(err)
		}
		w.inputs[i].Path = w.spooled
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
func (a *app) keepSpooled(w *work, folder string) error {
	if w.spooled == "" {
		return nil
	}
	to := a.absolute(filepath.Join(folder, "stdin"))
	if err := os.Rename(w.spooled, to); err != nil {
		return storage(err)
	}
	for i := range w.inputs {
		if w.inputs[i].Name == "-" {
			w.inputs[i].Path = to
			w.set.Files[i].Path = to
		}
	}
	w.spooled = ""
	return nil
}

// dropSpooled removes a copy of standard input that no run has taken.
func (w *work) dropSpooled() error {
	if w.spooled == "" {
		return nil
	}
	return os.Remove(w.spooled)
}
