package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"
)

func (a *app) runCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "run INPUT…",
		Short: "Send a list to a vendor",
		Long: "run sends every row of the inputs to the vendor and writes down what became of it. Typed again after an interruption\n" +
			"it goes on where it stopped; typed again after the end it sends only what is new. - reads standard input;\n" +
			"a folder stands for the lists in it, a pattern such as 'lists/*.csv' for the files that fit.",
		Example: "  importer run --sandbox --job samples/distinct.yaml samples/customers.csv\n" +
			"  DISTINCT_API_KEY_FILE=~/.distinct.key importer run --job job.yaml --rate 20/s list.csv",
		Args: needArgs(1, -1, "an input: a file, a folder, a pattern in quotes, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.interruptibly(cmd, func(ctx context.Context, s *stops) error {
				return a.runInputs(ctx, s, order{flags: cmd.Flags(), inputs: a.inputs(args)})
			})
		},
	}
	addKnobs(cmd.Flags(), runKnobs())
	return cmd
}

// interruptibly runs a command that signals stop in two steps.
func (a *app) interruptibly(cmd *cobra.Command, do func(context.Context, *stops) error) error {
	parent := cmd.Context()
	if parent == nil {
		parent = context.Background()
	}
	ctx, s, release := a.interruptible(parent)
	defer release()
	return do(ctx, s)
}

// inputs are the arguments as inputs. Standard input has no path until it is spooled.
func (a *app) inputs(args []string) []input {
	list := make([]input, len(args))
	for i, arg := range args {
		list[i] = input{Name: arg}
		if arg != "-" {
			list[i].Path = a.absolute(arg)
		}
	}
	return list
}

func (a *app) runInputs(ctx context.Context, s *stops, o order) (err error) {
	w, err := a.prepare(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	if w.knobs.dryRun || o.check {
		return a.check(ctx, s, w, o.online)
	}
	l, err := a.openLedger(place{w.knobs.out, w.knobs.journal})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	c, unlock, err := a.open(ctx, w, l)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	return c.execute(ctx, s)
}
