package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestAnEditedFailedFileIsKept: what a person has fixed is moved aside, never overwritten; what nobody touched is replaced.
func TestAnEditedFailedFileIsKept(t *testing.T) {
	folder := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	keep := func(next string) string {
		t.Helper()
		last, _ := ReadSummary(folder)
		to, err := keepEdited(folder, FailedName, last.Files.Digest, next)
		if err != nil {
			t.Fatal(err)
		}
		return to
	}
	if to := keep("x"); to != "" {
		t.Errorf("nothing is kept as %s", to)
	}
	put(FailedName, "as written\n")
	is, err := digestOf(filepath.Join(folder, FailedName))
	if err != nil {
		t.Fatal(err)
	}
	put(SummaryName, `{"files": {"failed_sha256": "`+is+`"}}`)
	if to := keep("x"); to != "" {
		t.Errorf("an untouched file is kept as %s", to)
	}
	for _, edited := range []string{"fixed\n", "fixed again\n"} {
		put(FailedName, edited)
		if err := os.Chtimes(filepath.Join(folder, FailedName), time.Unix(1_800_000_000, 0), time.Unix(1_800_000_000, 0)); err != nil {
			t.Fatal(err)
		}
		to := keep("x")
		text, err := os.ReadFile(to)
		if err != nil || string(text) != edited || !strings.HasPrefix(filepath.Base(to), "failed-edited-") {
			t.Errorf("kept %q at %s: %v", text, to, err)
		}
	}
	put(FailedName, "as written\n")
	put(SummaryName, "{")
	if to := keep(is); to != "" {
		t.Errorf("a file that would be written the same is kept as %s", to)
	}
	if to := keep("x"); to == "" {
		t.Error("without a summary nobody knows whether the file was edited: it is to be kept")
	}
}

// TestKeptAs: a file that was moved aside is found by its digest, whatever else was kept there; where it is nowhere, the path stays.
func TestKeptAs(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, FailedName)
	for name, text := range map[string]string{FailedName: "new\n", "failed-edited-20260101T000000Z.csv": "other\n", "failed-edited-20260101T000000Z-2.csv": "fixed\n",
		"failed-edited-20260101T000000Z.xlsx": "book\n", "failed-code-edited-20260101T000000Z.csv": "of a code\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for text, want := range map[string]string{"new\n": FailedName, "other\n": "failed-edited-20260101T000000Z.csv", "fixed\n": "failed-edited-20260101T000000Z-2.csv",
		"book\n": FailedName, "of a code\n": FailedName, "nowhere\n": FailedName} {
		sum := sha256.Sum256([]byte(text))
		if got := KeptAs(path, func(is string) bool { return is == hex.EncodeToString(sum[:]) }); got != filepath.Join(folder, want) {
			t.Errorf("%q is at %s, want %s", text, got, want)
		}
	}
	if gone := filepath.Join(folder, "gone", FailedName); KeptAs(gone, func(string) bool { return true }) != gone {
		t.Error("a folder that is gone")
	}
}
