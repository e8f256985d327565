package pipeline

import (
	"cmp"
	"context"
	"slices"
	"time"

	"importer/pipeline/ahead"
)

// waitingRows is how many rows may wait to be sent again before no new ones start.
const waitingRows = 1024

// schedule gives the workers what is due next: rows that waited long enough to be sent again first, then new ones in input order.
// A row that waits holds up no other. It ends, and closes ready, when every row has been settled or the run drains; then it has taken
// back all rows from the workers.
func (e *Engine) schedule(ready chan<- *task, back <-chan *task) {
	s := scheduler{in: e.queue, stopped: e.drain.Done(), order: e.order, blocked: map[int64][]*task{}}
	defer close(ready)
	for {
		var out chan<- *task
		next := s.due(time.Now())
		if next != nil && !s.draining {
			out = ready
		}
		if s.over(next) {
			return
		}
		timer := s.alarm(next)
		select {
		case out <- next:
			s.took(next)
		case t, ok := <-s.source(next):
			s.arrived(t, ok)
		case t := <-back:
			s.returned(t)
		case <-timer:
		case <-s.stopped:
			s.draining, s.stopped = true, nil
		}
		e.tally.change(func(now *Progress) { now.Waiting = int64(len(s.waiting) + s.holding) })
	}
}

// scheduler is the state of schedule's loop.
type scheduler struct {
	in       <-chan *task // nil once closed
	fresh    *task        // taken from in, not yet handed out
	waiting  []*task      // the next to go first
	out      int          // rows with the workers
	draining bool
	stopped  <-chan struct{}

	order   *ahead.Order
	blocked map[int64][]*task // rows that wait for the row of their sponsor, by that row
	holding int               // how many are blocked
}

// due returns the row that should go next: the first waiting row whose time has come, else a fresh one.
func (s *scheduler) due(now time.Time) *task {
	if len(s.waiting) > 0 && !s.waiting[0].tries.ready.After(now) {
		return s.waiting[0]
	}
	return s.fresh
}

// over reports whether nothing is left to do.
func (s *scheduler) over(next *task) bool {
	if s.out > 0 {
		return false
	}
	return s.draining || next == nil && s.in == nil && len(s.waiting) == 0 && s.holding == 0
}

// source is where fresh rows come from, nil when none may be taken now.
func (s *scheduler) source(next *task) <-chan *task {
	if s.fresh != nil || s.draining || len(s.waiting)+s.holding >= waitingRows {
		return nil
	}
	return s.in
}

// alarm rings when the first waiting row is due; nil when something is due already, or nothing waits.
func (s *scheduler) alarm(next *task) <-chan time.Time {
	if len(s.waiting) == 0 || s.draining || (next != nil && next == s.waiting[0]) {
		return nil
	}
	return time.After(time.Until(s.waiting[0].tries.ready))
}

func (s *scheduler) took(t *task) {
	s.out++
	if t == s.fresh {
		s.fresh = nil
		return
	}
	s.waiting = slices.Delete(s.waiting, 0, 1)
}

func (s *scheduler) arrived(t *task, ok bool) {
	if !ok {
		s.in = nil
		return
	}
	if sponsor, state := s.order.Sponsor(t.row.Number); state == ahead.UnderWay {
		s.blocked[sponsor] = append(s.blocked[sponsor], t)
		s.holding++
		return
	}
	s.fresh = t
}

// returned takes a row back from a worker: to be sent again when its ready time is set, else done with.
func (s *scheduler) returned(t *task) {
	s.out--
	if !t.tries.ready.IsZero() {
		s.wait(t)
		return
	}
	if sponsor := t.row.Number; s.order.Done(sponsor) {
		for _, t := range s.blocked[sponsor] { // the sponsor is registered or not: the worker looks
			t.tries.ready = time.Now()
			s.wait(t)
			s.holding--
		}
		delete(s.blocked, sponsor)
	}
}

// wait puts a row among those that wait: by the moment they may go, rows of the same moment in input order.
func (s *scheduler) wait(t *task) {
	i, _ := slices.BinarySearchFunc(s.waiting, t, func(a, b *task) int {
		return cmp.Or(a.tries.ready.Compare(b.tries.ready), cmp.Compare(a.row.Number, b.row.Number))
	})
	s.waiting = slices.Insert(s.waiting, i, t)
}

// work sends rows until there are none, and gives each back to the scheduler.
func (e *Engine) work(hard context.Context, ready <-chan *task, back chan<- *task) {
	for t := range ready {
		t.tries.ready = time.Time{}
		e.attempt(hard, t)
		back <- t
	}
}
