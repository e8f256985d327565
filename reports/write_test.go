package reports

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"importer/pipeline/journal"
)

// contents are the files of a folder, by name.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, e := range entries {
		all[e.Name()] = string(mustRead(t, filepath.Join(folder, e.Name())))
	}
	return all
}

func TestFilesBelongToTheirOwner(t *testing.T) {
	m := listRun(t)
	m.Folder = filepath.Join(m.Folder, "new")
	mustWrite(t, m)
	for name := range contents(t, m.Folder) {
		if info, err := os.Stat(filepath.Join(m.Folder, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	if info, err := os.Stat(m.Folder); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v, %v", info.Mode(), err)
	}
}

// Written again, and again after the files are gone, they are the same: reports are a view.
func TestFilesAreAView(t *testing.T) {
	m := listRun(t)
	mustWrite(t, m)
	first := contents(t, m.Folder)
	if len(first) != 4 {
		t.Fatalf("%d files, want 4: nothing else may be left behind", len(first))
	}
	mustWrite(t, m)
	second := contents(t, m.Folder)
	for name := range first {
		if err := os.Remove(filepath.Join(m.Folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	mustWrite(t, m)
	third := contents(t, m.Folder)
	for name := range first {
		if first[name] != second[name] || first[name] != third[name] {
			t.Errorf("%s differs", name)
		}
	}
}

func TestAFailedWriteLeavesTheOldFiles(t *testing.T) {
	broken := errors.New("the input is gone")
	m := listRun(t)
	mustWrite(t, m)
	before := contents(t, m.Folder)
	var rows *numbered
	m.Open = func(context.Context) (Rows, error) {
		rows = &numbered{count: 5000, fail: broken, cells: func(int64) []string { return make([]string, 6) }}
		return rows, nil
	}
	m.Key = nil
	if _, err := Write(context.Background(), m); !errors.Is(err, broken) || !strings.Contains(err.Error(), "after row 5000") {
		t.Errorf("got %v", err)
	}
	if !rows.closed {
		t.Error("the input stays open")
	}
	if after := contents(t, m.Folder); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("the folder changed: %v", after)
	}
}

// full is a file on a disk with room for a number of bytes, and one that may refuse to sync.
type full struct {
	pendingFile
	room *int
	sync error
}

func (f full) Write(p []byte) (int, error) {
	if *f.room -= len(p); *f.room < 0 {
		return 0, errors.New("no space left on device")
	}
	return f.pendingFile.Write(p)
}

func (f full) Sync() error { return errors.Join(f.sync, f.pendingFile.Sync()) }

func TestAFullDiskLeavesTheOldFiles(t *testing.T) {
	m := listRun(t)
	mustWrite(t, m)
	before, size := contents(t, m.Folder), 0
	for _, text := range before {
		size += len(text)
	}
	m.Limits += " of another life" // what is written would differ, and is longer
	for limit := 0; limit < size; limit += 997 {
		room := limit
		attempt(t, m, full{room: &room}, "no space left on device")
		if after := contents(t, m.Folder); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Fatalf("the folder changed with room for %d bytes", limit)
		}
	}
	room := 10 * size
	attempt(t, m, full{room: &room, sync: errors.New("input/output error")}, "input/output error")
	if after := contents(t, m.Folder); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Error("a file that did not sync got its name")
	}
}

func attempt(t *testing.T, m RunData, disk full, want string) {
	t.Helper()
	files, err := newFileset(m.Folder)
	if err != nil {
		t.Fatal(err)
	}
	create := files.create
	files.create = func(folder, pattern string) (pendingFile, error) {
		file, err := create(folder, pattern)
		return full{file, disk.room, disk.sync}, err
	}
	if _, err := write(context.Background(), &m, files); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %q", err, want)
	}
	if err := files.discard(); err != nil {
		t.Error(err)
	}
}

func TestWriteHearsTheContext(t *testing.T) {
	store, run := keep(t, journal.Run{Name: "r"}, journal.Running)
	ctx, cancel := context.WithCancelCause(context.Background())
	enough := errors.New("enough")
	m := plain(t, states{Store: store}, run, 0)
	m.Open = func(context.Context) (Rows, error) {
		return &numbered{count: 1 << 40, cells: func(row int64) []string {
			if row == 3000 {
				cancel(enough)
			}
			return []string{"", ""}
		}}, nil
	}
	if _, err := Write(ctx, m); !errors.Is(err, enough) {
		t.Errorf("got %v", err)
	}
}

// streamed is a journal that makes its states one after the other: every third row is settled, every sixth in doubt, the rest unknown.
type streamed struct {
	journal.Store
	count int64
}

func (s streamed) Rows(context.Context, int64, int64) iter.Seq2[journal.RowState, error] {
	return func(yield func(journal.RowState, error) bool) {
		for row := int64(3); row <= s.count; row += 3 {
			r := settle(row, journal.Created, "")
			if row%2 == 0 {
				r = settle(row, journal.InDoubt, journal.CodeOutcomeUnknown)
			}
			if !yield(journal.RowState{Record: r}, nil) {
				return
			}
		}
	}
}

func (s streamed) Counts(context.Context, int64) ([]journal.Count, error) {
	return []journal.Count{{Status: journal.Created, Rows: s.count/3 - s.count/6}, {Status: journal.InDoubt, Rows: s.count / 6}}, nil
}

// The memory that a merge holds on to does not grow with the rows.
func TestMergeInBoundedMemory(t *testing.T) {
	const rows = 200_000
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var most uint64
	m := plain(t, streamed{count: rows}, journal.Run{ID: 1, Name: "r", State: journal.Complete}, 0)
	m.Open = func(context.Context) (Rows, error) {
		return &numbered{count: rows, cells: func(row int64) []string {
			if row%50_000 == 0 {
				runtime.GC()
				runtime.ReadMemStats(&now)
				most = max(most, now.HeapAlloc)
			}
			return []string{fmt.Sprintf("customer-%d@example.com", row), "Anna"}
		}}, nil
	}
	s := mustWrite(t, m)
	if err := s.Check(); err != nil {
		t.Error(err)
	}
	const sum = "sum: 200000 read = 33333 created + 33333 in_doubt + 133334 unsent"
	if s.Sum() != sum {
		t.Errorf("%s, want %s", s.Sum(), sum)
	}
	if grown := int64(most) - int64(before.HeapAlloc); grown > 8<<20 {
		t.Errorf("the heap grew by %d KiB while rows passed", grown>>10)
	}
	picked, err := Select(ReadResults(s.Files.Results), Pick{})
	if err != nil || picked.Len() != 133_334 {
		t.Errorf("picked %d, %v", picked.Len(), err)
	}
}
