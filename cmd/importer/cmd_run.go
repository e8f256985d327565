package main

import (
	"context"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
)

const inputArgs = "an input: a file, a folder, a pattern in quotes, or - for standard input"

func (a *app) runCommand() *cobra.Command {
	return withOptions(&cobra.Command{
		Use:   "run INPUT…",
		Short: "Send a list to a vendor",
		Long: "run sends every row of the inputs to the vendor and writes down what happened to each. The same command resumes an interrupted run;\n" +
			"after the end it sends only what is new. - reads standard input; a folder stands for the lists in it, a pattern such as\n" +
			"'lists/*.csv' for the files that match.",
		Example: "  importer run --sandbox --job samples/distinct.yaml samples/customers.csv\n" +
			"  importer run --sandbox --job samples/distinct.yaml --rate 20/s samples/customers.csv",
		Args: needArgs(1, -1, inputArgs),
		RunE: a.sending(func(ctx context.Context, r runs.Request, args []string) (runs.Result, error) {
			return a.service.Start(ctx, runs.StartRequest{Request: r, Inputs: args})
		}),
	}, runs.AllOptions())
}
