package simulation_test

import (
	"context"
	"fmt"
	"iter"
	"sync"
	"time"

	"importer/pipeline/journal"
)

// Fate is what happens to one call of a store or of the network.
type Fate uint8

const (
	Pass   Fate = iota // nothing out of the ordinary
	Before             // it fails, and had no effect
	Half               // network alone: half of the bytes pass, then it fails
	After              // it had its effect, and fails all the same: the caller does not learn of it

	Kill Fate = 1 << 7 // added to one of the above: the life ends there
)

// kind is the fate without Kill.
func (f Fate) kind() Fate { return f &^ Kill }

// over ends the life where the fate says so.
func (f Fate) over(l *Life) {
	if f&Kill != 0 {
		l.Die()
	}
}

// Store is a journal as one life of a process sees it: calls can be late, fail, or have their effect without being acknowledged. After the
// first failure every call fails, as the contract of journal.Store has it.
type Store struct {
	journal.Store
	Life *Life

	// Strike decides the fate of each call, n from 1. Nil lets all pass.
	Strike func(n int, call string, recs []journal.Record) Fate
	// Delay says how long an Append takes. Nil is no time.
	Delay func(recs []journal.Record) time.Duration
	// Single makes each record durable by itself, late by itself, so that it does not matter which records happen to share a batch. A batch is
	// then not all or nothing: only a store that fails shows it.
	Single bool
	// Kept sees records that became durable, acknowledged or not. May be nil.
	Kept func(recs []journal.Record)

	mu     sync.Mutex
	calls  int
	failed error
}

// Calls returns how many calls were made so far.
func (s *Store) Calls() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls
}

// call takes one call to its fate.
func (s *Store) call(name string, recs []journal.Record, do func() error) error {
	s.mu.Lock()
	s.calls++
	n, failed := s.calls, s.failed
	s.mu.Unlock()
	if failed != nil {
		return failed
	}
	fate := Pass
	if s.Strike != nil {
		fate = s.Strike(n, name, recs)
	}
	if fate.kind() == Before {
		fate.over(s.Life)
		return s.fail(n, name)
	}
	if err := s.Life.alive(do); err != nil {
		return err
	}
	fate.over(s.Life)
	if fate != Pass || s.Life.Dead() {
		return s.fail(n, name)
	}
	return nil
}

func (s *Store) fail(n int, name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed == nil {
		s.failed = fmt.Errorf("simulated failure of call %d, %s: %w", n, name, journal.ErrStorage)
	}
	return s.failed
}

// Begin is a call that can fail; so are the methods below.
func (s *Store) Begin(ctx context.Context, r journal.Run) (began journal.Run, err error) {
	err = s.call("Begin", nil, func() (err error) {
		began, err = s.Store.Begin(ctx, r)
		return err
	})
	return began, err
}

func (s *Store) Finish(ctx context.Context, run int64, state journal.RunState, at time.Time) error {
	return s.call("Finish", nil, func() error { return s.Store.Finish(ctx, run, state, at) })
}

func (s *Store) Reopen(ctx context.Context, run int64) error {
	return s.call("Reopen", nil, func() error { return s.Store.Reopen(ctx, run) })
}

func (s *Store) Runs(ctx context.Context) (runs []journal.Run, err error) {
	err = s.call("Runs", nil, func() (err error) {
		runs, err = s.Store.Runs(ctx)
		return err
	})
	return runs, err
}

// Append is the call that matters: it can be late, be lost, and be kept without being acknowledged.
func (s *Store) Append(ctx context.Context, run int64, recs []journal.Record) error {
	if !s.Single {
		return s.append(ctx, run, recs)
	}
	for i := range recs {
		if err := s.append(ctx, run, recs[i:i+1]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) append(ctx context.Context, run int64, recs []journal.Record) error {
	if s.Delay != nil {
		if d := s.Delay(recs); d > 0 {
			<-time.After(d)
		}
	}
	return s.call("Append", recs, func() error {
		if err := s.Store.Append(ctx, run, recs); err != nil {
			return err
		}
		if s.Kept != nil {
			s.Kept(recs)
		}
		return nil
	})
}

// Rows can fail before its first row.
func (s *Store) Rows(ctx context.Context, run, from int64) iter.Seq2[journal.RowState, error] {
	return func(yield func(journal.RowState, error) bool) {
		if err := s.call("Rows", nil, func() error { return nil }); err != nil {
			yield(journal.RowState{}, err)
			return
		}
		s.Store.Rows(ctx, run, from)(yield)
	}
}

func (s *Store) Recent(ctx context.Context, account string, since time.Time, limit int) (at []time.Time, err error) {
	err = s.call("Recent", nil, func() (err error) {
		at, err = s.Store.Recent(ctx, account, since, limit)
		return err
	})
	return at, err
}

func (s *Store) Index(ctx context.Context, account string) error {
	return s.call("Index", nil, func() error { return s.Store.Index(ctx, account) })
}

func (s *Store) Imported(ctx context.Context, account string, who journal.Digest) (was journal.Imported, found bool, err error) {
	err = s.call("Imported", nil, func() (err error) {
		was, found, err = s.Store.Imported(ctx, account, who)
		return err
	})
	return was, found, err
}

func (s *Store) Known(ctx context.Context, account string, content journal.Digest) (known []journal.Known, err error) {
	err = s.call("Known", nil, func() (err error) {
		known, err = s.Store.Known(ctx, account, content)
		return err
	})
	return known, err
}
