package main

import (
	"context"

	"github.com/spf13/cobra"
)

func (a *app) checkCommand() *cobra.Command {
	online := false
	cmd := &cobra.Command{
		Use:   "check INPUT…",
		Short: "Do everything but send",
		Long: "check reads every row, maps and checks it, finds duplicates and people whom earlier runs created, and says how many requests a run would\n" +
			"make and how long that takes at the limits. It writes the same files as a run and sends nothing.\n\n" +
			"With --online it also asks the vendor what can be asked without harm, within the same limits: whether the credentials are taken and, for\n" +
			"Epixel, whether the sponsors exist. importer vendors NAME says what there is to ask.",
		Example: "  importer check --job samples/distinct.yaml --sandbox samples/customers.csv --show 3",
		Args:    needArgs(1, -1, "an input: a file, a folder, a pattern in quotes, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.interruptibly(cmd, func(ctx context.Context, s *stops) error {
				return a.runInputs(ctx, s, order{flags: cmd.Flags(), inputs: a.inputs(args), check: true, online: online})
			})
		},
	}
	cmd.Flags().BoolVar(&online, "online", false, "ask the vendor what can be asked without harm: credentials, sponsors")
	addKnobs(cmd.Flags(), knobsNamed(append(inputKnobNames(), "job", "vendor", "base-url", "sandbox", "rate", "workers", "timeout", "in-doubt", "ok", "where", "identity", "on-duplicate", "sort", "skip-rows", "max-rows", "out", "journal",
		"show-keys", "show", "progress", "quiet", "json", "log-format", "verbose")...))
	return cmd
}
