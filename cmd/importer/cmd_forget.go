package main

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
	"importer/reports"
)

func (a *app) forgetCommand() *cobra.Command {
	var identity, account string
	cmd := &cobra.Command{
		Use:   "forget --identity TEXT",
		Short: "Remove a person from the journal",
		Long: "forget deletes what the journal knows of a person: keyed digests, vendor ids and messages. The person is named by the e-mail address\n" +
			"in the list, or by a user name or phone number that was sent. The rows keep their numbers, statuses and codes, so that sums still add\n" +
			"up. Runs into the sandbox below --out, which have journals of their own, forget the person too. It cannot reach lists, the files in run folders, or the vendor: it says which files are left to look at.\n" +
			"Runs whose job identifies people by several fields together (identity: in the job file) do not know them by one of these: purge such runs.\n" +
			"Afterwards nobody knows that the person was imported: people in a later list are sent again.",
		Example: "  importer forget --identity jane@example.com\n  importer forget --identity - < address.txt",
		Args:    needArgs(0, 0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			who, err := a.identityAsked(identity)
			if err != nil {
				return err
			}
			return a.interruptibly(cmd, func(ctx context.Context, r runs.Request) error {
				result, err := a.service.Forget(ctx, runs.ForgetRequest{Request: r, Identity: who, Account: account})
				if err == nil {
					a.printForgotten(result)
				}
				return err
			})
		},
	}
	cmd.Flags().StringVar(&identity, "identity", "", "the person's `e-mail` address, or a user name or phone number that was sent; - reads it from standard input")
	cmd.Flags().StringVar(&account, "account", "", "only in this `account`, as summary.json names it (default: in all)")
	return withOptions(cmd, runs.OptionsFor(runs.ForgetRequest{}))
}

// identityAsked is who is meant. An address on a command line stays in the shell's history; standard input leaves none.
func (a *app) identityAsked(text string) (string, error) {
	if text == "-" {
		lines := bufio.NewScanner(a.Stdin)
		lines.Scan()
		if err := lines.Err(); err != nil {
			return "", fmt.Errorf("standard input: %w", err)
		}
		text = lines.Text()
	}
	if text = strings.TrimSpace(text); text == "" {
		return "", usage("forget needs --identity", "the person's e-mail address as it stood in the list, or a user name or phone number that was sent")
	}
	return text, nil
}

func (a *app) printForgotten(r runs.ForgetResult) {
	t := a.terminal
	if r.Rows == 0 && r.Purged == 0 {
		t.Printf("the journal knows nothing of this person\n")
	}
	if r.Rows > 0 {
		t.Printf("forgotten in %s of the journal; their numbers, statuses and codes stay\n", reports.Plural(r.Rows, "row"))
	}
	if r.Purged > 0 {
		t.Printf("forgotten in %s that the journal kept of deleted runs; their lists and files are not known any more\n", reports.Plural(r.Purged, "note"))
	}
	switch {
	case len(r.Lists)+len(r.Files) > 0:
	case r.Rows == 0 && r.Purged == 0:
		return
	default:
		t.Printf("not reached: the vendor itself, and copies of the journal\n")
		return
	}
	t.Printf("not reached: the vendor itself, copies of the journal, and these files, where they name the person\n")
	for _, name := range r.Lists {
		t.Printf("  %s (the list: in clear)\n", reports.Shown(name))
	}
	for _, f := range r.Files {
		t.Printf("  %s (%s)\n", reports.Shown(f.Path), f.Holds)
	}
}
