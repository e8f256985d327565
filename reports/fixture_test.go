package reports

import (
	"bytes"
	"context"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"importer/pipeline/journal"
	"importer/pipeline/journal/memory"
	"importer/pipeline/source"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files again")

// golden compares got with testdata/golden/name.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got; run with -update if it is meant):\n%s", name, diff)
	}
}

func at(second int) time.Time {
	return time.Date(2026, 3, 4, 5, 6, 0, 0, time.UTC).Add(time.Duration(second) * time.Second)
}

// keep puts a run with these records into a journal, and ends it.
func keep(t testing.TB, run journal.Run, state journal.RunState, records ...journal.Record) (journal.Store, journal.Run) {
	t.Helper()
	store, ctx := memory.New(), context.Background()
	run.Started = at(0)
	run, err := store.Begin(ctx, run)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Append(ctx, run.ID, records); err != nil {
		t.Fatal(err)
	}
	if state != journal.Running {
		if err := store.Finish(ctx, run.ID, state, at(30)); err != nil {
			t.Fatal(err)
		}
	}
	runs, err := store.Runs(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return store, runs[0]
}

func intent(row int64, attempt int) journal.Record {
	return journal.Record{Kind: journal.Intent, Row: row, Attempt: attempt, At: at(attempt)}
}

// settle is a row's status after one attempt, or after none for what is decided here.
func settle(row int64, status journal.Status, code string) journal.Record {
	r := journal.Record{Kind: journal.Settle, Row: row, Status: status, Code: code, At: at(int(row))}
	if status == journal.Created || status == journal.Exists || status == journal.Rejected {
		r.Attempt, r.HTTPStatus, r.Elapsed = 1, 201, 1234567*time.Microsecond
	}
	return r
}

// survey opens inputs as the program does.
func survey(t testing.TB, paths ...string) *source.Set {
	t.Helper()
	inputs := make([]source.Input, len(paths))
	for i, path := range paths {
		inputs[i].Path = path
	}
	set, err := source.Survey(context.Background(), inputs, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func opener(set *source.Set) func(context.Context) (Rows, error) {
	return func(context.Context) (Rows, error) { return set.Open() }
}

// numbered gives rows 1 to count, one made after the other.
type numbered struct {
	count, next int64
	cells       func(row int64) []string
	fail        error // instead of the end
	closed      bool
}

func (n *numbered) Next() (source.Row, error) {
	if n.next == n.count {
		if n.fail != nil {
			return source.Row{}, n.fail
		}
		return source.Row{}, io.EOF
	}
	n.next++
	return source.Row{Number: n.next, Line: n.next + 1, Cells: n.cells(n.next)}, nil
}

func (n *numbered) Close() error {
	n.closed = true
	return nil
}

// plain is a material over rows that need no file.
func plain(t testing.TB, store journal.Store, run journal.Run, count int64) RunData {
	t.Helper()
	return RunData{
		Folder: t.TempDir(), Run: run, States: store, Format: Format{Header: []string{"email", "name"}},
		Open: func(context.Context) (Rows, error) {
			return &numbered{count: count, cells: func(int64) []string { return []string{"a@example.com", "Anna"} }}, nil
		},
	}
}

func mustWrite(t testing.TB, m RunData) Summary {
	t.Helper()
	s, err := Write(context.Background(), m)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mustRead(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func textOf(t testing.TB, s Summary) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := s.Text(&b, 80); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
