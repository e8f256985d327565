package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"importer/pipeline"
	"importer/pipeline/ahead"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
	"importer/vendors"
)

// course is a run with all that it needs to be started, gone on with, or reported.
type course struct {
	app    *app
	work   *work
	ledger *ledger
	run    journal.Run
	note   note
	chosen *reports.Rowset // nil: all rows
	filled *filled         // the secrets of a mended failed file; nil otherwise
	resume bool            // an earlier start of the run left something in the journal
	order  *ahead.Order    // what a look through the whole list found; nil where no policy needs one, or before the first start

	originOf func(source.Row) (pipeline.Origin, bool) // the row that a row of a mended failed file comes from; nil otherwise
	sample   int64                                    // rows to send before a person is asked; 0: all
	unlock   func() error                             // gives the account free; nil where another does that
}

// rows opens the rows of the run from the start, as every start of it sees them.
func (c *course) rows() (*rowChain, error) {
	reader, err := c.work.set.Open()
	if err != nil {
		return nil, err
	}
	var rows pipeline.Rows = reader
	if c.filled != nil {
		rows = c.filled.over(rows)
	}
	if c.chosen != nil {
		rows = pipeline.Choose(rows, c.chosen.Has)
	}
	if k := c.work.knobs; k.skipRows > 0 || k.maxRows > 0 {
		rows = pipeline.Span(rows, k.skipRows, k.maxRows)
	}
	return &rowChain{Rows: rows, reader: reader}, nil
}

// rowChain is a chain of readers with the one at its start, which is to be closed.
type rowChain struct {
	pipeline.Rows
	reader *source.Reader
}

// Close closes the reader at the start.
func (r *rowChain) Close() error { return r.reader.Close() }

// folder is where the reports of the run go.
func (c *course) folder() string { return c.app.path(c.run.Folder) }

// session is how one start of a run went.
type session struct {
	outcome pipeline.Outcome
	read    int64 // rows, when the end of the input was reached
	pace    reports.Pace
}

// execute starts the run, waits for its end, and writes its reports. The error is what the program ends with.
func (c *course) execute(ctx context.Context, s *stops) error {
	if c.work.knobs.inDoubt == pipeline.DoubtHold {
		c.app.voice.say("--in-doubt hold: rows in doubt are not sent again, even where %s refuses or absorbs a repeat; each stays in doubt until a person looks it up", c.work.vendor.Title)
	}
	if c.work.knobs.inDoubt == pipeline.DoubtRetry {
		c.app.voice.warn("--in-doubt retry: rows in doubt are sent again whatever %s makes of a repeat; somebody may be registered twice", c.work.vendor.Title)
	}
	if err := c.ledger.name(c.run.Name); err != nil {
		return err
	}
	if on, err := c.planSample(ctx); err != nil || !on {
		return errors.Join(err, c.leaveSampled(ctx, err))
	}
	went, err := c.move(ctx, s)
	if err != nil {
		return c.explain(err)
	}
	if went.outcome.Reason == pipeline.Sampled && err == nil {
		on, err := c.afterSample(ctx, went)
		if !on {
			return errors.Join(err, c.leaveSampled(ctx, err))
		}
		if went, err = c.move(ctx, s); err != nil {
			return c.explain(err)
		}
	}
	if went.outcome.Reason == pipeline.Cut {
		c.app.voice.warn("left at once; rows whose requests were cut are in doubt. %s", c.howToGoOn())
		return ended{reports.ExitInterrupted}
	}
	c.tell(went.outcome)
	return c.report(ctx, went)
}

