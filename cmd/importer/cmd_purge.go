package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
	"importer/mapping/problem"
	"importer/reports"
)

func (a *app) purgeCommand() *cobra.Command {
	var age string
	var files, yes bool
	cmd := &cobra.Command{
		Use:   "purge --older-than AGE",
		Short: "Delete old runs from the journal",
		Long: "purge deletes runs that are finished and older than said, with all that the journal has of their rows, and overwrites what it deletes.\n" +
			"Runs that are not finished and runs with rows in doubt are kept: without them somebody might be registered twice. Who was created\n" +
			"stays known by a keyed digest, so that nobody is imported again. With --reports the files in the folders of the runs go too,\n" +
			"those of runs into the sandbox below --out, and copies of standard input that killed commands left.",
		Example: "  importer purge --older-than 30d\n  importer purge --older-than 90d --reports --yes",
		Args:    needArgs(0, 0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			olderThan, err := ageOf(age)
			if err != nil {
				return &problem.Error{Kind: problem.Usage, Message: "--older-than", Err: err, Fix: "importer purge --older-than 30d"}
			}
			return a.interruptibly(cmd, func(ctx context.Context, r runs.Request) error {
				result, err := a.service.Purge(ctx, runs.PurgeRequest{Request: r, OlderThan: olderThan, Files: files, Yes: yes})
				a.printPurged(result, err)
				return err
			})
		},
	}
	cmd.Flags().StringVar(&age, "older-than", "", "delete runs that began, sent and ended longer ago than `AGE`, such as 30d or 12h")
	cmd.Flags().BoolVar(&files, "reports", false, "delete the files in the folders of these runs too")
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask before files are deleted")
	return withOptions(cmd, runs.OptionsFor(runs.PurgeRequest{}))
}

// ageOf reads 30d, 4w or any duration that Go reads, above 0.
func ageOf(text string) (time.Duration, error) {
	if text == "" {
		return 0, errors.New("say how old")
	}
	unit := map[byte]time.Duration{'d': 24 * time.Hour, 'w': 7 * 24 * time.Hour}[text[len(text)-1]]
	if unit > 0 {
		if n, err := strconv.ParseInt(text[:len(text)-1], 10, 32); err == nil && n > 0 && n <= 36500 {
			return time.Duration(n) * unit, nil
		}
	} else if d, err := time.ParseDuration(text); err == nil && d > 0 {
		return d, nil
	}
	return 0, fmt.Errorf("%q is not a duration, such as 30d or 12h", reports.Shown(text))
}

func (a *app) printPurged(r runs.PurgeResult, err error) {
	t := a.terminal
	for _, folder := range r.Others {
		t.Printf("left, since other files lie in it: %s\n", reports.Shown(folder))
	}
	if err != nil {
		return
	}
	t.Printf("%s deleted from the journal; who was created stays known\n", reports.Plural(int64(r.Runs), "run"))
	if r.Rehearsals > 0 {
		t.Printf("files of %s into the sandbox deleted\n", reports.Plural(int64(r.Rehearsals), "run"))
	}
	if r.Kept > 0 {
		noun := "runs"
		if r.Kept == 1 {
			noun = "run"
		}
		t.Printf("%d older %s kept: not finished, active since, or with rows in doubt (importer resume, importer settle)\n", r.Kept, noun)
	}
	for _, folder := range r.Folders {
		t.Printf("its files are left: %s\n", reports.Shown(folder))
	}
}
