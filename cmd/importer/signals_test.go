package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"importer/cmd/importer/internal/runs"
	"importer/cmd/importer/internal/terminal"
)

// TestStopsInTwoSteps: without an engine the first signal leaves at once; the signals are given back either way.
func TestStopsInTwoSteps(t *testing.T) {
	defer goleak.VerifyNone(t)
	var said bytes.Buffer
	var to chan<- os.Signal
	var restored atomic.Int32
	a := &app{environment: environment{Signals: func(c chan<- os.Signal) func() { to = c; return func() { restored.Add(1) } }, Now: time.Now},
		terminal: terminal.New(terminal.Config{Err: &said, Now: time.Now})}
	ctx, _, release := a.interruptible(t.Context())
	to <- syscall.SIGTERM
	<-ctx.Done()
	if !errors.Is(context.Cause(ctx), runs.ErrInterrupted) {
		t.Errorf("the cause is %v", context.Cause(ctx))
	}
	release()
	if restored.Load() == 0 {
		t.Error("the signals were not given back")
	}
}

// TestOnePressIsOneStop: timeout(1) signals the process and its group.
func TestOnePressIsOneStop(t *testing.T) {
	t.Parallel()
	clock := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	cut := 0
	s := &stops{now: func() time.Time { return clock }, cancel: func(error) { cut++ }, count: 1, heard: 1}
	s.last, s.at = os.Interrupt, clock
	if s.signal(os.Interrupt) || cut != 0 {
		t.Error("the same signal at the same moment is no second wish")
	}
	clock = clock.Add(onePress)
	if !s.signal(os.Interrupt) || cut != 1 {
		t.Error("later it is")
	}
}

// TestTheFirstSignalNeverKills: before and after the engine runs the first signal leaves at once, and the second must find us still listening.
func TestTheFirstSignalNeverKills(t *testing.T) {
	t.Parallel()
	for _, steps := range []int{0, 1} { // 1: the engine has ended
		cut := 0
		s := &stops{now: time.Now, cancel: func(error) { cut++ }, count: steps}
		if s.signal(os.Interrupt) || cut != 1 {
			t.Errorf("after %d steps the first signal gave the signals back, or cut %d times", steps, cut)
		}
		if !s.signal(syscall.SIGTERM) {
			t.Errorf("after %d steps the second signal did not give them back", steps)
		}
	}
}
