package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
	"importer/mapping/problem"
	"importer/reports"
)

func (a *app) retryCommand() *cobra.Command {
	var codesText, statusText string
	accept := false
	cmd := &cobra.Command{
		Use:   "retry RUN|results.csv|failed.csv|failed.xlsx",
		Short: "Send failed rows again",
		Long: "retry makes a new run of rows that failed. With a run (its number, name or folder) or its results.csv it takes them from the original input:\n" +
			"rejected, invalid and unsent rows, or those that --code and --status choose. With a failed.csv, open.csv or failed.xlsx that was fixed in a\n" +
			"spreadsheet it takes the rows of that file; people who exist at the vendor only where their rows were fixed, or with --status exists. It compares them with\n" +
			"the original rows, and asks for --accept-changes where a spreadsheet seems to have changed\n" +
			"cells beside the one at fault: leading zeros lost, dates rewritten. Rows in doubt are sent only where the vendor refuses or absorbs a repeat, or with --status in_doubt.",
		Example:           "  importer retry 1 --code phone_already_registered\n  importer retry reports/20261121T120000Z-distinct-customers/failed.csv",
		Args:              needArgs(1, 1, "a run, a results.csv or a failed.csv"),
		ValidArgsFunction: a.runNames,
		RunE: a.sending(func(ctx context.Context, r runs.Request, args []string) (runs.Result, error) {
			pick, err := pickOf(codesText, statusText)
			if err != nil {
				return runs.Result{}, err
			}
			return a.service.Retry(ctx, runs.RetryRequest{Request: r, Of: args[0], Pick: pick, AcceptChanges: accept})
		}),
	}
	cmd.Flags().StringVar(&codesText, "code", "", "only rows with these codes: `CODE,...`")
	cmd.Flags().StringVar(&statusText, "status", "", "only rows with these statuses: `STATUS,...`")
	cmd.Flags().BoolVar(&accept, "accept-changes", false, "of a failed.csv: send cells too that a spreadsheet seems to have changed")
	_ = cmd.RegisterFlagCompletionFunc("code", listOf(codes)) // fails for a flag that is not there
	_ = cmd.RegisterFlagCompletionFunc("status", listOf(statuses))
	return withOptions(cmd, runs.OptionsFor(runs.RetryRequest{}))
}

func pickOf(codesText, statusText string) (pick reports.Pick, err error) {
	pick.Codes = list(codesText)
	var faults []error
	for _, word := range list(statusText) {
		status, err := reports.ParseStatus(word)
		if err != nil {
			faults = append(faults, &problem.Error{Kind: problem.Usage, Message: "--status", Err: err})
			continue
		}
		pick.Statuses = append(pick.Statuses, status)
	}
	return pick, errors.Join(faults...)
}
