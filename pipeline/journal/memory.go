package journal

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"sync"
	"time"
)

// Memory is a Store that keeps nothing beyond the process: for tests and measurements. It does no I/O and starts no goroutine.
type Memory struct {
	mu     sync.Mutex
	runs   []*memoryRun                   // by ID-1; nil where purged
	people map[string]map[Digest]Imported // account → identity, as of the last Index
	closed bool
}

type memoryRun struct {
	Run
	rows map[int64]*RowState
	sent []time.Time // of intents, in order of recording
	acts []Record
}

var _ Store = (*Memory)(nil)

// NewMemory returns an empty store.
func NewMemory() *Memory {
	return &Memory{people: map[string]map[Digest]Imported{}}
}

func (m *Memory) Begin(ctx context.Context, r Run) (Run, error) {
	if err := ctx.Err(); err != nil {
		return Run{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return Run{}, ErrClosed
	}
	for _, old := range m.runs {
		if old != nil && old.Name == r.Name {
			return Run{}, nameTaken(r.Name)
		}
	}
	r = newRun(r)
	r.ID = int64(len(m.runs) + 1)
	m.runs = append(m.runs, &memoryRun{Run: r, rows: map[int64]*RowState{}})
	return cloneRun(r), nil
}

// newRun returns r as it is stored when it begins: its slices its own, times in microseconds.
func newRun(r Run) Run {
	r = cloneRun(r)
	r.Started, r.Ended, r.State = micro(r.Started), time.Time{}, Running
	return r
}

func cloneRun(r Run) Run {
	r.Input, r.Inputs, r.Note = slices.Clone(r.Input), slices.Clone(r.Inputs), slices.Clone(r.Note)
	return r
}

func nameTaken(name string) error { return fmt.Errorf("journal already has a run named %q", name) }

func noRun(id int64) error { return fmt.Errorf("run %d: %w", id, ErrNoRun) }

// run returns the run with the id; the caller holds the lock.
func (m *Memory) run(id int64) (*memoryRun, error) {
	if m.closed {
		return nil, ErrClosed
	}
	if id < 1 || id > int64(len(m.runs)) || m.runs[id-1] == nil {
		return nil, noRun(id)
	}
	return m.runs[id-1], nil
}

func (m *Memory) Finish(_ context.Context, id int64, state RunState, at time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, err := m.run(id)
	if err != nil {
		return err
	}
	r.State, r.Ended = state, micro(at)
	return nil
}

func (m *Memory) Reopen(_ context.Context, id int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, err := m.run(id)
	if err != nil {
		return err
	}
	r.State, r.Ended = Running, time.Time{}
	return nil
}

func (m *Memory) Runs(context.Context) ([]Run, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return nil, ErrClosed
	}
	runs := make([]Run, 0, len(m.runs))
	for _, r := range slices.Backward(m.runs) {
		if r != nil {
			runs = append(runs, cloneRun(r.Run))
		}
	}
	return runs, nil
}

func (m *Memory) Append(ctx context.Context, id int64, recs []Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	r, err := m.run(id)
	if err != nil {
		return err
	}
	undo := make([]RowState, 0, len(recs))
	for i, rec := range recs {
		before, err := r.step(rec)
		if err != nil {
			err.Index = i
			for j := i - 1; j >= 0; j-- {
				r.set(recs[j].Row, undo[j])
			}
			return err
		}
		undo = append(undo, before)
	}
	for _, rec := range recs {
		switch rec.Kind {
		case Intent:
			r.sent = append(r.sent, micro(rec.At))
		case Ruling:
			r.acts = append(r.acts, rec)
		}
	}
	return nil
}

// step takes one record and returns the state before it.
func (r *memoryRun) step(rec Record) (RowState, *FencedError) {
	var before RowState
	at := r.rows[rec.Row]
	if at != nil {
		before = *at
	}
	next, err := advance(before, rec)
	if err != nil {
		return before, err
	}
	r.set(rec.Row, next)
	return before, nil
}

func (r *memoryRun) set(row int64, s RowState) {
	switch at := r.rows[row]; {
	case s.Kind == 0:
		delete(r.rows, row)
	case at != nil:
		*at = s
	default:
		r.rows[row] = &s
	}
}

func (m *Memory) Row(_ context.Context, id, row int64) (RowState, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, err := m.run(id)
	if err != nil {
		return RowState{}, false, err
	}
	if s := r.rows[row]; s != nil {
		return *s, true, nil
	}
	return RowState{}, false, nil
}

func (m *Memory) Rows(ctx context.Context, id, from int64) iter.Seq2[RowState, error] {
	return func(yield func(RowState, error) bool) {
		numbers, err := m.numbers(id, from)
		if err != nil {
			yield(RowState{}, err)
			return
		}
		for _, row := range numbers {
			s, ok, err := m.Row(ctx, id, row)
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(RowState{}, err)
				return
			}
			if ok && !yield(s, nil) {
				return
			}
		}
	}
}

// numbers returns the numbers of the rows that have a state, from `from` on, in order.
func (m *Memory) numbers(id, from int64) ([]int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, err := m.run(id)
	if err != nil {
		return nil, err
	}
	numbers := make([]int64, 0, len(r.rows))
	for row := range r.rows {
		if row >= from {
			numbers = append(numbers, row)
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

func (m *Memory) Counts(_ context.Context, id int64) ([]Count, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, err := m.run(id)
	if err != nil {
		return nil, err
	}
	sums := map[Count]int64{}
	for _, s := range r.rows {
		if s.Kind == Settle {
			sums[Count{Status: s.Status, Code: s.Code}]++
		}
	}
	counts := make([]Count, 0, len(sums))
	for c, n := range sums {
		c.Rows = n
		counts = append(counts, c)
	}
	sortCounts(counts)
	return counts, nil
}

func sortCounts(counts []Count) {
	slices.SortFunc(counts, func(a, b Count) int {
		return cmp.Or(cmp.Compare(a.Status, b.Status), cmp.Compare(a.Code, b.Code))
	})
}

func (m *Memory) Seen() (Seen, error) { return NewSeenMap(), nil }

func (m *Memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
	return nil
}
