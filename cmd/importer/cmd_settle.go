package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
	"importer/mapping/problem"
	"importer/reports"
)

func (a *app) settleCommand() *cobra.Command {
	var rows []int64
	var as string
	cmd := &cobra.Command{
		Use:   "settle RUN --row N,... --as created|not-created",
		Short: "Say what happened to rows in doubt",
		Long: "settle records what a person found out about rows in doubt: that the vendor has them (--as created), or that it does not\n" +
			"(--as not-created; then they may be sent again). Look each row up at the vendor first: nobody checks what you say. The journal\n" +
			"keeps who said it only as a user number. Rows that are not in doubt are refused, and then nothing is recorded.",
		Example:           "  importer settle 1 --row 17 --as created\n  importer settle 1 --row 17,18 --as not-created",
		Args:              needArgs(1, 1, "a run: its number, its name or its folder"),
		ValidArgsFunction: a.runNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			finding, err := findingOf(as)
			if len(rows) == 0 {
				err = errors.Join(err, usage("settle needs --row", "the numbers of rows in doubt are in "+reports.ResultsName))
			}
			if err != nil {
				return err
			}
			return a.interruptibly(cmd, func(ctx context.Context, r runs.Request) error {
				result, err := a.service.Settle(ctx, runs.SettleRequest{Request: r, Run: args[0], Rows: rows, Finding: finding})
				a.printSettled(result, finding)
				return err
			})
		},
	}
	cmd.Flags().Int64SliceVar(&rows, "row", nil, "`numbers` of the rows, as in results.csv, separated by commas")
	cmd.Flags().Lookup("row").DefValue = "" // else help says []
	cmd.Flags().StringVar(&as, "as", "", "what you found: `created|not-created`")
	_ = cmd.RegisterFlagCompletionFunc("as", oneOf([]string{"created", "not-created"})) // fails for a flag that is not there
	return withOptions(cmd, runs.OptionsFor(runs.SettleRequest{}))
}

func findingOf(as string) (runs.Finding, error) {
	switch strings.ReplaceAll(as, "_", "-") {
	case "created":
		return runs.FoundCreated, nil
	case "not-created":
		return runs.FoundNotCreated, nil
	case "":
		return 0, usage("settle needs --as", "--as created, when the vendor has the person; --as not-created, when it does not")
	}
	return 0, usage("--as "+reports.Shown(as)+": it is created or not-created", "look the row up at the vendor, then say which")
}

func (a *app) printSettled(r runs.SettleResult, finding runs.Finding) {
	t, word, as := a.terminal, "created", "created"
	if finding == runs.FoundNotCreated {
		word, as = "not created, and may be sent again", "not-created"
	}
	for _, row := range r.Already {
		t.Printf("row %d: is %s already\n", row, word)
	}
	for _, s := range r.Settled {
		t.Printf("row %d: was %s (%s), is %s now\n", s.Row, s.Was, reports.Shown(s.Code), word)
	}
	for _, h := range r.Also {
		t.Info("the person of row %d is in doubt in run %s too: importer settle %d --row %d --as %s", h.Row, h.Run.Name, h.Run.ID, h.InRun, as)
	}
	if r.Files != nil {
		t.Warn("it is recorded; the files of the run are as before, since they could not be written again: %v. When that is fixed, importer report %s writes them",
			problem.All(r.Files)[0], r.Run.Name)
	}
	for _, n := range r.Next[:min(1, len(r.Next))] {
		t.Printf("next: %s\n  %s\n", n.Why, n.Type)
	}
	if r.Summary.Run != "" {
		t.Printf("%s\n", r.Summary.Sum())
	}
}
