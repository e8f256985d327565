package main

import (
	"context"
	"errors"
	"os"
	"sync"

	"importer/pipeline"
)

var errInterrupted = errors.New("interrupted")

// stops turns signals into the two steps of stopping: the first drains the engine, or leaves at once where none runs yet; the second leaves
// at once in any case. After it signals have their usual effect again.
type stops struct {
	voice  *voice
	cancel context.CancelCauseFunc

	mu     sync.Mutex
	engine *pipeline.Engine
	count  int
}

// interruptible returns a context that a signal ends, and the steps that lead there. release gives the signals back.
func (a *app) interruptible(parent context.Context) (ctx context.Context, s *stops, release func()) {
	ctx, cancel := context.WithCancelCause(parent)
	s = &stops{voice: a.voice, cancel: cancel}
	signals := make(chan os.Signal, 4)
	restore := a.Signals(signals)
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-signals:
				if s.signal() {
					restore()
				}
			case <-quit:
				return
			}
		}
	}()
	return ctx, s, func() {
		restore()
		close(quit)
		<-done
		cancel(nil)
	}
}

// attach makes the first signal drain the engine.
func (s *stops) attach(e *pipeline.Engine) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.engine = e
}

// detach: the engine has ended; what follows is soon done and not worth stopping but by a second signal.
func (s *stops) detach() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count = max(s.count, 1)
}

// signal takes the next step; true when it was the last.
func (s *stops) signal() (last bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count++
	if s.count > 1 || s.engine == nil {
		s.cancel(errInterrupted)
		return true
	}
	s.engine.Drain()
	n := s.engine.Progress().InFlight
	s.voice.warn("finishing %d %s in flight; press Ctrl-C again to leave at once", n, noun(n, "request"))
	return false
}