// move runs the engine and records how it ended.
func (c *course) move(ctx context.Context, s *stops) (went session, err error) {
	a := c.app
	rows, err := c.rows()
	if err != nil {
		return went, err
	}
	defer rows.Close()
	seen, err := c.ledger.store.Seen()
	if err != nil {
		return went, err
	}
	defer func() { err = errors.Join(err, seen.Close()) }()
	measured := newMeter(rows, rows.reader, c.work.set)
	results := &resultWriter{voice: a.voice}
	engine, err := pipeline.New(c.plan(ctx, measured, seen, results))
	if err != nil {
		return went, usage(err, "")
	}
	found, err := engine.Prepare(ctx)
	if err != nil {
		return went, c.unprepared(err)
	}
	c.told(found)
	c.sayDoubts(found)
	if results.live, err = reports.OpenLive(filepath.Join(c.folder(), reports.ResultsName)); err != nil {
		return went, storage(err)
	}
	defer func() { err = errors.Join(err, storage(results.live.Close())) }()
	s.attach(engine)
	view := watch{display: a.newDisplay(c.work.knobs, c.work.set.Size()), progress: engine.Progress, meter: measured, size: c.work.set.Size(),
		limits: c.work.limits, now: a.Now}
	stop := view.start()
	began := a.Now()
	before := c.settledBefore(ctx)
	outcome, err := engine.Run(ctx)
	stop()
	s.detach()
	p := engine.Progress()
	went = session{outcome: outcome, pace: reports.Pace{Duration: a.Now().Sub(began), Rows: movedRows(before, p.Counts), Requests: p.Requests}}
	if outcome.Reason == pipeline.Finished && err == nil {
		went.read = p.Read
	}
	return went, errors.Join(err, c.finish(ctx, outcome, err))
}

// settledBefore is what earlier starts of the run have settled, by status.
func (c *course) settledBefore(ctx context.Context) (before pipeline.Counts) {
	counts, err := c.ledger.store.Counts(ctx, c.run.ID)
	if err != nil {
		return before
	}
	for _, n := range counts {
		if int(n.Status) < len(before) {
			before[n.Status] += n.Rows
		}
	}
	return before
}

// movedRows is how many rows a start settled: those that are new since before, and those that it took out of doubt.
func movedRows(before, now pipeline.Counts) int64 {
	return max(0, now.Sum()-before.Sum()) + max(0, before[inDoubt]-now[inDoubt])
}

func settledRows(ctx context.Context, store journal.Store, run int64) (n int64) {
	counts, err := store.Counts(ctx, run)
	if err != nil {
		return 0
	}
	for _, c := range counts {
		n += c.Rows
	}
	return n
}

// unprepared explains why a run could not begin.
func (c *course) unprepared(err error) error {
	var other *pipeline.OtherIdentity
	if !errors.As(err, &other) {
		return err
	}
	return unusable(fmt.Errorf("run %s told people apart by %s and left some in doubt; by %s they would not be recognised, and could be sent twice",
		other.Run.Name, identityTitle(other.Theirs), identityTitle(other.Ours)),
		fmt.Sprintf("settle them first with %s settle %s, or keep the identity", c.app.Program, other.Run.Name))
}

func (c *course) plan(ctx context.Context, rows pipeline.Rows, seen journal.Seen, reporter pipeline.Reporter) pipeline.Plan {
	k := c.work.knobs
	plan := pipeline.Plan{
		Rows: rows, Mapper: c.work.mapper, Account: c.work.account, Transport: c.work.transport,
		Store: c.ledger.store, Run: c.run, Key: c.ledger.key, Seen: seen, Reporter: reporter, Resume: c.resume,
		Options: pipeline.Options{Workers: k.workers, Limits: c.work.limits, MaxErrors: k.maxErrors, Timeout: k.timeout, InDoubt: k.inDoubt},
		Rand:    rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64())), Now: c.app.Now,
		OnPanic: c.crashed,
	}
	plan.Policy, plan.Again, plan.Order = k.asPolicy(), c.closingRows, c.order
	plan.Policy.Sample = c.sample
	plan.Fresh, plan.Origins, plan.IdentityOf = c.note.Fresh, c.origins(ctx), identityOf
	if c.note.Resend {
		plan.Resend = pipeline.ResendHeld
	}
	return plan
}

// crashed keeps the stack of a panic in the run's folder: it is for the makers, not for the person at the terminal.
func (c *course) crashed(what string, stack []byte) {
	path := filepath.Join(c.folder(), "crash.txt")
	if err := os.WriteFile(path, append([]byte(what+"\n\n"), stack...), 0o600); err != nil {
		path = "nowhere: " + err.Error()
	}
	c.app.voice.warn("internal error at %s; its trace is in %s; please report it", what, path)
}

