package source

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"importer/mapping/problem"
)

// TestChangedInput changes an input after the survey, before or in the middle of the reading.
func TestChangedInput(t *testing.T) {
	list := "a,b\n" + strings.Repeat("1,2\n", 200_000)
	tests := []struct {
		name   string
		change func(path string) error
	}{
		{"appended", func(path string) error { return appendTo(path, "3,4\n") }},
		{"truncated", func(path string) error { return os.Truncate(path, 600_000) }},
		{"written over, same size", func(path string) error { return overwrite(path, "9", 790_000) }},
	}
	for _, test := range tests {
		t.Run(test.name+" before", func(t *testing.T) {
			path := write(t, "list.csv", list)
			set := survey(t, Options{}, path)
			if err := test.change(path); err != nil {
				t.Fatal(err)
			}
			_, err := set.Open()
			wantChanged(t, path, err)
		})
		t.Run(test.name+" midway", func(t *testing.T) {
			path := write(t, "list.csv", list)
			r, err := survey(t, Options{}, path).Open()
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if _, err := r.Next(); err != nil {
				t.Fatal(err)
			}
			if err := test.change(path); err != nil {
				t.Fatal(err)
			}
			rows, err := untilError(r)
			wantChanged(t, path, err)
			if rows > 150_000 {
				t.Errorf("it was told only after %d rows", rows)
			}
			_, again := r.Next()
			wantChanged(t, path, again)
		})
	}
	t.Run("written over with size and time kept", func(t *testing.T) {
		path := write(t, "list.csv", list)
		set := survey(t, Options{}, path)
		if err := overwrite(path, "9", 790_000); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, set.Files[0].info.ModTime(), set.Files[0].info.ModTime()); err != nil {
			t.Fatal(err)
		}
		r, err := set.Open()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		_, err = untilError(r)
		wantChanged(t, path, err)
	})
	t.Run("replaced by a copy with size and time kept", func(t *testing.T) {
		path := write(t, "list.csv", list)
		set := survey(t, Options{}, path)
		replacement := write(t, "copy.csv", list)
		if err := os.Chtimes(replacement, set.Files[0].info.ModTime(), set.Files[0].info.ModTime()); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(replacement, path); err != nil {
			t.Fatal(err)
		}
		_, err := set.Open()
		wantChanged(t, path, err)
	})
	t.Run("gone", func(t *testing.T) {
		path := write(t, "list.csv", list)
		set := survey(t, Options{}, path)
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if _, err := set.Open(); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("got %v", err)
		}
	})
}

// TestChangedCompressedInput changes bytes that the decompressor does not care for, or to another list of the same size.
func TestChangedCompressedInput(t *testing.T) {
	tests := []struct{ name, before, after string }{
		{"list.csv.gz", gzipped(t, "a\n1\n"), strings.Replace(gzipped(t, "a\n1\n"), "\x1f\x8b\x08\x00\x00", "\x1f\x8b\x08\x00\x01", 1)},
		{"list.csv.zst", zstandard(t, "a\n1\n"), zstandard(t, "a\n2\n")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := write(t, test.name, test.before)
			set := survey(t, Options{}, path)
			info := set.Files[0].info
			if test.before == test.after || len(test.before) != len(test.after) {
				t.Fatal("the two are the same, or not of the same size")
			}
			if err := os.WriteFile(path, []byte(test.after), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chtimes(path, info.ModTime(), info.ModTime()); err != nil {
				t.Fatal(err)
			}
			r, err := set.Open()
			if err == nil {
				defer r.Close()
				_, err = untilError(r)
			}
			wantChanged(t, path, err)
		})
	}
}

func appendTo(path, text string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

func overwrite(path, text string, at int64) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt([]byte(text), at)
	// The clock of a file system may be too coarse to show it.
	later := info.ModTime().Add(1e9)
	return errors.Join(err, f.Close(), os.Chtimes(path, later, later))
}

func untilError(r *Reader) (rows int, err error) {
	for ; ; rows++ {
		if _, err := r.Next(); err != nil {
			return rows, err
		}
	}
}

