package reports

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"importer/pipeline/crashpoint"
)

// fileset is a set of files of one folder that appear together: until commit the old ones stay as they are.
type fileset struct {
	folder string
	create func(folder, pattern string) (pendingFile, error)
	named  func(folder string) error // makes the names in the folder durable
	files  []pending
	whole  bool // these are all reports of the run: none is pending any more
}

// pendingFile is what a fileset needs of a file.
type pendingFile interface {
	io.Writer
	Name() string
	Sync() error
	Close() error
}

type pending struct {
	name string
	file pendingFile
}

// newFileset makes the folder, readable by its owner only.
func newFileset(folder string) (*fileset, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("folder of the reports: %w", err)
	}
	if err := sweep(folder); err != nil {
		return nil, err
	}
	create := func(folder, pattern string) (pendingFile, error) { return os.CreateTemp(folder, pattern) } // 0600
	return &fileset{folder: folder, create: create, named: syncFolder}, nil
}

// add creates a file. Its content appears under its name only after commit.
func (s *fileset) add(name string) (io.Writer, error) {
	file, err := s.create(s.folder, "."+name+".*")
	if err != nil {
		return nil, fmt.Errorf("begin %s: %w", name, err)
	}
	crashpoint.Here("report-begun")
	s.files = append(s.files, pending{name, file})
	return file, nil
}

// write adds a file and writes it at once.
func (s *fileset) write(name string, render func(io.Writer) error) error {
	w, err := s.add(name)
	if err != nil {
		return err
	}
	if err := render(w); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// commit makes every file durable, then gives each its name, then makes the names durable. Before the first rename an error leaves
// all old files as they were.
func (s *fileset) commit() error {
	for _, p := range s.files {
		if err := p.file.Sync(); err != nil {
			return fmt.Errorf("write %s: %w", p.name, err)
		}
	}
	crashpoint.Here("report-synced")
	for len(s.files) > 0 {
		p := s.files[0]
		if err := p.file.Close(); err != nil {
			return fmt.Errorf("write %s: %w", p.name, err)
		}
		if err := os.Rename(p.file.Name(), filepath.Join(s.folder, p.name)); err != nil {
			return fmt.Errorf("name %s: %w", p.name, err)
		}
		crashpoint.Here("report-renamed")
		s.files = s.files[1:]
	}
	if s.whole {
		if err := os.Remove(filepath.Join(s.folder, PendingName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("reports are written: %w", err)
		}
	}
	return s.named(s.folder)
}

// discard removes what was not committed.
func (s *fileset) discard() error {
	var faults []error
	for _, p := range s.files {
		_ = p.file.Close() // it may be closed already, and is removed next
		faults = append(faults, os.Remove(p.file.Name()))
	}
	s.files = nil
	return errors.Join(faults...)
}

func syncFolder(folder string) error {
	dir, err := os.Open(folder)
	if err != nil {
		return fmt.Errorf("folder of the reports: %w", err)
	}
	if err := errors.Join(dir.Sync(), dir.Close()); err != nil {
		return fmt.Errorf("make names durable in %s: %w", folder, err)
	}
	return nil
}
