//go:build unix

package sqlite_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"importer/pipeline/journal/sqlite"
)

// The journal is nobody's but ours: all its files 0600, its new folder 0700, whatever the umask.
func TestSQLitePermissions(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	dir := filepath.Join(t.TempDir(), "out", "deep")
	path := filepath.Join(dir, "journal.db")
	s := openAt(t, path, sqlite.Options{})
	beginTest(t, s)
	check := func() {
		t.Helper()
		files, err := filepath.Glob(path + "*")
		if err != nil || len(files) != 4 {
			t.Fatalf("files %v, %v", files, err)
		}
		for _, file := range append(files, dir, filepath.Dir(dir)) {
			info, err := os.Stat(file)
			if err != nil || info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s: %v, %v", file, info.Mode(), err)
			}
		}
	}
	check()
	s.Close()
	if err := os.Chmod(path, 0o666); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, path, sqlite.Options{})
	if _, err := s.Runs(t.Context()); err != nil {
		t.Fatal(err)
	}
	check()
}
