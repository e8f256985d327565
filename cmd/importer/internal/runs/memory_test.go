package runs_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"importer/cmd/importer/internal/runs"
	"importer/pipeline/journal"
)

// What a check holds when its last row is placed does not grow with the rows, whether they are invalid, duplicates or ready. Nine times the rows may hold
// a few MiB more: states and lists of who was seen up to the size at which they go to disk.
func TestACheckInBoundedMemory(t *testing.T) {
	short, long := heldByCheck(t, 10_000), heldByCheck(t, 90_000)
	if grown := int64(long) - int64(short); grown > 10<<20 {
		t.Errorf("10,000 rows hold %d KiB, 90,000 %d KiB", short>>10, long>>10)
	}
}

// heldByCheck is the heap of a check when its last row is placed. Of six rows four are invalid, one is ready, and one is its duplicate.
func heldByCheck(t *testing.T, rows int) (heap uint64) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	list, err := os.Create(filepath.Join(dir, "list.csv"))
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(list)
	fmt.Fprintln(w, "email,first_name,last_name")
	for i := range rows {
		person, at := i-i%6, "@"
		if i%6 > 1 {
			person, at = i, "."
		}
		fmt.Fprintf(w, "ann.%d%sexample.com,Ann,Miller\n", person, at)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := list.Close(); err != nil {
		t.Fatal(err)
	}
	service := runs.New(runs.Config{Program: "importer", Dir: dir, State: t.TempDir(), Now: time.Now, Nonce: func() string { return "n" },
		LookupEnv: func(string) (string, bool) { return "", false }})
	observe := func(event runs.Event) {
		if _, ended := event.(runs.Ended); ended {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			heap = m.HeapAlloc
		}
	}
	request := runs.Request{Options: map[string]string{"vendor": "thanx"}, Observe: observe}
	result, err := service.Check(t.Context(), runs.CheckRequest{Request: request, Inputs: []string{"list.csv"}})
	if err != nil {
		t.Fatal(err)
	}
	counts, sixth := result.Summary.Counts, int64(rows)/6
	if invalid := counts[journal.Invalid]; invalid < 4*sixth || invalid > 4*sixth+4 || counts[journal.Duplicate] < sixth || counts.Sum() != int64(rows) {
		t.Errorf("%d rows: %v", rows, counts)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "importer-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	return heap
}
