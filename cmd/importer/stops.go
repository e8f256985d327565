package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"importer/pipeline"
)

var errInterrupted = errors.New("interrupted")

// stops turns signals into the two steps of stopping: the first drains the engine, or leaves at once where none runs yet; the second leaves
// at once in any case. After it signals have their usual effect again.
type stops struct {
	voice  *voice
	now    func() time.Time
	cancel context.CancelCauseFunc

	mu     sync.Mutex
	engine *pipeline.Engine
	count  int // steps taken
	heard  int // signals, but for those of one press
	last   os.Signal
	at     time.Time // of last
}

// onePress is how soon the same signal again is still the same wish: timeout(1) and supervisors signal a process and its group.
const onePress = 250 * time.Millisecond

// interruptible returns a context that a signal ends, and the steps that lead there. release gives the signals back.
func (a *app) interruptible(parent context.Context) (ctx context.Context, s *stops, release func()) {
	ctx, cancel := context.WithCancelCause(parent)
	s = &stops{voice: a.voice, now: a.Now, cancel: cancel}
	signals := make(chan os.Signal, 4)
	restore := a.Signals(signals)
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case sig := <-signals:
				if s.signal(sig) {
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
	s.engine, s.count = e, 0
}

// detach: the engine has ended; what follows is soon done and not worth stopping but by a second signal.
func (s *stops) detach() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count = max(s.count, 1)
}

// signal takes the next step; true when it was the last.
func (s *stops) signal(sig os.Signal) (last bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	if sig == s.last && now.Sub(s.at) < onePress {
		return false
	}
	s.last, s.at = sig, now
	s.heard++
	s.count++
	if s.count > 1 || s.engine == nil {
		s.cancel(errInterrupted)
		return s.heard > 1 // the first may leave at once too, and must not make the second, which may follow closely, kill what is on its way out
	}
	s.engine.Drain()
	n := s.engine.Progress().InFlight
	what := "stopping"
	if n > 0 {
		what = fmt.Sprintf("finishing %d %s in flight", n, noun(n, "request"))
	}
	s.voice.warn("%s; press Ctrl-C again to leave at once", what)
	return false
}
