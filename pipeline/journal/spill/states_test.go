package spill

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/pipeline/journal/memory"
)

// full is a record with every member set.
func full() journal.Record {
	return journal.Record{
		Kind: journal.Settle, Row: 7, Attempt: 2, At: time.Date(2026, 3, 1, 2, 3, 4, 5000, time.UTC),
		Content: journal.Digest{1, 2}, Identity: journal.Digest{3}, Status: journal.Invalid, Code: "email_invalid", HTTPStatus: 409, VendorCode: "E 1",
		Field: "email", Message: "not an address, ü", VendorID: "u-9", Elapsed: time.Second, Line: 12,
	}
}

func TestRecordsComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	all := full()
	v := reflect.ValueOf(all)
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if name != "Claims" && name != "Key" && v.Field(i).IsZero() {
			t.Errorf("%s is new: set it here, and keep it", name)
		}
	}
	for _, r := range []journal.Record{all, {}} {
		got, err := decode(encode(r))
		if err != nil || !reflect.DeepEqual(got, r) {
			t.Errorf("%+v became %+v, %v", r, got, err)
		}
	}
	data := encode(all)
	for n := range data {
		if _, err := decode(data[:n]); err == nil {
			t.Errorf("%d of %d bytes are a record", n, len(data))
		}
	}
	if _, err := decode(append(data, 0)); err == nil {
		t.Error("a record with a byte more is one")
	}
}

// orders are orders in which a check may settle the rows 1 to n.
func orders(n int64) map[string][]int64 {
	rnd := rand.New(rand.NewPCG(1, 2))
	rising := make([]int64, n)
	for i := range rising {
		rising[i] = int64(i) + 1
	}
	nearly, random, falling := slices.Clone(rising), slices.Clone(rising), slices.Clone(rising)
	for i := range nearly {
		j := min(i+rnd.IntN(8), len(nearly)-1)
		nearly[i], nearly[j] = nearly[j], nearly[i]
	}
	rnd.Shuffle(len(random), func(i, j int) { random[i], random[j] = random[j], random[i] })
	slices.Reverse(falling)
	var passes []int64
	for start := range int64(3) {
		for row := start + 1; row <= n; row += 3 {
			passes = append(passes, row)
		}
	}
	return map[string][]int64{"rising": rising, "nearly": nearly, "random": random, "falling": falling, "passes": passes}
}

// recordsOf are what a check records of a row: mostly one settling, of every fifth an intent and a doubt.
func recordsOf(row int64) []journal.Record {
	r := full()
	r.Row, r.Line, r.Attempt = row, row+1, 0
	r.Message = strings.Repeat("m", int(row%90))
	if row%5 > 0 {
		r.Status = []journal.Status{journal.Invalid, journal.Duplicate, journal.Skipped}[row%3]
		return []journal.Record{r}
	}
	doubt := r
	r.Kind, r.Attempt = journal.Intent, 1
	doubt.Attempt, doubt.Status = 1, journal.InDoubt
	return []journal.Record{r, doubt}
}

// What the states say is what a journal in memory says, whatever the order in which rows were settled.
func TestStatesAreThoseOfAJournal(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for name, order := range orders(2000) {
		for _, atOnce := range []int{0, 1, 5000} {
			store := memory.New()
			run, err := store.Begin(ctx, journal.Run{Name: "r"})
			if err != nil {
				t.Fatal(err)
			}
			s := &States{atOnce: atOnce}
			for _, row := range order {
				if err := errors.Join(s.Append(ctx, 1, recordsOf(row)), store.Append(ctx, run.ID, recordsOf(row))); err != nil {
					t.Fatal(err)
				}
			}
			for _, from := range []int64{0, 1, 777, 2001} {
				if got, want := collect(t, s, from), collect(t, store, from); !reflect.DeepEqual(got, want) {
					t.Errorf("%s, %d bytes at once, from %d: %d states differ from the journal's %d", name, atOnce, from, len(got), len(want))
				}
			}
			got, _ := s.Counts(ctx, 1)
			want, _ := store.Counts(ctx, run.ID)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: counts %v, want %v", name, got, want)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

func collect(t *testing.T, s interface {
	Rows(ctx context.Context, run, from int64) iter.Seq2[journal.RowState, error]
}, from int64) (list []journal.RowState) {
	t.Helper()
	for state, err := range s.Rows(context.Background(), 1, from) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, state)
	}
	return list
}

// Rows that come nearly in order are one piece: a list of any length is read through one buffer.
func TestARisingListIsOnePiece(t *testing.T) {
	t.Parallel()
	all := orders(5000)
	for _, name := range []string{"rising", "nearly"} {
		s := &States{atOnce: 20_000}
		for _, row := range all[name] {
			if err := s.Append(context.Background(), 1, recordsOf(row)); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(s.file.pieces); n != 1 {
			t.Errorf("%s: %d pieces", name, n)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestWhatCannotFollowIsAnError(t *testing.T) {
	t.Parallel()
	s := &States{atOnce: 1}
	defer s.Close()
	for range 2 {
		if err := s.Append(context.Background(), 1, recordsOf(1)); err != nil {
			t.Fatal(err)
		}
	}
	var last error
	for _, err := range s.Rows(context.Background(), 1, 0) {
		last = err
	}
	if !errors.Is(last, journal.ErrFenced) {
		t.Errorf("a row that was settled twice: %v", last)
	}
}

// The memory that is held does not grow with the rows, and no file is left behind.
func TestMemoryDoesNotGrow(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	s := &States{}
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	for row := range int64(200_000) {
		if err := s.Append(context.Background(), 1, recordsOf(row+1)); err != nil {
			t.Fatal(err)
		}
	}
	if grown := int64(heap()) - int64(before); grown > 2*heldBytes {
		t.Errorf("the heap grew by %d KiB", grown>>10)
	}
	n := 0
	for state, err := range s.Rows(context.Background(), 1, 0) {
		if n++; err != nil || state.Row != int64(n) {
			t.Fatalf("state %d is of row %d: %v", n, state.Row, err)
		}
	}
	if n != 200_000 {
		t.Errorf("%d states", n)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestNoTemporaryFolder(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "gone"))
	s := &States{atOnce: 1}
	err := s.Append(context.Background(), 1, recordsOf(1))
	if problem.KindOf(err) != problem.Storage || !errors.Is(err, os.ErrNotExist) || !strings.Contains(fmt.Sprint(err), "temporary file of the check") {
		t.Errorf("got %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
