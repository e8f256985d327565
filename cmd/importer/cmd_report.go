package main

import (
	"context"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
)

func (a *app) reportCommand() *cobra.Command {
	return withOptions(&cobra.Command{
		Use:   "report [RUN]",
		Short: "Write the files of a run again",
		Long: "report writes results.csv, failed.csv, summary.json and report.html of a run again, from the journal and the input: of the newest run, or of the\n" +
			"one named by its number, its name or its folder. Its exit code is that of the run.",
		Example:           "  importer report\n  importer report 1 --json",
		Args:              needArgs(0, 1, "at most one run"),
		ValidArgsFunction: a.runNames,
		RunE: a.reporting(func(ctx context.Context, r runs.Request, args []string) (runs.Result, error) {
			return a.service.Report(ctx, runs.ReportRequest{Request: r, Run: first(args)})
		}),
	}, runs.OptionsFor(runs.ReportRequest{}))
}
