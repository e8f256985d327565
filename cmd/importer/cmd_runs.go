package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"importer/pipeline/journal"
	"importer/reports"
)

// runLine is one run as `runs` lists it.
type runLine struct {
	ID      int64            `json:"id"`
	Name    string           `json:"name"`
	Vendor  string           `json:"vendor"`
	State   string           `json:"state"` // complete, stopped, interrupted, running, crashed
	Sandbox bool             `json:"sandbox"`
	Started string           `json:"started_at"`
	Ended   string           `json:"ended_at"`
	Counts  map[string]int64 `json:"counts"` // rows settled, by status
	Folder  string           `json:"folder"`
}

func (a *app) runsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "runs",
		Short: "List the runs in the journal",
		Long:  "runs lists the runs in the journal, newest first: their number, name, state, when they began, and what became of their rows.",
		Args:  needArgs(0, 0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.interruptibly(cmd, func(ctx context.Context, _ *stops) error { return a.listRuns(ctx, cmd) })
		},
	}
	addKnobs(cmd.Flags(), knobsNamed("out", "journal", "json"))
	return cmd
}

func (a *app) listRuns(ctx context.Context, cmd *cobra.Command) (err error) {
	l, err := a.ledgerOf(cmd, "")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	runs, err := l.store.Runs(ctx)
	if err != nil {
		return err
	}
	lines := []runLine{}
	for _, r := range runs {
		line, err := l.describe(ctx, r)
		if err != nil {
			return err
		}
		lines = append(lines, line)
	}
	if asJSON, _ := cmd.Flags().GetBool("json"); asJSON {
		out := json.NewEncoder(a.Stdout)
		out.SetIndent("", "  ")
		return out.Encode(lines)
	}
	return a.runsTable(lines)
}

func (l *ledger) describe(ctx context.Context, r journal.Run) (runLine, error) {
	line := runLine{ID: r.ID, Name: r.Name, Vendor: r.Vendor, State: l.stateWord(r), Sandbox: isSandbox(r), Folder: r.Folder,
		Started: reports.Moment(r.Started).String(), Ended: reports.Moment(r.Ended).String()}
	line.Counts = map[string]int64{}
	counts, err := l.store.Counts(ctx, r.ID)
	for _, c := range counts {
		line.Counts[c.Status.String()] += c.Rows
	}
	return line, err
}

// stateWord tells a run that goes on from one whose process is gone: the lock of the first is held.
func (l *ledger) stateWord(r journal.Run) string {
	if r.State != journal.Running {
		return r.State.String()
	}
	lock, err := l.lock(r.Account)
	if errors.Is(err, journal.ErrRunning) {
		return "running"
	}
	if err == nil {
		_ = lock.Release() // it was taken only to look
	}
	return "crashed"
}

func (a *app) runsTable(lines []runLine) error {
	if len(lines) == 0 {
		_, err := fmt.Fprintln(a.Stdout, "no runs yet")
		return err
	}
	out := tabwriter.NewWriter(a.Stdout, 0, 0, 2, ' ', 0) // its errors come with Flush
	_, _ = fmt.Fprintln(out, "RUN\tSTATE\tSTARTED\tNAME\tROWS")
	for _, line := range lines {
		state := line.State
		if line.Sandbox {
			state += " (sandbox)"
		}
		started, err := time.Parse(time.RFC3339, line.Started)
		if err != nil {
			return fmt.Errorf("run %d: %w", line.ID, err)
		}
		_, _ = fmt.Fprintf(out, "%d\t%s\t%s\t%s\t%s\n", line.ID, state, started.Local().Format("2006-01-02 15:04"), reports.Shown(line.Name), countsText(line.Counts))
	}
	return out.Flush()
}

// countsText is the counts that are not 0: "40 created, 2 exists".
func countsText(c map[string]int64) string {
	var parts []string
	for _, s := range journal.Statuses() {
		if n := c[s.String()]; n > 0 {
			parts = append(parts, grouped(n)+" "+s.String())
		}
	}
	if len(parts) == 0 {
		return "none settled"
	}
	return strings.Join(parts, ", ")
}
