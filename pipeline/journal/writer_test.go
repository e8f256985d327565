package journal

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var t0 = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

func intent(row int64, n int) Record {
	return Record{Kind: Intent, Row: row, Attempt: n, At: t0, Identity: Digest{1, byte(row)}, Content: Digest{2, byte(row)}, Line: row + 1}
}

func settle(row int64, n int, s Status) Record {
	return Record{Kind: Settle, Row: row, Attempt: n, At: t0.Add(time.Second), Status: s, Code: "ok"}
}

// slow is a store whose commits take time, count, and fail from some call on. It has what a Writer and these tests use, of one run.
type slow struct {
	Store
	mu     sync.Mutex
	rows   map[int64]RowState
	took   time.Duration
	calls  int
	sizes  []int
	failAt int
}

var errDisk = fmt.Errorf("%w: disk on fire", ErrStorage)

func (s *slow) Append(_ context.Context, _ int64, recs []Record) error {
	time.Sleep(s.took)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	s.sizes = append(s.sizes, len(recs))
	if s.failAt > 0 && s.calls >= s.failAt {
		return errDisk
	}
	draft := maps.Clone(s.rows)
	for i, rec := range recs {
		next, err := Next(draft[rec.Row], rec)
		if err != nil {
			return RefusedAt(i, err)
		}
		draft[rec.Row] = next
	}
	s.rows = draft
	return nil
}

func (s *slow) row(row int64) RowState {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rows[row]
}

func newSlow(took time.Duration) *slow { return &slow{rows: map[int64]RowState{}, took: took} }

// Sixty-four workers share commits: 640 rows take some 20 commits of 10 ms, not 1280.
func TestWriterSharesCommits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlow(10 * time.Millisecond)
		var durable int
		w := NewWriter(s, 1, WriterOptions{OnDurable: func(recs []Record) { durable += len(recs) }})
		begin := time.Now()
		var wg sync.WaitGroup
		for k := range int64(64) {
			wg.Go(func() {
				for i := range int64(10) {
					row := k*10 + i + 1
					if err := w.Intend(t.Context(), intent(row, 1)); err != nil {
						t.Error(err)
					}
					if st := s.row(row); st.Kind != Intent {
						t.Errorf("row %d: intend returned before it was recorded", row)
					}
					if err := w.Put(settle(row, 1, Created)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if err := w.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begin); took > 300*time.Millisecond {
			t.Errorf("took %v in commits of %v", took, s.sizes)
		}
		if durable != 1280 {
			t.Errorf("%d records told, want 1280", durable)
		}
	})
}

// What a worker handed over before an intent is durable when Intend returns.
func TestWriterOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlow(time.Millisecond)
		var order []string
		w := NewWriter(s, 1, WriterOptions{OnDurable: func(recs []Record) {
			for _, r := range recs {
				order = append(order, fmt.Sprintf("%v%d", r.Kind, r.Row))
			}
		}})
		for row := range int64(3) {
			if err := w.Intend(t.Context(), intent(row+1, 1)); err != nil {
				t.Fatal(err)
			}
			if st := s.row(row); row > 0 && st.Status != Created {
				t.Fatalf("row %d is %+v when row %d is intended", row, st, row+1)
			}
			if err := w.Put(settle(row+1, 1, Created)); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got, want := fmt.Sprint(order), "[intent1 settle1 intent2 settle2 intent3 settle3]"; got != want {
			t.Errorf("order %s, want %s", got, want)
		}
	})
}

// A store's failure reaches callers that wait, callers that come later, and OnFail once.
func TestWriterFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlow(time.Millisecond)
		s.failAt = 2
		fails := 0
		w := NewWriter(s, 1, WriterOptions{OnFail: func(err error) { fails++ }})
		if err := w.Intend(t.Context(), intent(1, 1)); err != nil {
			t.Fatal(err)
		}
		errs := make(chan error, 20)
		for k := range int64(20) {
			go func() { errs <- w.Intend(t.Context(), intent(k+2, 1)) }()
		}
		for range 20 {
			if err := <-errs; !errors.Is(err, ErrStorage) {
				t.Errorf("intend: %v", err)
			}
		}
		for name, err := range map[string]error{
			"put":   w.Put(settle(1, 1, Created)),
			"close": w.Close(t.Context()), "intend": w.Intend(t.Context(), intent(99, 1)),
		} {
			if !errors.Is(err, ErrStorage) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if fails != 1 || s.calls != 2 {
			t.Errorf("%d calls of OnFail, want 1; %d commits tried, want 2", fails, s.calls)
		}
	})
}

// A refused record is its sender's error; the others of its batch are recorded.
func TestWriterRefusesOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlow(5 * time.Millisecond)
		var refused []int64
		w := NewWriter(s, 1, WriterOptions{OnRefused: func(r Record, err error) { refused = append(refused, r.Row) }})
		if err := w.Intend(t.Context(), intent(1, 1)); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for row := int64(1); row <= 8; row++ {
			wg.Go(func() {
				err := w.Intend(t.Context(), intent(row, 1))
				if fenced := errors.Is(err, ErrFenced); fenced != (row == 1) {
					t.Errorf("row %d: %v", row, err)
				}
			})
		}
		if err := w.Put(settle(77, 1, Created)); err != nil {
			t.Fatal(err)
		}
		wg.Wait()
		if err := w.Close(t.Context()); !errors.Is(err, ErrFenced) {
			t.Errorf("close: %v", err)
		}
		if fmt.Sprint(refused) != "[77]" {
			t.Errorf("refused %v", refused)
		}
		if len(s.rows) != 8 {
			t.Errorf("%d rows recorded, want 8", len(s.rows))
		}
	})
}

// Put waits when the store cannot keep up, so the queue stays bounded; Intend with a dead context records nothing; Close is final.
func TestWriterBounds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSlow(time.Second)
		w := NewWriter(s, 1, WriterOptions{})
		for row := int64(1); row <= 3*maxQueue; row++ {
			if err := w.Put(settle(row, 0, Invalid)); err != nil {
				t.Fatal(err)
			}
			w.mu.Lock()
			if len(w.queue) > maxQueue {
				t.Fatalf("%d records queued", len(w.queue))
			}
			w.mu.Unlock()
		}
		dead, cancel := context.WithCancel(t.Context())
		cancel()
		if err := w.Intend(dead, intent(1e6, 1)); !errors.Is(err, context.Canceled) {
			t.Errorf("intend: %v", err)
		}
		if err := w.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		invalid := 0
		for _, st := range s.rows {
			if st.Status == Invalid {
				invalid++
			}
		}
		if invalid != 3*maxQueue || len(s.rows) != invalid {
			t.Errorf("%d rows invalid of %d recorded", invalid, len(s.rows))
		}
		if err := w.Put(settle(1, 1, Created)); !errors.Is(err, ErrClosed) {
			t.Errorf("settle after close: %v", err)
		}
		for _, n := range s.sizes {
			if n > maxBatch {
				t.Errorf("a batch of %d", n)
			}
		}
	})
}
