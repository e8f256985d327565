package reports

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"importer/mapping/problem"
	"importer/pipeline/journal"
)

func liveLines(t *testing.T, path string, rows ...int64) {
	t.Helper()
	live, err := OpenLive(path)
	if err != nil {
		t.Fatal(err)
	}
	for batch := range slices.Chunk(rows, 2) {
		var lines []Line
		for _, row := range batch {
			lines = append(lines, NewLine(settle(row, journal.Created, ""), "k"))
		}
		if err := live.Append(lines); err != nil {
			t.Fatal(err)
		}
	}
	if err := live.Close(); err != nil {
		t.Fatal(err)
	}
}

func rowsOf(t *testing.T, path string) (rows []int64) {
	t.Helper()
	for line, err := range ReadResults(path) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, int64(line.Row))
	}
	return rows
}

func TestLiveGrowsAndGoesOn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run", ResultsName)
	liveLines(t, path)
	if got := rowsOf(t, path); got != nil {
		t.Errorf("a new file has rows %v", got)
	}
	liveLines(t, path, 3, 1, 2)
	liveLines(t, path, 5, 4)
	if got, want := rowsOf(t, path), []int64{3, 1, 2, 5, 4}; !slices.Equal(got, want) {
		t.Errorf("rows %v, want %v", got, want)
	}
	for name, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want %v", name, info.Mode().Perm(), err, want)
		}
	}
}

// A crash may cut the file anywhere. What is whole stays, and what is added is readable.
func TestLiveAfterACrash(t *testing.T) {
	path := filepath.Join(t.TempDir(), ResultsName)
	liveLines(t, path, 1, 2)
	whole := mustRead(t, path)
	for cut := range len(whole) + 1 {
		if err := os.WriteFile(path, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		liveLines(t, path, 9)
		kept := strings.Count(string(whole[:cut]), "\n") - 1 // lines behind the header
		want := append([]int64{1, 2}[:max(kept, 0):2], 9)
		if got := rowsOf(t, path); !slices.Equal(got, want) {
			t.Fatalf("cut at %d: rows %v, want %v", cut, got, want)
		}
	}
}

func TestLiveRefusesAnotherFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), ResultsName)
	const theirs = "my,own,table\n1,2,3\n4,5,6" // no line end
	if err := os.WriteFile(path, []byte(theirs), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenLive(path); err == nil || problem.Hint(err) != "move it away" {
		t.Errorf("got %v", err)
	}
	if got := string(mustRead(t, path)); got != theirs {
		t.Errorf("it was changed: %q", got)
	}
}

func TestLiveKeepsItsFirstError(t *testing.T) {
	live, err := OpenLive(filepath.Join(t.TempDir(), ResultsName))
	if err != nil {
		t.Fatal(err)
	}
	if err := live.Close(); err != nil {
		t.Fatal(err)
	}
	lines := []Line{NewLine(settle(1, journal.Created, ""), "")}
	first := live.Append(lines)
	if first == nil {
		t.Fatal("written to a closed file")
	}
	if again := live.Append(lines); again != first {
		t.Errorf("got %v, then %v", first, again)
	}
}
