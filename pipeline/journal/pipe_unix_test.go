//go:build unix

package journal_test

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"importer/mapping/problem"
	"importer/pipeline/journal"
)

// TestPipes: a pipe in the place of a key or a lock is refused, and nobody waits for what may come out of it.
func TestPipes(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(path string) error{
		"key":  func(path string) error { _, err := journal.OpenKey(path); return err },
		"lock": func(path string) error { _, err := journal.Acquire(journal.Holder{}, path); return err },
		"copy": func(path string) error { return journal.CopyKey(path, path+".copy") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "pipe")
			if err := syscall.Mkfifo(path, 0o600); err != nil {
				t.Skip(err)
			}
			if err := open(path); !errors.Is(err, journal.ErrStorage) || problem.Hint(err) == "" {
				t.Errorf("%v, hint %q", err, problem.Hint(err))
			}
		})
	}
}
