package main

import (
	"context"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
)

func (a *app) reportCommand() *cobra.Command {
	var codesText, statusText string
	workbook := false
	cmd := &cobra.Command{
		Use:   "report [RUN]",
		Short: "Write the files of a run again, or its failed rows by cause",
		Long: "report writes results.csv, failed.csv, summary.json and report.html of a run again, from the journal and the input: of the newest run, or of the\n" +
			"one named by its number, its name or its folder. Its exit code is that of the run.\n" +
			"With --code or --status it writes the failed rows of each of them into a file of its own beside failed.csv, with --xlsx a workbook with a sheet for\n" +
			"each code, for people who fix rows in a spreadsheet; nothing else is written then. retry takes all of these files.",
		Example: "  importer report\n  importer report 1 --json\n  importer report --code date_two_digit_year,phone_already_registered\n" +
			"  importer report 1 --xlsx",
		Args:              needArgs(0, 1, "at most one run"),
		ValidArgsFunction: a.runNames,
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !workbook && codesText == "" && statusText == "" {
			return a.reporting(func(ctx context.Context, r runs.Request, args []string) (runs.Result, error) {
				return a.service.Report(ctx, runs.ReportRequest{Request: r, Run: first(args)})
			})(cmd, args)
		}
		pick, err := pickOf(codesText, statusText)
		if err != nil {
			return err
		}
		return a.interruptibly(cmd, func(ctx context.Context, r runs.Request) error {
			result, err := a.service.Export(ctx, runs.ExportRequest{Request: r, Run: first(args), Pick: pick, Workbook: workbook})
			if err != nil {
				return err
			}
			return a.terminal.Exported(result)
		})
	}
	cmd.Flags().StringVar(&codesText, "code", "", "write the failed rows with each of these codes into a file of its own: `CODE,...`")
	cmd.Flags().StringVar(&statusText, "status", "", "only failed rows with these statuses: `STATUS,...`")
	cmd.Flags().BoolVar(&workbook, "xlsx", false, "write the failed rows as a workbook, with a sheet for each code")
	_ = cmd.RegisterFlagCompletionFunc("code", listOf(codes)) // fails for a flag that is not there
	_ = cmd.RegisterFlagCompletionFunc("status", listOf(statuses))
	return withOptions(cmd, runs.OptionsFor(runs.ReportRequest{}))
}
