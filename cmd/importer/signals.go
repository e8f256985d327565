package main

import (
	"context"
	"os"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
	"importer/cmd/importer/internal/terminal"
)

// stops turns signals into the two steps of stopping: the first drains the import, or leaves at once where none runs yet; the second leaves
// at once in any case. After it signals have their usual effect again.
type stops struct {
	terminal *terminal.Terminal
	now      func() time.Time
	cancel   context.CancelCauseFunc

	mu    sync.Mutex
	under *runs.Import // whose rows are processed; nil before
	end   func()       // stops what follows the call, once it has ended; nil before
	count int          // steps taken
	heard int          // signals, but for those of one press
	last  os.Signal
	at    time.Time // of last
}

// onePress is the time within which a repeated signal counts once: timeout(1) and supervisors signal both a process and its group.
const onePress = 250 * time.Millisecond

// interruptible returns a context that a signal ends, and the steps that lead there. release gives the signals back.
func (a *app) interruptible(parent context.Context) (ctx context.Context, s *stops, release func()) {
	ctx, cancel := context.WithCancelCause(parent)
	s = &stops{terminal: a.terminal, now: a.Now, cancel: cancel}
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

// observe makes the first signal drain an import while its rows are processed. What follows is short: only a second signal stops it.
func (s *stops) observe(event runs.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch e := event.(type) {
	case runs.Started:
		s.under, s.count = e.Import, 0
	case runs.Ended:
		s.count = max(s.count, 1)
	}
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
	if s.end != nil {
		s.end()
		return s.heard > 1
	}
	s.count++
	if s.count > 1 || s.under == nil {
		s.cancel(runs.ErrInterrupted)
		return s.heard > 1 // the first may leave at once too, and must not make the second, which may follow closely, kill what is on its way out
	}
	s.under.Drain()
	s.terminal.Stopping(s.under.Snapshot().InFlight)
	return false
}

// after returns a context for what follows the call: the next signal ends it, and it has ended where the person left at once.
func (s *stops) after(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.end = cancel
	if s.heard > 1 {
		cancel()
	}
	return ctx, cancel
}

// interruptibly runs a command that signals stop in two steps, with what all requests have in common.
func (a *app) interruptibly(cmd *cobra.Command, do func(context.Context, runs.Request) error) error {
	ctx, s, release := a.interruptible(cmd.Context())
	defer release()
	return do(ctx, a.request(cmd, s.observe))
}

// request is what all requests have in common. Each event is observed by the others first, then shown.
func (a *app) request(cmd *cobra.Command, others ...func(runs.Event)) runs.Request {
	observe := func(e runs.Event) {
		for _, other := range others {
			other(e)
		}
		a.terminal.Observe(e)
	}
	return runs.Request{Options: given(cmd.Flags()), Observe: observe, Confirm: a.terminal.Confirm()}
}
