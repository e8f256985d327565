package main

import (
	"context"
	"errors"

	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
)

// ended is the error of a command that ended as reported: nothing is left to say.
type ended struct{ exit reports.ExitCode }

func (e ended) Error() string { return e.exit.Meaning() }

// usage is an error of the command line.
func usage(message, hint string) error { return problem.New(problem.Usage, message, hint) }

// fail prints an error and returns its exit code.
func (a *app) fail(err error) reports.ExitCode {
	var done ended
	var others []error
	for _, one := range problem.All(err) {
		if !errors.As(one, &done) {
			others = append(others, one)
		}
	}
	if len(others) == 0 {
		return done.exit
	}
	a.terminal.Fail(errors.Join(others...))
	return exitOf(others)
}

// exitOf finds the exit code of errors: that of the first which says whose it is.
func exitOf(errs []error) reports.ExitCode {
	for _, err := range errs {
		switch problem.KindOf(err) {
		case problem.Usage:
			return reports.ExitUsage
		case problem.Input:
			return reports.ExitData
		case problem.Storage:
			return reports.ExitStorage
		case problem.Busy:
			return reports.ExitBusy
		case problem.Canceled:
			return reports.ExitInterrupted
		}
	}
	err := errors.Join(errs...)
	switch {
	case errors.Is(err, journal.ErrRunning):
		return reports.ExitBusy
	case errors.Is(err, journal.ErrStorage):
		return reports.ExitStorage
	case errors.Is(err, context.Canceled):
		return reports.ExitInterrupted
	case errors.Is(err, source.ErrChanged):
		return reports.ExitData
	}
	return reports.ExitInternal
}
