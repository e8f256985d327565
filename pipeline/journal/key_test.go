package journal_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"importer/mapping/problem"
	"importer/pipeline/journal"
)

// The digest is fixed: journals outlive versions. The value was made by another implementation of HMAC-SHA-256.
func TestKeyDigest(t *testing.T) {
	key := journal.NewKey([]byte("0123456789abcdef0123456789abcdef"))
	if got, want := fmt.Sprintf("%x", key.Identity("j@example.com")), "99be538878a0e7e5824b1e9d2c7a428b"; got != want {
		t.Errorf("identity is %s, want %s", got, want)
	}
	seen := map[journal.Digest]string{}
	other := journal.NewKey(nil)
	for name, d := range map[string]journal.Digest{
		"a": key.Identity("a"), "a, empty": key.Identity("a", ""), "empty, a": key.Identity("", "a"), "none": key.Identity(),
		"ab": key.Identity("ab"), "a, b": key.Identity("a", "b"), "content a": key.Content("a"), "content a, b": key.Content("a", "b"), "job a": key.Job("a"), "input a": key.Input([]byte("a")), "option a": key.Option("a", ""), "option empty, a": key.Option("", "a"),
		"other key": other.Identity("a"), "other random key": journal.NewKey(nil).Identity("a"),
		"length inside": key.Identity("\x00\x00\x00\x00\x00\x00\x00\x01a"),
	} {
		if before, ok := seen[d]; ok {
			t.Errorf("%s has the digest of %s", name, before)
		}
		seen[d] = name
	}
	if first, second := key.Identity("a"), key.Identity("a"); first != second {
		t.Error("a digest is not repeatable")
	}
	for _, text := range []string{fmt.Sprint(key), fmt.Sprintf("%v %+v %#v %s %x", key, key, key, key, key)} {
		if strings.Contains(text, "0123456789abcdef") || strings.Contains(text, "30313233") {
			t.Errorf("the key prints itself: %s", text)
		}
	}
}

func TestKeyConcurrent(t *testing.T) {
	key := journal.NewKey(nil)
	want := key.Content("a", "b")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 1000 {
				if key.Content("a", "b") != want {
					t.Error("digests mix")
				}
			}
		})
	}
	wg.Wait()
}

// Many that open a key at once make one; it lasts, and is nobody else's.
func TestOpenKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out", "journal.key")
	var wg sync.WaitGroup
	digests := make([]journal.Digest, 8)
	for i := range digests {
		wg.Go(func() {
			key, err := journal.OpenKey(path)
			if err != nil {
				t.Error(err)
				return
			}
			digests[i] = key.Identity("a")
		})
	}
	wg.Wait()
	again, err := journal.OpenKey(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range digests {
		if d != again.Identity("a") {
			t.Errorf("opening %d made a key of its own", i)
		}
	}
	files, _ := os.ReadDir(filepath.Dir(path))
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() != 32 || len(files) != 1 {
		t.Errorf("file %v, folder %v, %v", info, files, err)
	}
}

func TestOpenKeyRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		size int
		mode os.FileMode
		text string
	}{
		"readable by the group": {32, 0o640, "may be read by others (mode 0640)"}, "readable by all": {32, 0o604, "may be read by others"},
		"short": {31, 0o600, "not 32 bytes"}, "long": {33, 0o600, "not 32 bytes"}, "empty": {0, 0o600, "not 32 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "journal.key")
			if err := errors.Join(os.WriteFile(path, make([]byte, c.size), 0o600), os.Chmod(path, c.mode)); err != nil {
				t.Fatal(err)
			}
			_, err := journal.OpenKey(path)
			if !errors.Is(err, journal.ErrStorage) || !strings.Contains(fmt.Sprint(err), c.text) || !strings.Contains(fmt.Sprint(err), path) || problem.Hint(err) == "" {
				t.Errorf("error %v, hint %q", err, problem.Hint(err))
			}
		})
	}
	if _, err := journal.OpenKey("/sys/kernel/journal.key"); !errors.Is(err, journal.ErrStorage) {
		t.Errorf("unwritable folder: %v", err)
	}
}

func BenchmarkDigest(b *testing.B) {
	key, cells := journal.NewKey(nil), []string{strings.Repeat("a", 120), strings.Repeat("b", 80)}
	b.ReportAllocs()
	for b.Loop() {
		key.Content(cells...)
	}
}
