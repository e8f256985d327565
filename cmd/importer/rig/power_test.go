package rig

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"

	"importer/pipeline/journal"
	"importer/pipeline/journal/sqlite"
)

var cuts = flag.Int("cuts", 150, "how many power cuts TestPowerCuts makes")

// The power is cut at any moment of a journal's life: when it is made, written by many workers, closed and opened again. Whatever somebody was told
// to be durable is there, and the journal is sound.
func TestPowerCuts(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(*seed, 3))
	for made, n := 0, 0; made < *cuts; n++ {
		d := scene(t, rng, 20+rng.IntN(2+min(*cuts/2, 1500)), "")
		lost := d.cutAnywhere(t, min(*cuts-made, 150), rng)
		made += min(*cuts-made, 150)
		for _, what := range lost {
			t.Error(what)
		}
		if len(lost) > 0 {
			t.Fatalf("replay with: go test ./cmd/importer/rig -run TestPowerCuts -cuts %d -seed %d", *cuts, *seed)
		}
	}
	t.Logf("seed %d: %d cuts", *seed, *cuts)
}

// The power is cut at every single call of the making of a journal, many times over: the next start finds a journal or none.
func TestPowerCutsAtBirth(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(*seed, 9))
	d := scene(t, rng, 0, "")
	if len(d.log) < 5 {
		t.Fatalf("only %d calls", len(d.log))
	}
	p := newPlatter()
	for i, e := range d.log {
		p.add(e)
		for range 1 + *cuts/25 {
			for _, what := range p.cut(t, rng, nil) {
				t.Errorf("cut after %d of %d calls: %s\nreplay with: -run TestPowerCutsAtBirth -seed %d", i+1, len(d.log), what, *seed)
			}
		}
	}
}

// A disk that forgets is found out, or the rig would prove nothing.
func TestPowerCutsFindAForgetfulDisk(t *testing.T) {
	t.Parallel()
	for _, forget := range []string{"-wal", "folders"} {
		rng := rand.New(rand.NewPCG(*seed, 4))
		found := false
		for range 20 {
			if found = len(scene(t, rng, 40, forget).cutAnywhere(t, 40, rng)) > 0; found {
				break
			}
		}
		if !found {
			t.Errorf("the rig does not see that syncs of %s are left out", forget)
		}
	}
}

// scene is the life of one journal, until rows are settled. The syncs of what is to be forgotten are left out.
func scene(t testing.TB, rng *rand.Rand, rows int, forget string) *disk {
	t.Helper()
	root := t.TempDir()
	d := newDisk(t, root)
	d.forget = forget
	o := sqlite.Options{VFS: d.name, SyncFolder: d.syncFolder, Link: d.link}
	if forget == "folders" {
		o.SyncFolder = func(string) error { return nil }
	}
	path := filepath.Join(root, "deep", "reports", "journal.db")
	run := int64(0)
	for from := 1; ; {
		to := min(rows, from+rng.IntN(max(rows, 1)))
		store, err := sqlite.Open(path, o)
		if err != nil {
			t.Fatal(err)
		}
		if run == 0 {
			r, err := store.Begin(t.Context(), journal.Run{Name: "r", Account: "a", Started: time.Unix(1, 0)})
			if err != nil {
				t.Fatal(err)
			}
			run = r.ID
		}
		d.fill(t, store, run, from, to, 1+rng.IntN(8))
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
		if from = to + 1; from > rows {
			return d
		}
	}
}

// fill sends rows as the engine does, and writes down who was told what.
func (d *disk) fill(t testing.TB, store journal.Store, run int64, from, to, workers int) {
	t.Helper()
	w := journal.NewWriter(store, run, journal.WriterOptions{OnDurable: func(recs []journal.Record) {
		for _, r := range recs {
			if r.Kind == journal.Settle {
				d.add(event{kind: told, step: step{r.Row, r.Attempt, true}})
			}
		}
	}})
	todo := make(chan int64)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for row := range todo {
				rec := journal.Record{Kind: journal.Intent, Row: row, Attempt: 1, At: time.Unix(2, 0), Line: row + 1}
				if err := w.Intend(t.Context(), rec); err != nil {
					t.Error(err)
					continue
				}
				d.add(event{kind: told, step: step{row, 1, false}})
				rec.Kind, rec.Status, rec.Message = journal.Settle, journal.Created, strings.Repeat("said by the vendor ", int(row%60))
				if err := w.Put(rec); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for row := from; row <= to; row++ {
		todo <- int64(row)
	}
	close(todo)
	group.Wait()
	if err := w.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// cutAnywhere cuts the power n times, and returns what was lost.
func (d *disk) cutAnywhere(t testing.TB, n int, rng *rand.Rand) (lost []string) {
	t.Helper()
	at := map[int]int{} // cuts by how much of the log came before
	for range n {
		at[1+rng.IntN(len(d.log))]++
	}
	p, known := newPlatter(), map[int64]step{}
	for i, e := range d.log {
		if p.add(e); e.kind == told {
			known[e.step.row] = e.step
		}
		for range at[i+1] {
			for _, what := range p.cut(t, rng, known) {
				lost = append(lost, fmt.Sprintf("cut after %d of %d calls: %s", i+1, len(d.log), what))
			}
		}
	}
	return lost
}

// cut makes what a power cut at this moment leaves, and returns what is lost of what is known.
func (p *platter) cut(t testing.TB, rng *rand.Rand, known map[int64]step) (lost []string) {
	dir := t.TempDir()
	defer os.RemoveAll(dir)
	p.rebuild(t, dir, rng)
	return judge(t, filepath.Join(dir, "deep", "reports", "journal.db"), known)
}

// judge opens what a cut left and holds it to what somebody was told.
func judge(t testing.TB, path string, known map[int64]step) (lost []string) {
	store, err := sqlite.Open(path, sqlite.Options{SyncFolder: func(string) error { return nil }})
	if err != nil {
		return []string{"the journal cannot be opened: " + err.Error()}
	}
	defer store.Close()
	rows := map[int64]journal.RowState{}
	if runs, err := store.Runs(t.Context()); err != nil {
		return []string{err.Error()}
	} else if len(runs) > 0 {
		for st, err := range store.Rows(t.Context(), runs[0].ID, 1) {
			if err != nil {
				return []string{err.Error()}
			}
			rows[st.Row] = st
		}
	}
	for row, s := range known {
		if is := rows[row]; is.Attempt < s.attempt || s.settled && is.Kind != journal.Settle {
			lost = append(lost, fmt.Sprintf("row %d: attempt %d (settled %v) was durable and is lost", row, s.attempt, s.settled))
		}
	}
	if why := integrity(path); why != "ok" {
		lost = append(lost, "the journal is damaged: "+why)
	}
	return lost
}

func integrity(path string) string {
	conn, err := sqlite3.Open(path)
	if err != nil {
		return err.Error()
	}
	defer conn.Close()
	stmt, _, err := conn.Prepare("PRAGMA integrity_check")
	if err != nil {
		return err.Error()
	}
	defer stmt.Close()
	stmt.Step()
	return stmt.ColumnText(0)
}