func wantChanged(t *testing.T, path string, err error) {
	t.Helper()
	var e *problem.Error
	if !errors.Is(err, ErrChanged) || !errors.As(err, &e) || e.File != path || e.Hint() == "" {
		t.Errorf("got %v", err)
	}
}

func TestReaderIsReadManyTimes(t *testing.T) {
	set := survey(t, Options{}, write(t, "1.csv", "a\n1\n2\n"), write(t, "2.csv", "a\n3\n"))
	one, err := set.Open()
	if err != nil {
		t.Fatal(err)
	}
	if row, err := one.Next(); err != nil || row.Number != 1 {
		t.Errorf("got %v, %v", row, err)
	}
	if rows := readAll(t, set); len(rows) != 3 {
		t.Errorf("%d rows", len(rows))
	}
	if row, err := one.Next(); err != nil || row.Number != 2 {
		t.Errorf("got %v, %v", row, err)
	}
	for range 2 {
		if err := one.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := one.Next(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
	ended, err := set.Open()
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		ended.Next()
	}
	for range 2 {
		if _, err := ended.Next(); err != io.EOF {
			t.Errorf("at the end: %v", err)
		}
	}
	if err := ended.Close(); err != nil {
		t.Error(err)
	}
}

func TestSpool(t *testing.T) {
	dst := filepath.Join(t.TempDir(), "stdin")
	if err := Spool(dst, strings.NewReader("a,b\n1,2\n")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(dst)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	equal(t, shorts(readAll(t, survey(t, Options{}, dst))), []string{"1 @2 4:8 1|2"})

	broken := errors.New("pipe burst")
	err = Spool(dst, io.MultiReader(strings.NewReader("other"), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), dst) {
		t.Errorf("got %v", err)
	}
	content, err := os.ReadFile(dst)
	if err != nil || string(content) != "a,b\n1,2\n" {
		t.Errorf("a failed copy left %q, %v", content, err)
	}
	if left, _ := os.ReadDir(filepath.Dir(dst)); len(left) != 1 {
		t.Errorf("it left %v", left)
	}
	if Spool(filepath.Join(dst, "x"), strings.NewReader("")) == nil {
		t.Error("a copy below a file")
	}
}

// TestAnInputThatIsTakenAway between two readings, or as the next of several, is one that has changed: it was there when it was looked at.
func TestAnInputThatIsTakenAway(t *testing.T) {
	t.Parallel()
	for name, take := range map[string]func(path string) error{
		"deleted":            os.Remove,
		"rotated away":       func(path string) error { return os.Rename(path, path+".1") },
		"emptied":            func(path string) error { return os.Truncate(path, 0) },
		"a folder in place":  func(path string) error { return errors.Join(os.Remove(path), os.Mkdir(path, 0o700)) },
		"its folder deleted": func(path string) error { return os.RemoveAll(filepath.Dir(path)) },
	} {
		dir := t.TempDir()
		first, second := filepath.Join(dir, "1.csv"), filepath.Join(dir, "lists", "2.csv")
		if err := errors.Join(os.Mkdir(filepath.Dir(second), 0o700), os.WriteFile(first, []byte("a\n1\n"), 0o600), os.WriteFile(second, []byte("a\n2\n"), 0o600)); err != nil {
			t.Fatal(err)
		}
		set := survey(t, Options{}, first, second)
		r, err := set.Open()
		if err != nil {
			t.Fatal(err)
		}
		if err := take(second); err != nil {
			t.Fatal(err)
		}
		rows, err := untilError(r)
		if wantChanged(t, second, err); rows != 1 || problem.KindOf(err) != problem.Input {
			t.Errorf("%s: %d rows, %v", name, rows, err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
	_, err := Survey(t.Context(), []Input{{Path: filepath.Join(t.TempDir(), "none.csv")}}, Options{})
	if err == nil || errors.Is(err, ErrChanged) {
		t.Errorf("never there: %v", err)
	}
}
