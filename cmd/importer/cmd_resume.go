package main

import (
	"context"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
)

func (a *app) resumeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "resume [RUN]",
		Short: "Continue a run that was stopped",
		Long: "resume continues a run where it stopped: the newest that is not finished, or the one named by its number, its name or its folder.\n" +
			"It needs the same input and the same job file.",
		Example:           "  importer resume\n  importer resume 1 --rate 20/s",
		Args:              needArgs(0, 1, "at most one run"),
		ValidArgsFunction: a.runNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.interruptibly(cmd, func(ctx context.Context, s *stops) error {
				result, err := a.service.Resume(ctx, runs.ResumeRequest{Request: a.request(cmd, s), Run: first(args)})
				return a.ended(result, err)
			})
		},
	}
	addOptions(cmd, runs.OptionsFor(runs.ResumeRequest{}))
	return cmd
}

func first(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}
