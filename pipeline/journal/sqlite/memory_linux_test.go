package sqlite_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/pipeline/journal/sqlite"
)

const shortOfMemory = "JOURNAL_SHORT_OF_MEMORY"

// TestShortOfMemory opens a journal in a process that may not have the address space of one more connection: an error that says so, and no panic.
func TestShortOfMemory(t *testing.T) {
	if path := os.Getenv(shortOfMemory); path != "" {
		fmt.Printf("opened with: %v\n", openShort(path))
		return
	}
	child := exec.Command(os.Args[0], "-test.run", "^TestShortOfMemory$")
	child.Env = append(os.Environ(), shortOfMemory+"="+filepath.Join(t.TempDir(), "journal.db"))
	said, err := child.CombinedOutput()
	if err != nil || !strings.Contains(string(said), "opened with: <nil>") {
		t.Errorf("%v\n%s", err, said)
	}
}

// openShort opens the journal under a limit, and returns nil where that fails as it should.
func openShort(path string) error {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return err
	}
	var pages uint64
	if _, err := fmt.Sscan(string(text), &pages); err != nil {
		return err
	}
	const room = 160 << 20 // for Go itself; a connection takes 256 MiB
	most := pages*uint64(os.Getpagesize()) + room
	if err := syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
		return err
	}
	s, err := sqlite.Open(path, sqlite.Options{})
	switch {
	case err == nil:
		return errors.Join(errors.New("it was opened"), s.Close())
	case !errors.Is(err, journal.ErrMemory) || !strings.Contains(problem.Hint(err), "address space"):
		return fmt.Errorf("not what was expected: %w", err)
	}
	return nil
}
