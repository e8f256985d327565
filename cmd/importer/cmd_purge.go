package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"importer/pipeline/journal"
	"importer/reports"
)

func (a *app) purgeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "purge",
		Short: "Delete old runs from the journal",
		Long: "purge deletes runs that are finished and older than said, with all that the journal has of their rows, and overwrites what it deletes.\n" +
			"Runs that are not finished and runs with rows in doubt are kept: without them somebody might be registered twice. Who was created\n" +
			"stays known by a keyed digest, so that nobody is imported again. With --reports the files in the folders of the runs go too,\n" +
			"and copies of standard input that killed commands left.",
		Example: "  importer purge --older-than 30d\n  importer purge --older-than 90d --reports --yes",
		Args:    needArgs(0, 0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.interruptibly(cmd, func(ctx context.Context, _ *stops) error { return a.purge(ctx, cmd) })
		},
	}
	cmd.Flags().String("older-than", "", "how long ago a run must have begun, sent and ended, such as 30d or 12h")
	cmd.Flags().Bool("reports", false, "delete the files in the folders of these runs too")
	cmd.Flags().Bool("yes", false, "do not ask before files are deleted")
	addKnobs(cmd.Flags(), knobsNamed("out", "journal", "quiet", "log-format", "verbose"))
	return cmd
}

func (a *app) purge(ctx context.Context, cmd *cobra.Command) (err error) {
	text, _ := cmd.Flags().GetString("older-than")
	age, err := ageOf(text)
	if err != nil {
		return usage(fmt.Errorf("--older-than: %w", err), "importer purge --older-than 30d")
	}
	l, err := a.ledgerOf(cmd, "")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	before := a.Now().Add(-age)
	runs, err := l.store.Runs(ctx)
	if err != nil {
		return err
	}
	old := slices.DeleteFunc(slices.Clone(runs), func(r journal.Run) bool { return !r.Started.Before(before) })
	withFiles, _ := cmd.Flags().GetBool("reports")
	var copies []string
	if withFiles {
		if copies, err = orphans(a.path(l.out), before); err != nil {
			return storage(err)
		}
	}
	if yes, _ := cmd.Flags().GetBool("yes"); withFiles && !yes && len(old)+len(copies) > 0 {
		if err := a.askPurge(before); err != nil {
			return err
		}
	}
	release, err := l.lockAll(old)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	going, err := l.store.Purgeable(ctx, before)
	if err != nil {
		return err
	}
	gone := slices.DeleteFunc(slices.Clone(old), func(r journal.Run) bool { return !slices.Contains(going, r.ID) })
	if withFiles { // before the journal forgets the runs: stopped in between, the same command finds the rest
		if err := a.removeFolders(gone, copies); err != nil {
			return err
		}
	}
	n, err := l.store.Purge(ctx, before)
	if err != nil {
		return err
	}
	a.tell("%d %s deleted from the journal; who was created stays known\n", n, noun(int64(n), "run"))
	if kept := len(old) - len(gone); kept > 0 {
		a.tell("%d older %s kept: not finished, active since, or with rows in doubt (importer resume, importer settle)\n", kept, noun(int64(kept), "run"))
	}
	if !withFiles {
		a.sayFoldersLeft(gone)
	}
	return nil
}

// ageOf reads 30d, 4w or any length of time that Go reads, above 0.
func ageOf(text string) (time.Duration, error) {
	if text == "" {
		return 0, errors.New("say how old")
	}
	unit := map[byte]time.Duration{'d': 24 * time.Hour, 'w': 7 * 24 * time.Hour}[text[len(text)-1]]
	if unit > 0 {
		n, err := strconv.ParseInt(text[:len(text)-1], 10, 32)
		if err == nil && n > 0 && n <= 36500 {
			return time.Duration(n) * unit, nil
		}
		return 0, fmt.Errorf("%q is no length of time, such as 30d or 12h", reports.Shown(text))
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("%q is no length of time, such as 30d or 12h", reports.Shown(text))
	}
	return d, nil
}

// askPurge asks a person at a terminal; without one --yes must have been said.
func (a *app) askPurge(before time.Time) error {
	if !a.canAsk() {
		return usage(errors.New("--reports deletes files, and there is nobody to ask"), "add --yes")
	}
	_, _ = fmt.Fprintf(a.screen, "delete the files of runs before %s, mended failed files too? y or n: ", before.UTC().Format(time.DateOnly))
	lines := bufio.NewScanner(a.Stdin)
	if lines.Scan() && strings.EqualFold(strings.TrimSpace(lines.Text()), "y") {
		return nil
	}
	return usage(errors.New("not confirmed; nothing was deleted"), "")
}

func (a *app) sayFoldersLeft(gone []journal.Run) {
	for _, r := range gone {
		if _, err := os.Stat(a.path(r.Folder)); err == nil {
			a.tell("its files are left: %s\n", reports.Shown(r.Folder))
		}
	}
}

// removeFolders deletes the files that runs left, their folders where nothing else lies in them, and copies of standard input that no run has.
// A person's own files stay.
func (a *app) removeFolders(gone []journal.Run, copies []string) error {
	var faults []error
	for _, path := range copies {
		faults = append(faults, gently(os.Remove(path)))
	}
	for _, r := range gone {
		folder := a.path(r.Folder)
		for _, f := range runFiles() {
			faults = append(faults, gently(os.Remove(filepath.Join(folder, f.name))))
		}
		edited, err := filepath.Glob(filepath.Join(folder, "failed-edited-*"))
		faults = append(faults, err)
		half, err := reports.HalfWritten(folder)
		faults = append(faults, err)
		for _, path := range append(edited, half...) {
			faults = append(faults, gently(os.Remove(path)))
		}
		rest, err := os.ReadDir(folder)
		switch {
		case errors.Is(err, os.ErrNotExist):
		case err == nil && len(rest) > 0:
			a.tell("left, since other files lie in it: %s\n", reports.Shown(r.Folder))
		default:
			faults = append(faults, gently(os.Remove(folder)))
		}
	}
	if err := errors.Join(faults...); err != nil {
		return &failure{reports.ExitStorage, err, "nothing was deleted from the journal; mend the cause and type the same command again"}
	}
	return nil
}

// gently takes a file that is gone already for deleted.
func gently(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
