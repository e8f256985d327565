package spill

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"
	"sync"

	"importer/pipeline/journal"
)

// heldBytes is how much is held in memory before half of it is written.
const heldBytes = 4 << 20

// States are the states of one run's rows. The zero States are empty. Append is safe for concurrent use; nothing may be appended while Rows is read.
type States struct {
	atOnce int // heldBytes; less in tests

	mu     sync.Mutex
	held   []held // in the order in which they came
	size   int    // of held
	counts map[journal.Count]int64
	file   file
}

// held is an encoded record that is not written yet.
type held struct {
	row  int64
	data []byte
}

// heldExtra is what a record takes besides its bytes.
const heldExtra = 48

// Append adds records. One that the state machine does not allow is an error of Rows. The run's number does not count: there is one run.
func (s *States) Append(ctx context.Context, _ int64, recs []journal.Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, rec := range recs {
		data := encode(rec)
		s.held = append(s.held, held{rec.Row, data})
		s.size += len(data) + heldExtra
		if rec.Kind == journal.Settle {
			s.count(rec)
		}
	}
	if s.size < cmp.Or(s.atOnce, heldBytes) {
		return nil
	}
	return s.spill()
}

func (s *States) count(rec journal.Record) {
	if s.counts == nil {
		s.counts = map[journal.Count]int64{}
	}
	s.counts[journal.Count{Status: rec.Status, Code: rec.Code}]++
}

// spill writes the lower half of what is held.
func (s *States) spill() error {
	s.sort()
	half := (len(s.held) + 1) / 2
	if err := s.file.write(s.held[:half]); err != nil {
		return err
	}
	rest := slices.Clone(s.held[half:])
	clear(s.held)
	s.held, s.size = append(s.held[:0], rest...), 0
	for _, h := range s.held {
		s.size += len(h.data) + heldExtra
	}
	return nil
}

// sort brings what is held into row order; records of a row stay in theirs.
func (s *States) sort() {
	slices.SortStableFunc(s.held, func(a, b held) int { return cmp.Compare(a.row, b.row) })
}

// Counts returns how many rows are settled, by status and code, in the order of [journal.Store.Counts].
func (s *States) Counts(context.Context, int64) ([]journal.Count, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []journal.Count
	for c, n := range maps.All(s.counts) {
		c.Rows = n
		list = append(list, c)
	}
	journal.SortCounts(list)
	return list, nil
}

// Rows yields the state of every row that has one, in row order, from a row on. An error ends it.
func (s *States) Rows(ctx context.Context, _, from int64) iter.Seq2[journal.RowState, error] {
	return func(yield func(journal.RowState, error) bool) {
		s.mu.Lock()
		s.sort()
		all, held := s.file, s.held
		s.mu.Unlock()
		var state journal.RowState
		for rec, err := range all.records(held) {
			if err == nil && rec.Row != state.Row && rec.Row%1024 == 0 {
				err = ctx.Err()
			}
			if err != nil {
				yield(journal.RowState{}, err)
				return
			}
			if rec.Row != state.Row {
				if state.Row >= max(from, 1) && !yield(state, nil) {
					return
				}
				state = journal.RowState{}
			}
			if state, err = journal.Next(state, rec); err != nil {
				yield(journal.RowState{}, err)
				return
			}
		}
		if state.Row >= max(from, 1) {
			yield(state, nil)
		}
	}
}

// Close removes the file.
func (s *States) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held, s.size = nil, 0
	return s.file.close()
}
