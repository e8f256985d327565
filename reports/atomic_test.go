package reports

import (
	"os"
	"path/filepath"
	"testing"
)

// TestNamesAreMadeDurable: after a power cut a rename counts only when the folder was synced after it.
func TestNamesAreMadeDurable(t *testing.T) {
	files, err := newFileset(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := files.add("a"); err != nil {
		t.Fatal(err)
	}
	if _, err := files.add("b"); err != nil {
		t.Fatal(err)
	}
	synced, real := 0, files.named
	files.named = func(folder string) error {
		synced++
		for _, name := range []string{"a", "b"} {
			if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
				t.Errorf("the folder is synced before %s has its name", name)
			}
		}
		return real(folder)
	}
	if err := files.commit(); err != nil {
		t.Fatal(err)
	}
	if synced != 1 {
		t.Errorf("the folder was synced %d times", synced)
	}
}
