package main

import (
	"context"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/notify"
	"importer/cmd/importer/internal/runs"
	"importer/mapping/problem"
	"importer/reports"
)

// reporter is a command whose result carries an exit code.
type reporter = func(context.Context, runs.Request, []string) (runs.Result, error)

// reporting makes what cobra runs of a command whose result carries an exit code. All that it has to say is printed by then.
func (a *app) reporting(do reporter) func(*cobra.Command, []string) error {
	return a.concluding(do, func(context.Context, runs.Conclusion) {})
}

// sending is reporting for a command that sends rows: at its end others are told, as the options ask, whether it began or not.
func (a *app) sending(do reporter) func(*cobra.Command, []string) error {
	return a.concluding(do, a.tell)
}

func (a *app) concluding(do reporter, tell func(context.Context, runs.Conclusion)) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		ctx, s, release := a.interruptible(cmd.Context())
		defer release()
		var witness runs.Witness
		result, err := guarded(func() (runs.Result, error) { return do(ctx, a.request(cmd, s.observe, witness.Observe), args) })
		exit := result.Exit
		if err != nil {
			exit = a.fail(err)
		}
		conclusion := witness.Conclude(result, err, exit)
		after, cancel := s.after(cmd.Context())
		defer cancel()
		tell(after, conclusion)
		a.terminal.Conclude(conclusion)
		if exit == reports.ExitOK {
			return nil
		}
		return ended{exit}
	}
}

// guarded makes an error of a panic.
func guarded(do func() (runs.Result, error)) (result runs.Result, err error) {
	defer func() {
		if r := recover(); r != nil {
			result, err = runs.Result{}, panicked(r)
		}
	}()
	return do()
}

// panicked is the error of a panic; as internalError, for the function that recovers.
func panicked(thrown any) error {
	return problem.Wrap(problem.Internal, internalError(thrown), "the journal has all that was acknowledged; please report this with the command you typed")
}

// tell tells those whom the conclusion names, and says what that came to. It never changes the exit code.
func (a *app) tell(ctx context.Context, c runs.Conclusion) {
	n := notify.Notifier{LookupEnv: a.LookupEnv, Now: a.Now, Dir: a.Dir}
	told := n.Tell(ctx, c)
	a.terminal.Told(told.Lines, told.LeftOut, told.Command, told.Metrics)
}
