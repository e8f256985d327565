package main

import (
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/reports"
)

func (a *app) reportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "report [RUN]",
		Short:   "Write the files of a run anew",
		Long:    "report writes results.csv, failed.csv, summary.json and report.html of a run anew, from the journal and the input: the newest run, or the\none named by its number, its name or its folder. Its exit code is that of the run.",
		Example: "  importer report\n  importer report 3 --json",
		Args:    needArgs(0, 1, "at most one run"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.interruptibly(cmd, func(ctx context.Context, _ *stops) error { return a.reportRun(ctx, cmd, first(args)) })
		},
	}
	addKnobs(cmd.Flags(), knobsNamed("ok", "out", "journal", "show-keys", "quiet", "json", "log-format", "verbose"))
	return cmd
}

func (a *app) reportRun(ctx context.Context, cmd *cobra.Command, word string) (err error) {
	l, err := a.ledgerOf(cmd, word)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	r, err := l.find(ctx, word, func(journal.Run) bool { return true })
	if err != nil {
		return notFound(err, word, "the journal is empty")
	}
	c, err := a.recall(ctx, l, r, recalling{flags: cmd.Flags(), offline: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.work.close()) }()
	if c.work.digest(l) != r.Job {
		a.voice.warn("the job file has changed since the run; masked identities are read with the new one")
	}
	if r.State == journal.Running {
		unlock, err := a.notRunning(l, r)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, unlock()) }()
	}
	if err := os.MkdirAll(c.folder(), 0o700); err != nil {
		return storage(err)
	}
	outcome, err := c.recount(ctx)
	if err != nil {
		return err
	}
	return c.report(ctx, session{outcome: outcome})
}

// notRunning keeps a run that the journal has as running from being reported while it really runs: its files are being written then.
func (a *app) notRunning(l *ledger, r journal.Run) (func() error, error) {
	lock, err := l.lock(r.Account)
	if err != nil {
		return nil, err
	}
	return lock.Release, nil
}

// recount tells from the journal how a run ended, as far as its state says.
func (c *course) recount(ctx context.Context) (pipeline.Outcome, error) {
	var o pipeline.Outcome
	counts, err := c.ledger.store.Counts(ctx, c.run.ID)
	if err != nil {
		return o, err
	}
	for _, n := range counts {
		o.Counts[n.Status] += n.Rows
	}
	switch c.run.State {
	case journal.Stopped:
		o.Reason = c.whyStopped(o.Counts)
	case journal.Interrupted, journal.Running:
		o.Reason = pipeline.Drained
	}
	return o, nil
}

// whyStopped tells apart what the journal's state does not, whether the vendor refused everything or too many rows failed: by what the run left in
// its folder when it ended, else, where somebody has deleted that, by the rows.
func (c *course) whyStopped(counts pipeline.Counts) pipeline.Reason {
	left, _ := reports.Pending(c.folder())
	if left == reports.ExitOK {
		if summary, err := reports.ReadSummary(c.folder()); err == nil {
			left = summary.Exit
		}
	}
	tooMany := left == reports.ExitTooMany
	if left != reports.ExitTooMany && left != reports.ExitFatal {
		limit, failed := c.work.knobs.maxErrors, counts.Failed()
		tooMany = limit.Rows > 0 && failed > limit.Rows || limit.Percent > 0 && float64(failed)*100 > limit.Percent*float64(counts.Sum())
	}
	if tooMany {
		return pipeline.TooManyErrors
	}
	return pipeline.FatalAnswer
}
