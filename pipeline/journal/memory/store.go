// Package memory is a journal that lives as long as its process: for checks, tests and measurements. It does no I/O and starts no goroutine.
package memory

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"
	"sync"
	"time"

	"importer/pipeline/journal"
)

// Store is a [journal.Store] in memory.
type Store struct {
	mu     sync.Mutex
	runs   []*run                                         // by ID-1; nil where purged
	people map[string]map[journal.Digest]journal.Imported // account → identity, as of the last Index
	claims map[string]map[journal.Digest]journal.Claimed  // account → claim, as of the last Index
	found  map[string]map[finding]known                   // account → content and status, as of the last Index
	check  journal.Digest
	closed bool
}

type run struct {
	journal.Run
	rows map[int64]*journal.RowState
	sent []time.Time // of intents, in order of recording

	claims map[int64]journal.Claims // by row, of its newest intent
}

var _ journal.Store = (*Store)(nil)

// New returns an empty store.
func New() *Store {
	return &Store{
		people: map[string]map[journal.Digest]journal.Imported{}, claims: map[string]map[journal.Digest]journal.Claimed{}, found: map[string]map[finding]known{},
	}
}

// locked calls do while nobody else uses the store, unless it is closed.
func (s *Store) locked(do func() error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return journal.ErrClosed
	}
	return do()
}

// with calls do with one run, as locked does.
func (s *Store) with(id int64, do func(r *run) error) error {
	return s.locked(func() error {
		if id < 1 || id > int64(len(s.runs)) || s.runs[id-1] == nil {
			return journal.NoRun(id)
		}
		return do(s.runs[id-1])
	})
}

func (s *Store) Begin(ctx context.Context, r journal.Run) (journal.Run, error) {
	if err := ctx.Err(); err != nil {
		return journal.Run{}, err
	}
	r = r.Begun()
	err := s.locked(func() error {
		if slices.ContainsFunc(s.runs, func(old *run) bool { return old != nil && old.Name == r.Name }) {
			return journal.NameTaken(r.Name)
		}
		r.ID = int64(len(s.runs) + 1)
		s.runs = append(s.runs, &run{Run: r, rows: map[int64]*journal.RowState{}, claims: map[int64]journal.Claims{}})
		return nil
	})
	if err != nil {
		return journal.Run{}, err
	}
	return r.Clone(), nil
}

func (s *Store) Finish(_ context.Context, id int64, state journal.RunState, at time.Time) error {
	return s.with(id, func(r *run) error {
		r.State, r.Ended = state, journal.Moment(at)
		return nil
	})
}

func (s *Store) Amend(ctx context.Context, changed journal.Run) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.with(changed.ID, func(r *run) error {
		changed = changed.Clone()
		r.Input, r.Inputs, r.Note = changed.Input, changed.Inputs, changed.Note
		return nil
	})
}

func (s *Store) Reopen(ctx context.Context, id int64) error {
	return s.Finish(ctx, id, journal.Running, time.Time{})
}

func (s *Store) Runs(context.Context) (runs []journal.Run, err error) {
	err = s.locked(func() error {
		for _, r := range slices.Backward(s.runs) {
			if r != nil {
				runs = append(runs, r.Clone())
			}
		}
		return nil
	})
	return runs, err
}

func (s *Store) Append(ctx context.Context, id int64, recs []journal.Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.with(id, func(r *run) error {
		changed, sent, none := make(map[int64]*journal.RowState, len(recs)), r.sent, &journal.RowState{}
		for i, rec := range recs {
			next, err := journal.Next(*cmp.Or(changed[rec.Row], r.rows[rec.Row], none), rec)
			if err != nil {
				return journal.RefusedAt(i, err)
			}
			if changed[rec.Row] = &next; rec.Kind == journal.Intent {
				sent = append(sent, journal.Moment(rec.At))
			}
		}
		for row, state := range changed {
			if r.rows[row] = state; state.Kind == 0 {
				delete(r.rows, row)
			}
		}
		for _, rec := range recs {
			if rec.Kind == journal.Intent {
				r.claim(rec.Row, rec.Claims)
			}
		}
		r.sent = sent
		return nil
	})
}

func (s *Store) Row(_ context.Context, id, row int64) (state journal.RowState, ok bool, err error) {
	err = s.with(id, func(r *run) error {
		if at := r.rows[row]; at != nil {
			state, ok = *at, true
		}
		return nil
	})
	return state, ok, err
}

func (s *Store) Rows(ctx context.Context, id, from int64) iter.Seq2[journal.RowState, error] {
	return func(yield func(journal.RowState, error) bool) {
		var numbers []int64
		err := s.with(id, func(r *run) error {
			numbers = slices.AppendSeq(make([]int64, 0, len(r.rows)), maps.Keys(r.rows))
			slices.Sort(numbers)
			return nil
		})
		if err != nil {
			yield(journal.RowState{}, err)
			return
		}
		first, _ := slices.BinarySearch(numbers, from)
		for _, row := range numbers[first:] {
			state, ok, err := s.Row(ctx, id, row)
			if err == nil {
				err = ctx.Err()
			}
			if (ok || err != nil) && (!yield(state, err) || err != nil) {
				return
			}
		}
	}
}

func (s *Store) Counts(_ context.Context, id int64) (counts []journal.Count, err error) {
	err = s.with(id, func(r *run) error {
		sums := map[journal.Count]int64{}
		for _, state := range r.rows {
			if state.Kind == journal.Settle {
				sums[journal.Count{Status: state.Status, Code: state.Code}]++
			}
		}
		for c, n := range sums {
			c.Rows = n
			counts = append(counts, c)
		}
		return nil
	})
	journal.SortCounts(counts)
	return counts, err
}

func (s *Store) Recent(_ context.Context, account string, since time.Time, limit int) (times []time.Time, err error) {
	err = s.locked(func() error {
		for _, r := range s.of(account) {
			for _, t := range r.sent {
				if !t.Before(journal.Moment(since)) {
					times = append(times, t)
				}
			}
		}
		return nil
	})
	slices.SortFunc(times, time.Time.Compare)
	return times[max(0, len(times)-max(0, limit)):], err
}

func (s *Store) Seen() (journal.Seen, error) { return journal.NewSeenMap(), nil }

func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return nil
}
