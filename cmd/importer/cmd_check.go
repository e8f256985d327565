package main

import (
	"context"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
)

func (a *app) checkCommand() *cobra.Command {
	online := false
	cmd := &cobra.Command{
		Use:   "check INPUT…",
		Short: "Do everything but send",
		Long: "check reads every row, maps and checks it, finds duplicates and people whom earlier runs created, and says how many requests a run would\n" +
			"make and how long that takes at the limits. It writes the same files as a run and sends nothing.\n\n" +
			"With --online it also asks the vendor what can be asked without harm, within the same limits: whether the credentials are accepted and, for\n" +
			"Epixel, whether the sponsors exist. importer vendors NAME says what there is to ask.",
		Example: "  importer check --sandbox --job samples/distinct.yaml --show 3 samples/customers.csv",
		Args:    needArgs(1, -1, inputArgs),
		RunE: a.reporting(func(ctx context.Context, r runs.Request, args []string) (runs.Result, error) {
			return a.service.Check(ctx, runs.CheckRequest{Request: r, Inputs: args, Online: online})
		}),
	}
	cmd.Flags().BoolVar(&online, "online", false, "ask the vendor what can be asked without harm: credentials, sponsors")
	return withOptions(cmd, runs.OptionsFor(runs.CheckRequest{}))
}
