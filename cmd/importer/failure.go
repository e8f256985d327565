package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"importer/mapping"
	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
)

// failure is an error with the exit code and the hint it ends the program with.
type failure struct {
	exit reports.ExitCode
	err  error
	hint string // one sentence; may be empty
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// ended is the error of a run that ended as reported: nothing is left to say.
type ended struct{ exit reports.ExitCode }

func (e ended) Error() string { return e.exit.Meaning() }

func usage(err error, hint string) error { return &failure{reports.ExitUsage, err, hint} }

func unusable(err error, hint string) error { return &failure{reports.ExitData, err, hint} }

// exitWith returns the error of a command that has told the person everything: nil for 0.
func exitWith(code reports.ExitCode) error {
	if code == reports.ExitOK {
		return nil
	}
	return ended{code}
}

// fail prints an error and returns its exit code.
func (a *app) fail(err error) reports.ExitCode {
	var done ended
	var others []error
	for _, one := range split(err) {
		if errors.As(one, &done) {
			continue
		}
		others = append(others, one)
		a.voice.problem(textOf(one), hintOf(one))
	}
	if len(others) == 0 {
		return done.exit
	}
	return exitOf(errors.Join(others...))
}

// split takes joined errors apart, so that each is printed with its own hint.
func split(err error) []error {
	for e := err; e != nil; e = errors.Unwrap(e) {
		switch all := e.(type) {
		case *failure:
			var one *problem.Error
			if all.hint == "" && errors.As(all.err, &one) {
				return split(all.err)
			}
			return []error{err}
		case interface{ Unwrap() []error }:
			if err.Error() != joined(all.Unwrap()) {
				return []error{err} // a sentence about its causes, not a list of them
			}
			var parts []error
			for _, one := range all.Unwrap() {
				parts = append(parts, split(one)...)
			}
			return parts
		}
	}
	return []error{err}
}

func joined(errs []error) string {
	texts := make([]string, len(errs))
	for i, err := range errs {
		texts[i] = err.Error()
	}
	return strings.Join(texts, "\n")
}

// textOf is the error without what hintOf tells.
func textOf(err error) string {
	if one, ok := err.(*problem.Error); ok {
		return one.Detail()
	}
	var input *source.Error
	if errors.As(err, &input) && input.Hint != "" {
		return strings.Replace(err.Error(), "; hint: "+input.Hint, "", 1)
	}
	return strings.ReplaceAll(err.Error(), context.Canceled.Error(), errInterrupted.Error())
}

// hintOf is what to do about an error, as far as anybody knows.
func hintOf(err error) string {
	if _, ok := err.(*problem.Error); ok {
		return "" // it stands below the source line
	}
	var f *failure
	if errors.As(err, &f) && f.hint != "" {
		return f.hint
	}
	var input *source.Error
	if errors.As(err, &input) {
		return input.Hint
	}
	return journal.Hint(err)
}

// exitOf finds the exit code of an error.
func exitOf(err error) reports.ExitCode {
	var f *failure
	var input *source.Error
	switch {
	case errors.As(err, &f):
		return f.exit
	case errors.Is(err, journal.ErrRunning):
		return reports.ExitBusy
	case errors.Is(err, journal.ErrStorage):
		return reports.ExitStorage
	case errors.Is(err, context.Canceled), errors.Is(err, errInterrupted):
		return reports.ExitInterrupted
	case errors.As(err, &input), problem.KindOf(err) == problem.Input, errors.Is(err, source.ErrChanged):
		return reports.ExitData
	}
	return reports.ExitInternal
}

// didYouMeanFlag continues a hint where an unknown flag is near a known one.
func didYouMeanFlag(cmd *cobra.Command, err error) string {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return ""
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near, ok := mapping.Nearest(unknown.GetSpecifiedName(), names); ok {
		return "; did you mean --" + near + "?"
	}
	return ""
}

// needArgs refuses a command line with too few or too many arguments; most below 0 is any number.
func needArgs(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return usage(fmt.Errorf("%s needs %s", cmd.Name(), what), "importer "+cmd.Name()+" --help shows how it is used")
		case most >= 0 && len(args) > most:
			return usage(fmt.Errorf("%s takes %s, not %d arguments", cmd.Name(), what, len(args)), "importer "+cmd.Name()+" --help shows how it is used")
		}
		return nil
	}
}
