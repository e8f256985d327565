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
func (a *app) check(ctx context.Context, s *stops, w *work, online bool) (err error) {
	l, err := a.ledgerForCheck(w)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	c, memory, err := a.beginCheck(ctx, w, l)
	if err != nil {
		return err
	}
	if online {
		unlock, err := a.lock(w, l) // its questions count against the limits of a run that is under way
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, unlock()) }()
	}
	began := a.Now()
	f, err := c.foresee(ctx, s, memory, online)
	if err != nil {
		return c.explain(err)
	}
	outcome := f.outcome
	if outcome.Reason == pipeline.Drained || outcome.Reason == pipeline.Cut {
		return errInterrupted
	}
	c.tell(outcome)
	refused := c.tellCredentials(online, outcome)
	pace := reports.Pace{Duration: a.Now().Sub(began), Rows: outcome.Counts.Sum(), Requests: f.requests}
	m := c.material(session{outcome: outcome, pace: pace})
	m.States, m.Foreseen, m.RowsRead, m.Next = memory, true, outcome.Counts.Sum(), c.afterCheck(outcome)
	m.Faults = f.faults.sums()
	if outcome.Reason != pipeline.Finished {
		m.RowsRead = 0
	}
	if refused {
		m.Exit, m.Meaning = reports.ExitFatal, "the vendor refuses the credentials; no row was sent."
	}
	if !online {
		m.Limits = "" // it ran at none
	}
	summary, err := reports.Write(ctx, m)
	if err != nil {
		return storage(err)
	}
	c.sayNotes()
	if !w.knobs.json && !w.knobs.quiet {
		a.tell("%s\n", c.forecast(f))
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
			return &ledger{store: journal.NewMemory(), key: journal.NewKey(nil), out: p.out, dir: a.path(p.out), now: a.Now}, nil
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

// forecast is what a check found.
type forecast struct {
	outcome  pipeline.Outcome
	ready    int64 // rows that would be sent
	requests int64 // sent by the check
	faults   faults
}

// foresee checks every row.
func (c *course) foresee(ctx context.Context, s *stops, memory *journal.Memory, online bool) (f forecast, err error) {
	known, err := c.ledger.doubts(ctx, c.run.Account, 0)
	if err == nil {
		err = c.sameIdentity(ctx, known)
	}
	if err == nil {
		err = c.lookAhead(ctx)
	}
	if err != nil {
		return f, err
	}
	rows, err := c.rows()
	if err != nil {
		return f, err
	}
	defer rows.Close()
	seen, err := c.ledger.store.Seen()
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, seen.Close()) }()
	questions, err := c.ledger.store.Seen()
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, questions.Close()) }()
	measured := newMeter(rows, rows.reader, c.work.set)
	plan := c.plan(measured, seen, &foreseen{ctx, memory, c.run.ID})
	plan.OnReady = func(row source.Row, request vendors.Request) {
		if f.ready++; f.ready <= c.work.knobs.show {
			c.app.tell("row %d\n", row.Number)
			request.Show(c.app.Stdout)
			c.app.tell("\n")
		}
	}
	plan.Online, plan.Questions, plan.Resume = online, questions, false
	f.faults = faults{files: c.run.Inputs}
	plan.OnFaults = f.faults.add
	plan.Held = func(d journal.Digest) (string, bool) {
		first, held := known[d]
		return "sent as row " + grouped(first.row) + " of run " + first.run.Name + ", and nobody knows what became of it", held
	}
	engine, err := pipeline.New(plan)
	if err != nil {
		return f, usage(err, "")
	}
	s.attach(engine)
	view := watch{display: c.app.newDisplay(c.work.knobs, c.work.set.Size()), progress: engine.Progress, meter: measured, size: c.work.set.Size(), now: c.app.Now}
	stop := view.start()
	f.outcome, err = engine.Check(ctx)
	f.requests = engine.Progress().Requests
	stop()
	s.detach()
	c.run.State, c.run.Ended = f.outcome.Reason.State(), c.app.Now().UTC()
	return f, err
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
		if r.Status == journal.InDoubt { // a doubt is about an attempt: the earlier run's
			r.Attempt = max(r.Attempt, 1)
			kept = append(kept, journal.Record{Kind: journal.Intent, Row: r.Row, Attempt: r.Attempt, At: r.At, Content: r.Content, Identity: r.Identity, Line: r.Line})
		}
		if r.Status != journal.Unsent {
			kept = append(kept, r)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return f.memory.Append(f.ctx, f.run, kept)
}

// tellCredentials says what an online check learned of the credentials. True: they are refused.
func (c *course) tellCredentials(online bool, o pipeline.Outcome) bool {
	a, w := c.app, c.work
	switch v := o.Credentials; {
	case !online:
	case !w.account.CanTry():
		a.voice.say("credentials: not tried; %s", w.vendor.CredentialCheck.Doc)
	case v == nil:
		a.voice.say("credentials: taken (%s)", w.vendor.CredentialCheck.Doc)
	case v.Class == vendors.Fatal:
		text := "credentials: refused (" + v.Code
		if v.Message != "" {
			text += ": " + v.Message
		}
		a.voice.problem(text+")", v.Hint)
		return true
	default:
		a.voice.problem("credentials: nobody can say; the question got no answer that can be read ("+v.Code+")", v.Hint)
	}
	return false
}

// forecast says what a run would cost.
func (c *course) forecast(f forecast) string {
	limits := c.work.limits
	text := fmt.Sprintf("a run would make %s %s", grouped(f.ready), noun(f.ready, "request"))
	if n := f.outcome.Questions; n > 0 {
		text += fmt.Sprintf(", and ask the vendor up to %s %s before", grouped(n), noun(n, "question"))
	}
	if d := leastTime(limits, f.ready+f.outcome.Questions); d > 0 {
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
