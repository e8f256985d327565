package main

import (
	"context"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
)

func (a *app) resumeCommand() *cobra.Command {
	return withOptions(&cobra.Command{
		Use:   "resume [RUN]",
		Short: "Continue a run that was stopped",
		Long: "resume continues a run where it stopped: the newest that is not finished, or the one named by its number, its name or its folder.\n" +
			"It needs the same input and the same job file.",
		Example:           "  importer resume\n  importer resume 1 --rate 20/s",
		Args:              needArgs(0, 1, "at most one run"),
		ValidArgsFunction: a.runNames,
		RunE: a.sending(func(ctx context.Context, r runs.Request, args []string) (runs.Result, error) {
			return a.service.Resume(ctx, runs.ResumeRequest{Request: r, Run: first(args)})
		}),
	}, runs.OptionsFor(runs.ResumeRequest{}))
}

func first(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}
