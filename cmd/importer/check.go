package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
	"importer/vendors"
)

// check does everything but send, writes the files, and says what a run would cost.
func (a *app) check(ctx context.Context, s *stops, w *work) (err error) {
	l, err := a.ledgerForCheck(w)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	c, memory, err := a.beginCheck(ctx, w, l)
	if err != nil {
		return err
	}
	began := a.Now()
	ready, outcome, err := c.foresee(ctx, s, memory)
	if err != nil {
		return c.explain(err)
	}
	if outcome.Reason != pipeline.Finished {
		return errInterrupted
	}
	m := c.material(session{outcome: outcome, pace: reports.Pace{Duration: a.Now().Sub(began), Rows: outcome.Counts.Sum()}})
	m.States, m.Foreseen, m.RowsRead, m.Next = memory, true, outcome.Counts.Sum(), c.afterCheck(outcome)
	m.Limits = "" // it ran at none
	summary, err := reports.Write(ctx, m)
	if err != nil {
		return storage(err)
	}
	if !w.knobs.json && !w.knobs.quiet {
		a.tell("%s\n", c.forecast(ready))
	}
	if err := a.print(w.knobs, summary); err != nil {
		a.voice.warn("the summary could not be printed: %v", err)
	}
	return exitWith(summary.Exit)
}

// ledgerForCheck is the journal where there is one, so that people whom earlier runs created are known; a check makes none.
func (a *app) ledgerForCheck(w *work) (*ledger, error) {
	p := place{w.knobs.out, w.knobs.journal}
	if file := p.file(); file != "" {
		if _, err := os.Stat(a.path(file)); errors.Is(err, os.ErrNotExist) {
			return &ledger{store: journal.NewMemory(), key: journal.NewKey(nil), out: p.out, dir: a.path(p.out)}, nil
		}
	}
	return a.openLedger(p)
}

// beginCheck makes the folder, and a run in a journal that does not last.
func (a *app) beginCheck(ctx context.Context, w *work, l *ledger) (*course, *journal.Memory, error) {
	if err := os.MkdirAll(a.path(l.out), 0o700); err != nil {
		return nil, nil, storage(err)
	}
	name, err := a.makeFolder(w, l, "check-")
	if err != nil {
		return nil, nil, err
	}
	if err := a.keepSpooled(w, filepath.Join(l.out, name)); err != nil {
		return nil, nil, err
	}
	memory := journal.NewMemory()
	r := journal.Run{Name: name, Folder: filepath.Join(l.out, name), Vendor: w.vendor.Name, Account: w.account.ID(), Input: w.set.Digest(),
		Started: a.Now().UTC()}
	for _, f := range w.set.Files {
		r.Inputs = append(r.Inputs, journal.InputFile{Path: f.Name, Size: f.Size, SHA256: f.SHA256})
	}
	if r, err = memory.Begin(ctx, r); err != nil {
		return nil, nil, err
	}
	n := note{Version: noteVersion, Job: w.jobPath, Inputs: w.inputs, Asked: w.asked, Sandbox: w.box != nil}
	c := &course{app: a, work: w, ledger: l, run: r, note: n}
	c.sayInputs()
	return c, memory, nil
}

// foresee checks every row. ready counts those that would be sent.
func (c *course) foresee(ctx context.Context, s *stops, memory *journal.Memory) (ready int64, o pipeline.Outcome, err error) {
	rows, err := c.rows()
	if err != nil {
		return 0, o, err
	}
	defer rows.Close()
	seen, err := c.ledger.store.Seen()
	if err != nil {
		return 0, o, err
	}
	defer func() { err = errors.Join(err, seen.Close()) }()
	measured := newMeter(rows, rows.reader, c.work.set)
	plan := c.plan(measured, seen, &foreseen{ctx, memory, c.run.ID})
	plan.OnReady = func(row source.Row, request vendors.Request) {
		if ready++; ready <= c.work.knobs.show {
			c.app.tell("row %d\n", row.Number)
			request.Show(c.app.Stdout)
			c.app.tell("\n")
		}
	}
	engine, err := pipeline.New(plan)
	if err != nil {
		return 0, o, usage(err, "")
	}
	s.attach(engine)
	view := watch{display: c.app.newDisplay(c.work.knobs, c.work.set.Size()), progress: engine.Progress, meter: measured, size: c.work.set.Size(), now: c.app.Now}
	stop := view.start()
	o, err = engine.Check(ctx)
	stop()
	s.detach()
	c.run.State, c.run.Ended = o.Reason.State(), c.app.Now().UTC()
	return ready, o, err
}

// foreseen keeps what a check found about rows that are not fit to be sent.
type foreseen struct {
	ctx    context.Context
	memory *journal.Memory
	run    int64
}

// Settled keeps the records.
func (f *foreseen) Settled(recs []journal.Record) error {
	kept := make([]journal.Record, 0, len(recs))
	for _, r := range recs {
		if r.Status != journal.Unsent {
			kept = append(kept, r)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return f.memory.Append(f.ctx, f.run, kept)
}

// forecast says what a run would cost.
func (c *course) forecast(ready int64) string {
	limits := c.work.limits
	text := fmt.Sprintf("a run would make %s %s", grouped(ready), noun(ready, "request"))
	if len(c.work.account.Probes()) > 0 {
		text += " and the vendor's own questions"
	}
	if d := leastTime(limits, ready); d > 0 {
		text += fmt.Sprintf("; at %s that takes %s at least", vendors.FormatLimits(limits), lengthText(max(d, time.Second)))
	}
	return text
}

// afterCheck is what to type after a check.
func (c *course) afterCheck(o pipeline.Outcome) []reports.Command {
	why := "send them"
	if o.Counts[journal.Invalid]+o.Counts[journal.Duplicate] > 0 {
		why = "mend the list, or send the rows that are fit now and the others later"
	}
	return []reports.Command{{Why: why, Type: c.again()}}
}
