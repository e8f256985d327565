package main

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"importer/cmd/importer/internal/runs"
	"importer/pipeline/journal"
	"importer/reports"
)

func (a *app) runsCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "runs",
		Short: "List the runs in the journal",
		Long: "runs lists the runs in the journal, newest first: their number, name, state, when they began, and what happened to their rows.\n" +
			"A run into the sandbox keeps its journal in its folder: where no journal is named, those below --out are listed too, by their folder\n" +
			"in place of a number.",
		Example: "  importer runs\n  importer runs --json",
		Args:    needArgs(0, 0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.interruptibly(cmd, func(ctx context.Context, r runs.Request) error {
				list, err := a.service.List(ctx, runs.ListRequest{Request: r})
				if err != nil {
					return err
				}
				if asJSON {
					return a.terminal.PrintJSON(runLines(list))
				}
				return a.runsTable(list)
			})
		},
	}
	withOptions(cmd, runs.OptionsNamed("out", "journal", "sandbox-state"))
	cmd.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return cmd
}

// runLine is one run as `runs --json` lists it.
type runLine struct {
	ID      int64            `json:"id"` // 0: its journal is in its folder
	Name    string           `json:"name"`
	Vendor  string           `json:"vendor"`
	State   string           `json:"state"` // complete, stopped, interrupted, superseded, running, crashed
	Sandbox bool             `json:"sandbox"`
	Started string           `json:"started_at"`
	Ended   string           `json:"ended_at"`
	Counts  map[string]int64 `json:"counts"` // rows settled, by status
	Folder  string           `json:"folder"`
}

func runLines(list []runs.Listed) []runLine {
	lines := []runLine{}
	for _, l := range list {
		line := runLine{ID: numberOf(l), Name: l.Run.Name, Vendor: l.Run.Vendor, State: l.State, Sandbox: l.Sandbox, Folder: l.Run.Folder,
			Started: reports.Moment(l.Run.Started).String(), Ended: reports.Moment(l.Run.Ended).String(), Counts: map[string]int64{}}
		for _, status := range journal.Statuses() {
			if n := l.Counts[status]; n > 0 {
				line.Counts[status.String()] = n
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// numberOf is the number by which commands take a run; 0 where they take its folder alone.
func numberOf(l runs.Listed) int64 {
	if l.Boxed != "" {
		return 0
	}
	return l.Run.ID
}

func (a *app) runsTable(list []runs.Listed) error {
	if len(list) == 0 {
		_, err := fmt.Fprintln(a.Stdout, "no runs yet")
		return err
	}
	out := tabwriter.NewWriter(a.Stdout, 0, 0, 2, ' ', 0) // its errors come with Flush
	_, _ = fmt.Fprintln(out, "RUN\tSTATE\tSTARTED\tNAME\tROWS")
	for _, l := range list {
		state := l.State
		if l.Sandbox {
			state += " (sandbox)"
		}
		number, name := "-", l.Boxed
		if n := numberOf(l); n > 0 {
			number, name = strconv.FormatInt(n, 10), l.Run.Name
		}
		_, _ = fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\n", number, state, l.Run.Started.Local().Format("2006-01-02 15:04"), reports.Shown(name), cmp.Or(reports.CountsText(l.Counts), "none settled"))
	}
	return out.Flush()
}
