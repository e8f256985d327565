package sqlite_test

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"importer/pipeline/journal"
	"importer/pipeline/journal/journaltest"
	"importer/pipeline/journal/sqlite"
)

const childWorkers = 16

// TestChild is no test but what a child process does: it goes on until it is killed.
func TestChild(t *testing.T) {
	path := os.Getenv(journaltest.ChildPath)
	if path == "" {
		t.Skip("run by other tests")
	}
	go func() {
		io.Copy(io.Discard, os.Stdin) // its parent is gone
		os.Exit(1)
	}()
	out := os.NewFile(3, "out")
	if n := os.Getenv("JOURNAL_WRITE"); n != "" {
		childMigrates(t, path, n, out)
	}
	childWrites(t, path, out)
}

// childWrites is an import without a vendor: it resumes the one run of the journal, or begins it, and tells each durable step once it is
// acknowledged: kind, row, attempt as 8 bytes each.
func childWrites(t *testing.T, path string, out io.Writer) {
	s := openAt(t, path, sqlite.Options{})
	runs, err := s.Runs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	run, next := int64(1), int64(1)
	var todo []journal.RowState
	if len(runs) == 0 {
		run = beginTest(t, s)
	}
	for st, err := range s.Rows(t.Context(), run, 1) {
		if err != nil {
			t.Fatal(err)
		}
		next = st.Row + 1
		if st.Kind != journal.Settle {
			todo = append(todo, st)
		}
	}
	w := journal.NewWriter(s, run, journal.WriterOptions{OnDurable: func(recs []journal.Record) {
		var told bytes.Buffer
		for _, r := range recs {
			binary.Write(&told, binary.LittleEndian, []int64{int64(r.Kind), r.Row, int64(r.Attempt)})
		}
		out.Write(told.Bytes())
	}})
	work := make(chan journal.RowState)
	var wg sync.WaitGroup
	for range childWorkers {
		wg.Go(func() {
			for st := range work {
				if st.Kind == journal.Intent {
					w.Put(journal.Record{Kind: journal.Uncertain, Row: st.Row, Attempt: st.Attempt, At: began})
				}
				rec := intentOf(st.Row)
				rec.Attempt = st.Attempt + 1
				if err := w.Intend(t.Context(), rec); err != nil {
					t.Error(err)
				}
				rec = createdOf(st.Row)
				rec.Attempt = st.Attempt + 1
				w.Put(rec)
			}
		})
	}
	for _, st := range todo {
		work <- st
	}
	for ; ; next++ {
		work <- journal.RowState{Record: journal.Record{Row: next}}
	}
}

// A process that writes is killed again and again, at random moments, also while it recovers. Whatever it was told to be durable is there, in
// no more than as many rows as there were workers something is open, and the file is sound.
func TestSQLiteSurvivesKills(t *testing.T) {
	kills := 6
	if testing.Short() {
		kills = 2
	}
	path := filepath.Join(t.TempDir(), "journal.db")
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	told := map[int64]journal.RowState{} // the newest acknowledged step of each row
	steps := 0
	for kill := range kills {
		cmd, out := journaltest.StartChild(t, path)
		wait := time.Duration(rng.IntN(150)) * time.Millisecond
		if kill%2 == 0 {
			if _, err := bufio.NewReader(io.TeeReader(io.LimitReader(out, 24), feed(told, &steps))).Peek(24); err != nil {
				t.Fatal(err)
			}
		}
		timer := time.AfterFunc(wait, func() { cmd.Process.Kill() })
		io.Copy(feed(told, &steps), out)
		timer.Stop()
		cmd.Wait()
	}
	if steps == 0 {
		t.Fatal("nothing was written before the kills")
	}
	s := openAt(t, path, sqlite.Options{})
	open, found := 0, map[int64]bool{}
	for st, err := range s.Rows(t.Context(), 1, 1) {
		if err != nil {
			t.Fatal(err)
		}
		found[st.Row] = true
		if st.Kind == journal.Intent {
			open++
		}
		if was, ok := told[st.Row]; ok && (st.Attempt < was.Attempt || st.Attempt == was.Attempt && was.Kind == journal.Settle && st.Kind != journal.Settle) {
			t.Errorf("row %d: %s %d was acknowledged, found %s %d", st.Row, was.Kind, was.Attempt, st.Kind, st.Attempt)
		}
	}
	for row := range told {
		if !found[row] {
			t.Errorf("row %d was acknowledged and is lost", row)
		}
	}
	if open > childWorkers {
		t.Errorf("%d rows open, with %d workers", open, childWorkers)
	}
	stmt, _, err := raw(t, path, "").Prepare("PRAGMA integrity_check")
	if err != nil {
		t.Fatal(err)
	}
	defer stmt.Close()
	if !stmt.Step() || stmt.ColumnText(0) != "ok" {
		t.Errorf("integrity: %s", stmt.ColumnText(0))
	}
	t.Logf("%d kills, %d acknowledged steps of %d rows, %d open", kills, steps, len(told), open)
}

// feed returns a writer that takes the child's steps; a step cut off by the kill is left out.
func feed(told map[int64]journal.RowState, steps *int) io.Writer {
	var rest []byte
	return writerFunc(func(p []byte) (int, error) {
		rest = append(rest, p...)
		for ; len(rest) >= 24; rest = rest[24:] {
			n := func(i int) int64 { return int64(binary.LittleEndian.Uint64(rest[8*i:])) }
			told[n(1)] = journal.RowState{Record: journal.Record{Kind: journal.Kind(n(0)), Row: n(1), Attempt: int(n(2))}}
			*steps++
		}
		return len(p), nil
	})
}

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
