package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
)

func TestExitOfErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		want reports.ExitCode
	}{
		"usage":           {usage(errors.New("x"), ""), reports.ExitUsage},
		"job":             {problem.New(problem.Input, "x", ""), reports.ExitData},
		"input":           {&source.Error{Message: "x"}, reports.ExitData},
		"changed":         {fmt.Errorf("row 3: %w", source.ErrChanged), reports.ExitData},
		"storage":         {fmt.Errorf("x: %w", journal.ErrStorage), reports.ExitStorage},
		"running":         {&journal.RunningError{}, reports.ExitBusy},
		"interrupted":     {errInterrupted, reports.ExitInterrupted},
		"cancelled":       {context.Canceled, reports.ExitInterrupted},
		"anything else":   {errors.New("x"), reports.ExitInternal},
		"ended":           {ended{reports.ExitFailures}, reports.ExitFailures},
		"ended, and more": {errors.Join(ended{reports.ExitOK}, fmt.Errorf("closing: %w", journal.ErrStorage)), reports.ExitStorage},
		"ended, wrapped":  {errors.Join(nil, errors.Join(ended{reports.ExitFatal}, nil)), reports.ExitFatal},
		"usage and data":  {errors.Join(usage(errors.New("x"), ""), unusable(errors.New("y"), "")), reports.ExitUsage},
	} {
		var said bytes.Buffer
		a := &app{voice: &voice{screen: &screen{out: &said}, now: time.Now}}
		if got := a.fail(c.err); got != c.want {
			t.Errorf("%s: exit %d, want %d", name, got, c.want)
		}
	}
}

// TestErrorsAreToldOneByOne: every fault has its own line and its own hint, a caret stays below what it means, and nothing reaches the terminal
// unescaped.
func TestErrorsAreToldOneByOne(t *testing.T) {
	t.Parallel()
	var said bytes.Buffer
	a := &app{voice: &voice{screen: &screen{out: &said}, now: time.Now}}
	a.fail(errors.Join(
		usage(errors.New("--rate: nonsense"), "write 20/s"),
		&problem.Error{Kind: problem.Input, File: "job.yaml", Line: 2, Column: 3, Message: "unknown key", Source: "  feilds: x", Width: 6},
		&source.Error{Path: "a\x1b[31m.csv", Message: "cannot be opened", Hint: "check the path"},
	))
	want := "importer: --rate: nonsense\nhint: write 20/s\n" +
		"importer: job.yaml:2:3: unknown key\n    2 |   feilds: x\n      |   ^^^^^^\n" +
		"importer: a\\u001b[31m.csv: cannot be opened\nhint: check the path\n"
	if said.String() != want {
		t.Errorf("said\n%s\nwant\n%s", said.String(), want)
	}
}

// TestStopsInTwoSteps: without an engine the first signal leaves at once; the signals are given back either way.
func TestStopsInTwoSteps(t *testing.T) {
	defer goleak.VerifyNone(t)
	var said bytes.Buffer
	var to chan<- os.Signal
	var restored atomic.Int32
	a := &app{environment: environment{Signals: func(c chan<- os.Signal) func() { to = c; return func() { restored.Add(1) } }},
		voice: &voice{screen: &screen{out: &said}, now: time.Now}}
	a.Now = time.Now
	ctx, _, release := a.interruptible(t.Context())
	to <- syscall.SIGTERM
	<-ctx.Done()
	if !errors.Is(context.Cause(ctx), errInterrupted) {
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
