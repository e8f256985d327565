package main

import (
	"context"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
	"importer/reports"
)

func (a *app) adoptCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "adopt [JOURNAL]",
		Short: "Take over the journal of an earlier version",
		Long: "adopt makes a journal that an earlier version kept among its reports the one journal of the user: with its key, so that everybody whom\n" +
			"it knows stays known. Without an argument it takes reports/journal.db. The old file is kept as journal.db.adopted. A journal that is in\n" +
			"use already is not added to: two journals have two keys, and what one knows the other cannot read.",
		Example: "  importer adopt\n  importer adopt reports/journal.db",
		Args:    needArgs(0, 1, "at most one journal"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.interruptibly(cmd, func(ctx context.Context, r runs.Request) error {
				result, err := a.service.Adopt(ctx, runs.AdoptRequest{Request: r, File: first(args)})
				if err == nil {
					a.terminal.Printf("%s with %s is now %s; the old file is kept as %s\n", reports.Shown(result.From),
						reports.Plural(int64(result.Runs), "run"), reports.Shown(result.To), reports.Shown(result.Kept))
				}
				return err
			})
		},
	}
	return withOptions(cmd, runs.OptionsFor(runs.AdoptRequest{}))
}
