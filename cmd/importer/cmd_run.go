package main

import (
	"context"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
)

const inputArgs = "an input: a file, a folder, a pattern in quotes, or - for standard input"

func (a *app) runCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "run INPUT…",
		Short: "Send a list to a vendor",
		Long: "run sends every row of the inputs to the vendor and writes down what happened to each. The same command resumes an interrupted run;\n" +
			"after the end it sends only what is new. - reads standard input; a folder stands for the lists in it, a pattern such as\n" +
			"'lists/*.csv' for the files that match.",
		Example: "  importer run --sandbox --job samples/distinct.yaml samples/customers.csv\n" +
			"  importer run --sandbox --job samples/distinct.yaml --rate 20/s samples/customers.csv",
		Args: needArgs(1, -1, inputArgs),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.interruptibly(cmd, func(ctx context.Context, s *stops) error {
				result, err := a.service.Start(ctx, runs.StartRequest{Request: a.request(cmd, s), Inputs: args})
				return a.ended(result, err)
			})
		},
	}
	addOptions(cmd, runs.AllOptions())
	return cmd
}

// ended makes the error of a command whose result carries an exit code.
func (a *app) ended(result runs.Result, err error) error {
	if err != nil {
		return err
	}
	return exitWith(result.Exit)
}
