package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"importer/pipeline/journal"
)

func (a *app) resumeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "resume [RUN]",
		Short:   "Go on with a run that was stopped",
		Long:    "resume goes on with a run where it stopped: the newest that is not finished, or the one named by its number, its name or its folder.\nIt needs the same input and the same job file.",
		Example: "  importer resume\n  importer resume 20261121T120000Z-distinct-customers --rate 5/s",
		Args:    needArgs(0, 1, "at most one run"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.interruptibly(cmd, func(ctx context.Context, s *stops) error { return a.resume(ctx, s, cmd, first(args)) })
		},
	}
	addKnobs(cmd.Flags(), knobsNamed("rate", "workers", "timeout", "max-errors", "in-doubt", "yes", "ok", "out", "journal", "show-keys",
		"progress", "quiet", "json", "log-format", "verbose"))
	return cmd
}

func first(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

func (a *app) resume(ctx context.Context, s *stops, cmd *cobra.Command, word string) (err error) {
	l, err := a.ledgerOf(cmd, word)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	r, err := l.find(ctx, word, func(r journal.Run) bool { return (r.State != journal.Complete || l.unreported(r)) && !isSandbox(r) })
	if err != nil {
		return notFound(err, word, "every run is finished, or was one into the sandbox")
	}
	if isSandbox(r) {
		return unusable(fmt.Errorf("run %s went into a sandbox that is gone; it cannot be gone on with", r.Name), "start it again with run --sandbox")
	}
	c, err := a.recall(ctx, l, r, recalling{flags: cmd.Flags()})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.work.close()) }()
	if err := c.sameJob(); err != nil {
		return err
	}
	unlock, err := a.lock(c.work, l)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if err := c.reopen(ctx); err != nil {
		return err
	}
	return c.execute(ctx, s)
}

// sameJob refuses to go on with a run under another job or in another account: half of it would be one thing, half another.
func (c *course) sameJob() error {
	if now := c.work.account.ID(); now != c.run.Account {
		return unusable(fmt.Errorf("run %s went to another account: %s; now it is %s", c.run.Name, c.run.Account, now),
			"set the account as it was to finish that run, or begin one in this account with run")
	}
	if c.work.digest(c.ledger) == c.run.Job {
		return nil
	}
	return unusable(fmt.Errorf("the job file has changed since run %s began", c.run.Name),
		"put it back as it was to finish the run, or start over with run --fresh; whom the run created is then skipped")
}

// ledgerOf opens the journal that a command's flags or its argument point at.
func (a *app) ledgerOf(cmd *cobra.Command, arg string) (*ledger, error) {
	l := layering{flags: cmd.Flags(), env: a.LookupEnv}
	k, _, faults := l.resolve(runKnobs())
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	a.voice.as(k.logFormat, k.quiet, k.verbose)
	_, outSaid := a.LookupEnv("IMPORTER_OUT")
	return a.findLedger(a.placed(k, outSaid || cmd.Flags().Changed("out"), arg))
}

// isSandbox reports whether a run went into a sandbox in its own process.
func isSandbox(r journal.Run) bool {
	n, err := noteOf(r)
	return err == nil && n.Sandbox
}

// notFound says more where no run was named and none fits.
func notFound(err error, word, why string) error {
	if word != "" {
		return err
	}
	return unusable(errors.New("there is no run to take: "+why), "importer runs lists them all")
}
