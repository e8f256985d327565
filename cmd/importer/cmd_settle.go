package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/reports"
)

func (a *app) settleCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "settle RUN",
		Short: "Say what became of rows in doubt",
		Long: "settle writes down what a person found out about rows in doubt: that the vendor has them (--as created), or that it does not\n" +
			"(--as not-created; then they may be sent again). Look each row up at the vendor first: nobody checks what you say. The journal\n" +
			"keeps who said it only as a user number. Rows that are not in doubt are refused, and then nothing is written down.",
		Example: "  importer settle 3 --row 17 --as created\n  importer settle 3 --row 17,18,40 --as not-created && importer resume 3",
		Args:    needArgs(1, 1, "a run: its number, its name or its folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.interruptibly(cmd, func(ctx context.Context, _ *stops) error { return a.settle(ctx, cmd, args[0]) })
		},
	}
	cmd.Flags().Int64Slice("row", nil, "the row's number, as in results.csv; may be given several times, or with commas between")
	cmd.Flags().String("as", "", "what you found: created, or not-created")
	addKnobs(cmd.Flags(), knobsNamed("out", "journal", "show-keys", "quiet", "log-format", "verbose"))
	return cmd
}

// word is what a person says of rows: the status it amounts to, and the code that tells it from an answer of the vendor.
type word struct {
	status journal.Status
	code   string
	said   string
}

func wordOf(as string) (word, error) {
	switch strings.ReplaceAll(as, "_", "-") {
	case "created":
		return word{journal.Created, pipeline.CodeSettledCreated, "created"}, nil
	case "not-created":
		return word{journal.Unsent, pipeline.CodeSettledNotCreated, "not created, and may be sent again"}, nil
	case "":
		return word{}, usage(errors.New("settle needs --as"), "--as created, when the vendor has the person; --as not-created, when it does not")
	}
	return word{}, usage(fmt.Errorf("--as %s: it is created or not-created", reports.Shown(as)), "look the row up at the vendor, then say which")
}

