package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"importer/cmd/importer/internal/runs"
	"importer/cmd/importer/internal/terminal"
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
		"usage":           {usage("x", ""), reports.ExitUsage},
		"job":             {problem.New(problem.Input, "x", ""), reports.ExitData},
		"input":           {&problem.Error{Kind: problem.Input, Message: "x"}, reports.ExitData},
		"changed":         {fmt.Errorf("row 3: %w", source.ErrChanged), reports.ExitData},
		"storage":         {fmt.Errorf("x: %w", journal.ErrStorage), reports.ExitStorage},
		"running":         {fmt.Errorf("x: %w", journal.ErrRunning), reports.ExitBusy},
		"interrupted":     {runs.ErrInterrupted, reports.ExitInterrupted},
		"cancelled":       {context.Canceled, reports.ExitInterrupted},
		"anything else":   {errors.New("x"), reports.ExitInternal},
		"ended":           {ended{reports.ExitFailures}, reports.ExitFailures},
		"ended, and more": {errors.Join(ended{reports.ExitOK}, fmt.Errorf("closing: %w", journal.ErrStorage)), reports.ExitStorage},
		"ended, wrapped":  {errors.Join(nil, errors.Join(ended{reports.ExitFatal}, nil)), reports.ExitFatal},
		"usage and data":  {errors.Join(usage("x", ""), problem.New(problem.Input, "y", "")), reports.ExitUsage},
	} {
		var said bytes.Buffer
		a := &app{terminal: terminal.New(terminal.Config{Err: &said, Now: time.Now})}
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
	a := &app{terminal: terminal.New(terminal.Config{Err: &said, Now: time.Now})}
	a.fail(errors.Join(
		usage("--rate: nonsense", "write 20/s"),
		&problem.Error{Kind: problem.Input, File: "job.yaml", Line: 2, Column: 3, Message: "unknown key", Source: "  feilds: x", Width: 6},
		&problem.Error{Kind: problem.Input, File: "a\x1b[31m.csv", Message: "cannot be opened", Fix: "check the path"},
	))
	want := "importer: --rate: nonsense\nhint: write 20/s\n" +
		"importer: job.yaml:2:3: unknown key\n    2 |   feilds: x\n      |   ^^^^^^\n" +
		"importer: a\\u001b[31m.csv: cannot be opened\nhint: check the path\n"
	if said.String() != want {
		t.Errorf("said\n%s\nwant\n%s", said.String(), want)
	}
}
