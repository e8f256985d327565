package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"importer/pipeline/source"
	"importer/reports"
)

func (a *app) retryCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "retry RUN|results.csv|failed.csv",
		Short: "Send failed rows again",
		Long: "retry makes a new run of rows that failed. With a run (its number, name or folder) or its results.csv it takes them from the original input:\n" +
			"rejected, invalid and unsent rows, or those that --code and --status choose. With a failed.csv that was mended in a spreadsheet it\n" +
			"takes the rows of that file. Rows in doubt are sent only where the vendor refuses or absorbs a repeat, or with --status in_doubt.",
		Example: "  importer retry 3 --code rate_limited\n  importer retry reports/20261121T120000Z-distinct-customers/failed.csv",
		Args:    needArgs(1, 1, "a run, a results.csv or a failed.csv"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.interruptibly(cmd, func(ctx context.Context, s *stops) error { return a.retry(ctx, s, cmd, args[0]) })
		},
	}
	cmd.Flags().String("code", "", "only rows with these codes, with commas between")
	cmd.Flags().String("status", "", "only rows with these statuses, with commas between")
	addKnobs(cmd.Flags(), slices.DeleteFunc(runKnobs(), func(k knob) bool {
		return slices.Contains([]string{"skip-rows", "max-rows", "fresh", "dry-run"}, k.name)
	}))
	return cmd
}

// again is what is to be sent again: rows of which run or file, and which of them.
type again struct {
	word string // as typed
	pick reports.Pick
	cmd  *cobra.Command
}

// named reports whether the person chose rows, or takes those that are chosen by themselves.
func (g again) named() bool { return len(g.pick.Codes)+len(g.pick.Statuses) > 0 }

func (a *app) retry(ctx context.Context, s *stops, cmd *cobra.Command, word string) (err error) {
	pick, err := pickOf(cmd)
	if err != nil {
		return err
	}
	l, err := a.ledgerOf(cmd, word)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	begin := a.retryRun
	if a.isFile(word) && !isResults(a.path(word)) {
		begin = a.retryMended
	}
	c, err := begin(ctx, l, again{word, pick, cmd})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	return c.execute(ctx, s)
}

func pickOf(cmd *cobra.Command) (pick reports.Pick, err error) {
	codes, _ := cmd.Flags().GetString("code")
	statuses, _ := cmd.Flags().GetString("status")
	for _, code := range strings.FieldsFunc(codes, isComma) {
		pick.Codes = append(pick.Codes, strings.TrimSpace(code))
	}
	var faults []error
	for _, word := range strings.FieldsFunc(statuses, isComma) {
		status, err := reports.ParseStatus(word)
		if err != nil {
			text, hint, _ := strings.Cut(strings.TrimSuffix(err.Error(), ")"), " (hint: ")
			faults = append(faults, usage(errors.New("--status: "+text), hint))
			continue
		}
		pick.Statuses = append(pick.Statuses, status)
	}
	return pick, errors.Join(faults...)
}

func isComma(r rune) bool { return r == ',' }

func (a *app) isFile(word string) bool {
	info, err := os.Stat(a.path(word))
	return err == nil && info.Mode().IsRegular()
}

// isResults tells a results.csv, whatever its name, from a failed.csv.
func isResults(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	want := strings.Join(reports.Columns(), ",")
	head := make([]byte, len(want)+2)
	n, _ := file.Read(head)
	return strings.TrimRight(string(head[:n]), "\r\n") == want || strings.HasPrefix(string(head[:n]), want+"\n")
}

// retryRun begins a new run over the input of an earlier one, of some of its rows.
func (a *app) retryRun(ctx context.Context, l *ledger, g again) (*course, error) {
	origin, err := l.find(ctx, g.word, nil)
	if err != nil {
		return nil, err
	}
	c, err := a.recall(ctx, l, origin, recalling{flags: g.cmd.Flags(), drop: []string{"sandbox-fault"}})
	if err != nil {
		return nil, err
	}
	chosen, err := c.choose(ctx, g, a)
	if err == nil && chosen.Len() == 0 {
		err = unusable(fmt.Errorf("run %s has no rows to send again%s", origin.Name, g.condition()),
			"say which rows with --status or --code; in "+reports.ResultsName+" stands what became of each")
	}
	if err != nil {
		return nil, errors.Join(err, c.work.close())
	}
	n := note{Of: origin.Name, Rows: writeSpans(chosen), Mended: c.note.Mended,
		Resend: slices.Contains(g.pick.Statuses, reports.Status(inDoubt))}
	fresh, err := a.beginAgain(ctx, c.work, l, n)
	if err != nil {
		return nil, errors.Join(err, c.work.close())
	}
	fresh.chosen, fresh.filled, fresh.originOf = chosen, c.filled, c.originOf
	a.voice.say("%s %s of run %s again", grouped(chosen.Len()), noun(chosen.Len(), "row"), origin.Name)
	if err := fresh.takeUp(ctx); err != nil {
		return nil, errors.Join(err, fresh.close())
	}
	return fresh, nil
}

func (g again) condition() string {
	if g.named() {
		return " with that status or code"
	}
	return " by default: none is rejected, invalid or unsent"
}

// choose picks rows of the run: by the lines of the results.csv that was named, else by the journal.
func (c *course) choose(ctx context.Context, g again, a *app) (*reports.Rowset, error) {
	if a.isFile(g.word) {
		rows, err := reports.Select(reports.ReadResults(a.path(g.word)), g.pick)
		if err != nil {
			return nil, unusable(err, "")
		}
		return rows, nil
	}
	rows := new(reports.Rowset)
	err := c.eachLife(ctx, func(row source.Row, status reports.Status, code string) {
		if g.pick.Takes(status, code) {
			rows.Add(row.Number)
		}
	})
	return rows, err
}

// close ends the work and gives the account free.
func (c *course) close() error {
	err := c.work.close()
	if c.unlock != nil {
		err = errors.Join(err, c.unlock())
	}
	return err
}