func (a *app) settle(ctx context.Context, cmd *cobra.Command, name string) (err error) {
	numbers, _ := cmd.Flags().GetInt64Slice("row")
	as, _ := cmd.Flags().GetString("as")
	said, err := wordOf(as)
	if len(numbers) == 0 {
		err = errors.Join(err, usage(errors.New("settle needs --row"), "the numbers of rows in doubt stand in "+reports.ResultsName))
	}
	if err != nil {
		return err
	}
	l, err := a.ledgerOf(cmd, name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	r, err := l.find(ctx, name, nil)
	if err != nil {
		return err
	}
	lock, err := l.lock(r.Account) // a run under way settles its rows by itself
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	slices.Sort(numbers)
	settled, err := a.record(ctx, l, r, slices.Compact(numbers), said)
	if err != nil {
		return err
	}
	if err := a.alsoHeld(ctx, l, r, settled, as); err != nil {
		return err
	}
	return a.afterwards(ctx, cmd, l, r, said)
}

// record writes the acts down, all or none, and returns the rows as they were. Rows that are as said already are passed over.
func (a *app) record(ctx context.Context, l *ledger, r journal.Run, numbers []int64, said word) ([]journal.RowState, error) {
	var acts []journal.Record
	var was []journal.RowState
	var faults []error
	for _, n := range numbers {
		s, _, err := l.store.Row(ctx, r.ID, n)
		if err != nil {
			return nil, err
		}
		status, code := statusOf(s)
		switch {
		case s.Kind == 0:
			faults = append(faults, unusable(fmt.Errorf("row %d of run %s was not reached, or is none of its rows", n, r.Name), notInDoubt))
		case alreadySaid(s, said):
			a.tell("row %d: is %s already\n", n, said.said)
		case status != reports.Status(inDoubt) && !byAPerson(s.Code):
			faults = append(faults, unusable(fmt.Errorf("row %d of run %s is not in doubt: it is %s (%s)", n, r.Name, status, reports.Shown(code)), notInDoubt))
		default:
			was = append(was, s)
			acts = append(acts, journal.Record{Kind: journal.Ruling, Row: n, Attempt: s.Attempt, At: a.Now().UTC(), Status: said.status, Code: said.code,
				Message: "said by a person" + userNumber()})
		}
	}
	if len(faults) > 0 || len(acts) == 0 {
		return nil, errors.Join(faults...)
	}
	if err := l.store.Append(ctx, r.ID, acts); err != nil {
		return nil, err
	}
	for _, s := range was {
		status, code := statusOf(s)
		a.tell("row %d: was %s (%s), is %s now\n", s.Row, status, reports.Shown(code), said.said)
	}
	return was, nil
}

const notInDoubt = "only rows in doubt are settled by a person: those with status in_doubt in " + reports.ResultsName + "; nothing was written down"

// alreadySaid reports whether the journal has the row so already, by whosever word.
func alreadySaid(s journal.RowState, said word) bool {
	if said.status == journal.Unsent {
		return s.Kind == journal.NotRegistered
	}
	return s.Kind == journal.Settle && s.Status == said.status
}

// byAPerson: what a person said a person may take back.
func byAPerson(code string) bool {
	return code == pipeline.CodeSettledCreated || code == pipeline.CodeSettledNotCreated
}

// userNumber is who says it, as far as the system knows, without a name.
func userNumber() string {
	if uid := os.Getuid(); uid >= 0 {
		return fmt.Sprintf(" (user number %d)", uid)
	}
	return ""
}

// alsoHeld tells of the same people in other runs of the account: a row that is in doubt there holds them back as well.
func (a *app) alsoHeld(ctx context.Context, l *ledger, r journal.Run, settled []journal.RowState, as string) error {
	people := map[journal.Digest]int64{}
	for _, s := range settled {
		if s.Identity != (journal.Digest{}) {
			people[s.Identity] = s.Row
		}
	}
	runs, err := l.store.Runs(ctx)
	if err != nil || len(people) == 0 {
		return err
	}
	for _, other := range runs {
		if other.Account != r.Account || other.ID == r.ID {
			continue
		}
		for s, err := range l.store.Rows(ctx, other.ID, 1) {
			if err != nil {
				return err
			}
			if status, _ := statusOf(s); people[s.Identity] > 0 && status == reports.Status(inDoubt) {
				a.voice.say("the person of row %d is in doubt in run %s too: importer settle %d --row %d --as %s", people[s.Identity], other.Name, other.ID, s.Row, as)
			}
		}
	}
	return nil
}

// afterwards writes the run's files anew and says what to type next. What was said is durable before; the files can be written at any time.
func (a *app) afterwards(ctx context.Context, cmd *cobra.Command, l *ledger, r journal.Run, said word) (err error) {
	c, err := a.recall(ctx, l, r, recalling{flags: cmd.Flags(), offline: true})
	if err != nil {
		a.voice.warn("it is written down; the files of the run are as before, since they need the run's input")
		return err
	}
	defer func() { err = errors.Join(err, c.work.close()) }()
	summary, err := c.rewrite(ctx)
	if err != nil {
		return err
	}
	next := summary.Next
	if said.status == journal.Unsent && !c.note.Sandbox {
		next = []reports.Command{{Why: "send what was not created", Type: c.command("resume", r.Name)}}
	}
	for _, n := range next[:min(1, len(next))] {
		a.tell("next: %s\n  %s\n", n.Why, n.Type)
	}
	a.tell("%s\n", summary.Sum())
	return nil
}

// rewrite makes the files of a run anew from the journal and the input.
func (c *course) rewrite(ctx context.Context) (reports.Summary, error) {
	if err := os.MkdirAll(c.folder(), 0o700); err != nil {
		return reports.Summary{}, storage(err)
	}
	outcome, err := c.recount(ctx)
	if err != nil {
		return reports.Summary{}, err
	}
	summary, err := reports.Write(ctx, c.material(session{outcome: outcome}))
	if err == nil {
		c.sayKept(summary)
		err = summary.Check()
	}
	return summary, storageOrSum(err)
}

// storageOrSum keeps a sum that does not add up apart from a file that cannot be written.
func storageOrSum(err error) error {
	if err == nil || strings.HasPrefix(err.Error(), "the sum ") {
		return err
	}
	return storage(err)
}
