package main

import (
	"context"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
	"importer/reports"
)

func (a *app) statusCommand() *cobra.Command {
	to := ""
	cmd := &cobra.Command{
		Use:   "status [LIST|RUN]",
		Short: "Show what happened to a list over all its runs",
		Long: "status adds up a run and everything that followed it: retries, by run or by failed.csv, resumed starts, and later runs over the same list. Each person is\n" +
			"counted once. Of a LIST (its path) it takes the newest run over it, in every account; of a RUN (its number, name or folder) all that belongs together\n" +
			"with it; without either, the newest run. The rows that are still open are written into open.csv, in the folder of the newest run: fix them there,\n" +
			"and feed the file to retry. Nothing is sent. Exit code: 0 nobody is open, 1 rows are open, 6 rows are in doubt.",
		Example:           "  importer status samples/customers.csv\n  importer status 1 --json\n  importer status 1 --to open.csv",
		Args:              needArgs(0, 1, "at most one list or run"),
		ValidArgsFunction: a.runNames,
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return a.interruptibly(cmd, func(ctx context.Context, r runs.Request) error {
			result, err := a.service.Status(ctx, runs.StatusRequest{Request: r, Of: first(args), To: to})
			if err != nil {
				return err
			}
			if err := a.terminal.Status(result); err != nil || result.Exit == reports.ExitOK {
				return err
			}
			return ended{result.Exit}
		})
	}
	cmd.Flags().StringVar(&to, "to", "", "write the open rows into this `FILE`; one that is there is not overwritten")
	return withOptions(cmd, runs.OptionsFor(runs.StatusRequest{}))
}