// finish records how the run ended. A journal that failed is left alone.
func (c *course) finish(ctx context.Context, o pipeline.Outcome, failed error) error {
	if errors.Is(failed, journal.ErrStorage) {
		return nil
	}
	c.run.State, c.run.Ended = o.Reason.State(), c.app.Now().UTC()
	if failed != nil && c.run.State == journal.Complete {
		c.run.State = journal.Interrupted
	}
	if failed == nil && o.Reason != pipeline.Cut {
		if err := reports.Pend(c.folder(), exitOfOutcome(o)); err != nil {
			return storage(err) // the run stays unfinished: the same command ends it
		}
	}
	return c.ledger.store.Finish(context.WithoutCancel(ctx), c.run.ID, c.run.State, c.run.Ended)
}

// tell says why a run stopped by itself.
func (c *course) tell(o pipeline.Outcome) {
	switch o.Reason {
	case pipeline.TooManyErrors:
		c.app.voice.problem("stopped: "+o.Detail, "the codes below say what went wrong; mend the cause and go on")
	case pipeline.FatalAnswer, pipeline.VendorFailing:
		text := "stopped: " + o.Detail
		if o.Row > 0 {
			text = fmt.Sprintf("stopped at row %d: %s", o.Row, o.Detail)
		}
		if o.Verdict.Message != "" {
			text += fmt.Sprintf(" (%s)", o.Verdict.Message)
		}
		c.app.voice.problem(text, o.Verdict.Hint)
	}
}

// explain adds what a person can do about a run that could not be carried on.
func (c *course) explain(err error) error {
	switch {
	case errors.Is(err, journal.ErrStorage):
		hint := journal.Hint(err)
		if hint == "" {
			hint = "nothing more was sent; when the cause is mended, the same command goes on"
		}
		return &failure{reports.ExitStorage, err, hint}
	case errors.Is(err, source.ErrChanged):
		return unusable(err, "put the input back as it was and type the same command again, or start over with --fresh")
	}
	return err
}

// howToGoOn is the sentence for a run that was left.
func (c *course) howToGoOn() string {
	if c.note.Sandbox {
		return "A run into the sandbox cannot be gone on with: the sandbox is gone."
	}
	return fmt.Sprintf("Go on with: %s", c.command("resume", c.run.Name))
}

// command is a command line of this program, for the run's journal.
func (c *course) command(words ...string) string {
	line := append([]string{c.app.Program}, words...)
	out := c.work.knobs.out
	if c.ledger != nil && c.ledger.out != "" {
		out = c.ledger.out // where the run is, however it was found
	}
	if out != "reports" {
		line = append(line, "--out", out)
	}
	if c.work.knobs.journal != "" {
		line = append(line, "--journal", c.work.knobs.journal)
	}
	for i := 1; i < len(line); i++ {
		line[i] = quoted(line[i])
	}
	return strings.Join(line, " ")
}

// quoted is a word as a shell takes it.
func quoted(word string) string {
	plain := strings.IndexFunc(word, func(r rune) bool {
		return !strings.ContainsRune("-_./,:=@%+", r) && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) < 0
	if plain && word != "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

func storage(err error) error {
	if err == nil {
		return nil
	}
	return &failure{reports.ExitStorage, err, "the journal has all that was acknowledged; when there is room again, importer report writes the files anew"}
}

// resultWriter makes results.csv grow, and tells of rows with --verbose.
type resultWriter struct {
	live  *reports.Live
	voice *voice
}

// Settled appends the rows.
func (r *resultWriter) Settled(recs []journal.Record) error {
	lines := make([]reports.Line, len(recs))
	for i, rec := range recs {
		lines[i] = reports.NewLine(rec, rec.Key)
		if r.voice.verbose {
			r.voice.detail("row settled", rowAttrs(rec)...)
		}
	}
	return storage(r.live.Append(lines))
}

// limitText says what a run was held to: "20/s, 8 workers".
func limitText(limits []vendors.Limit, workers int) string {
	return fmt.Sprintf("%s, %d %s", vendors.FormatLimits(limits), workers, noun(int64(workers), "worker"))
}

// stamp begins a run's name.
func stamp(t time.Time) string { return t.UTC().Format("20060102T150405Z") }
