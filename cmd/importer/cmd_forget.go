package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"importer/mapping"
	"importer/pipeline/journal"
	"importer/reports"
)

func (a *app) forgetCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "forget",
		Short: "Take a person out of the journal",
		Long: "forget deletes what the journal knows of a person: keyed digests, vendor ids and messages. The rows keep their numbers, statuses and\n" +
			"codes, so that sums still add up. It cannot reach lists, the files in run folders, or the vendor: it says which files are left to look at.\n" +
			"Runs whose job tells people apart by several fields together (identity: in the job file) do not know them by one: purge such runs.\n" +
			"Afterwards nobody knows that the person was imported: whoever is in a later list is sent again.",
		Example: "  importer forget --identity jane@example.com\n  importer forget --identity - < address.txt",
		Args:    needArgs(0, 0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.interruptibly(cmd, func(ctx context.Context, _ *stops) error { return a.forget(ctx, cmd) })
		},
	}
	cmd.Flags().String("identity", "", "the person's e-mail address (or user name or phone number, where the rows had no address); - reads it from standard input")
	cmd.Flags().String("account", "", "only in this account, as summary.json names it (default: in all)")
	addKnobs(cmd.Flags(), knobsNamed("out", "journal", "quiet", "log-format", "verbose"))
	return cmd
}

func (a *app) forget(ctx context.Context, cmd *cobra.Command) (err error) {
	text, err := a.identityAsked(cmd)
	if err != nil {
		return err
	}
	account, _ := cmd.Flags().GetString("account")
	l, err := a.ledgerOf(cmd, "")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	runs, err := l.store.Runs(ctx)
	if err != nil {
		return err
	}
	inAccount := func(r journal.Run) bool { return account == "" || r.Account == account }
	if account != "" && !slices.ContainsFunc(runs, inAccount) {
		return unusable(errors.New("the journal has no run in that account"), "leave --account out, or copy it from a "+reports.SummaryName)
	}
	runs = slices.DeleteFunc(runs, func(r journal.Run) bool { return !inAccount(r) })
	release, err := l.lockAll(runs)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	who := l.digestsOf(text)
	touched, err := l.runsOf(ctx, runs, who)
	if err != nil {
		return err
	}
	var rows int64
	for _, d := range who {
		n, err := l.store.Forget(ctx, account, d)
		if err != nil {
			return err
		}
		rows += n
	}
	a.sayForgotten(rows, touched)
	return nil
}

// identityAsked is who is meant. An address on a command line stays in the shell's history; standard input leaves none.
func (a *app) identityAsked(cmd *cobra.Command) (string, error) {
	text, _ := cmd.Flags().GetString("identity")
	if text == "-" {
		lines := bufio.NewScanner(a.Stdin)
		lines.Scan()
		if err := lines.Err(); err != nil {
			return "", fmt.Errorf("standard input: %w", err)
		}
		text = lines.Text()
	}
	if text = strings.TrimSpace(text); text == "" {
		return "", usage(errors.New("forget needs --identity"), "the person's e-mail address, as it stood in the list")
	}
	return text, nil
}

// digestsOf are the digests under which a person may be known: of the text as an e-mail address, a user name and a telephone number, read as
// a list's cell is.
func (l *ledger) digestsOf(text string) []journal.Digest {
	names := []string{strings.ToLower(strings.Join(strings.Fields(text), " "))}
	for _, f := range []mapping.Field{mapping.Email, mapping.Username, mapping.PhoneNumber} {
		mapper, err := mapping.Compile(mapping.Spec{}, []string{f.String()}, mapping.Options{})
		if err != nil {
			continue
		}
		customer, _ := mapper.MapOnly([]string{text}, f)
		if read := strings.ToLower(customer.Text(f)); read != "" && !slices.Contains(names, read) {
			names = append(names, read)
		}
	}
	digests := make([]journal.Digest, len(names))
	for i, name := range names {
		digests[i] = l.key.Identity(name)
	}
	return digests
}

// runsOf finds the runs that know somebody.
func (l *ledger) runsOf(ctx context.Context, runs []journal.Run, who []journal.Digest) ([]journal.Run, error) {
	var found []journal.Run
	for _, r := range runs {
		for s, err := range l.store.Rows(ctx, r.ID, 1) {
			if err != nil {
				return nil, err
			}
			if slices.Contains(who, s.Identity) {
				found = append(found, r)
				break
			}
		}
	}
	return found, nil
}

// sayForgotten tells what was done, and what the journal cannot reach.
func (a *app) sayForgotten(rows int64, touched []journal.Run) {
	if rows == 0 {
		a.tell("the journal knows nothing of this person\n")
		return
	}
	a.tell("forgotten in %s %s of the journal; their numbers, statuses and codes stay\n", grouped(rows), noun(rows, "row"))
	a.tell("not reached: the vendor itself, copies of the journal, and these files, where they name the person\n")
	told := map[string]bool{}
	for _, r := range touched {
		for _, in := range r.Inputs {
			if n := in.Path; n != "" && n != "standard input" && !told[n] {
				told[n] = true
				a.tell("  %s (the list: in clear)\n", reports.Shown(n))
			}
		}
		for _, f := range runFiles() {
			path := filepath.Join(r.Folder, f.name)
			if _, err := os.Stat(a.path(path)); err == nil {
				a.tell("  %s (%s)\n", reports.Shown(path), f.holds)
			}
		}
	}
}

// runFile is a file that a run may leave in its folder.
type runFile struct{ name, holds string }

// runFiles are all of them, with what they hold of people.
func runFiles() []runFile {
	return []runFile{
		{reports.ResultsName, "masked, or in clear with --show-keys"},
		{reports.FailedName, "the rows that failed, in clear"},
		{reports.FailedJSONLName, "the rows that failed, in clear"},
		{reports.SummaryName, "counts only"},
		{reports.PageName, "masked"},
		{reports.PendingName, "how the run ended"},
		{"stdin", "a copy of the list, in clear"},
		{"crash.txt", "places in the program only"},
	}
}

// lockAll keeps other processes off the accounts of the runs, those of sandboxes in process apart, which nobody else has.
func (l *ledger) lockAll(runs []journal.Run) (release func() error, err error) {
	held := map[string]*journal.Lock{}
	release = func() (err error) {
		for _, lock := range held {
			err = errors.Join(err, lock.Release())
		}
		return err
	}
	for _, r := range runs {
		if held[r.Account] != nil || isSandbox(r) {
			continue
		}
		lock, err := l.lock(r.Account)
		if err != nil {
			return nil, errors.Join(err, release())
		}
		held[r.Account] = lock
	}
	return release, nil
}
