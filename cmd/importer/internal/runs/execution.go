package runs

import (
	"context"
	"errors"
	"math/rand/v2"
	"path/filepath"

	"importer/mapping/problem"
	"importer/pipeline"
	"importer/pipeline/ahead"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
	"importer/vendors"
)

// execution is a run with all that it needs to be started, resumed, or reported.
type execution struct {
	*call
	setup     *setup
	workspace *workspace
	run       journal.Run
	note      note
	chosen    *reports.Rowset                          // nil: all rows
	secrets   *secretCells                             // of a failed file; nil otherwise
	originOf  func(source.Row) (pipeline.Origin, bool) // the row that a row of a failed file comes from; nil otherwise
	resume    bool                                     // an earlier start of the run left something in the journal
	order     *ahead.Order                             // what a look through the whole list found; nil where no policy needs one, or before the first start
	carried   pipeline.Prepared                        // what the present start found
	told      reports.Rowset                           // of a run that the same command continues: failed rows that its reports held before
	predicted bool                                     // a check: nothing is sent, and the run is in no journal that lasts
	sample    int64                                    // rows to send before a person is asked; 0: all
	unlock    func() error                             // releases the account; nil where it is not locked
}

// close ends the setup and releases the account.
func (x *execution) close() error {
	err := errors.Join(x.secrets.close(), x.setup.close())
	if x.unlock != nil {
		err = errors.Join(err, x.unlock())
	}
	return err
}

// rows opens the rows of the run from the start, as every start of it sees them.
func (x *execution) rows() (*rowChain, error) {
	reader, err := x.setup.set.Open()
	if err != nil {
		return nil, err
	}
	var rows pipeline.Rows = reader
	if x.secrets != nil {
		rows = x.secrets.over(rows)
	}
	if x.chosen != nil {
		rows = pipeline.Choose(rows, x.chosen.Has)
	}
	if o := x.setup.options; o.SkipRows > 0 || o.MaxRows > 0 {
		rows = pipeline.Span(rows, o.SkipRows, o.MaxRows)
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
func (x *execution) folder() string { return x.workspace.folder(x.run) }

// session is how one start of a run went.
type session struct {
	outcome pipeline.Outcome
	read    int64 // rows, when the end of the input was reached
	pace    reports.Pace
}

// execute starts the run, waits for its end, and writes its reports.
func (x *execution) execute(ctx context.Context) (Result, error) {
	if policy := x.setup.options.InDoubt; policy != pipeline.DoubtByVendor {
		x.emit(DoubtPolicy{policy, x.setup.vendor})
	}
	if lock := x.workspace.held; lock != nil {
		if err := lock.SetRun(x.run.Name); err != nil {
			return Result{}, err
		}
	}
	if on, err := x.planSample(ctx); err != nil || !on {
		return x.leaveSampled(ctx, Result{}, err)
	}
	went, err := x.move(ctx)
	if err != nil {
		return Result{}, x.explain(err)
	}
	if went.outcome.Reason == pipeline.Sampled {
		result, on, err := x.afterSample(ctx, went)
		if !on {
			return x.leaveSampled(ctx, result, err)
		}
		if went, err = x.move(ctx); err != nil {
			return Result{}, x.explain(err)
		}
	}
	if went.outcome.Reason == pipeline.Cut {
		x.emit(x.leftAtOnce(context.WithoutCancel(ctx)))
		return x.result(reports.ExitInterrupted), nil
	}
	x.emitWhyStopped(went.outcome)
	return x.report(ctx, went)
}

// result is one without reports.
func (x *execution) result(exit reports.ExitCode) Result {
	return Result{Exit: exit, Run: x.run.Name, Folder: x.folder()}
}

// move sends the rows and records how that ended.
func (x *execution) move(ctx context.Context) (went session, err error) {
	results := &resultWriter{run: x}
	began, before := x.Now(), pipeline.Counts{}
	outcome, p, err := x.process(ctx, x.setup.limits, func(plan *pipeline.Plan) { plan.Reporter = results }, func() (err error) {
		x.emitDoubts()
		began, before = x.Now(), x.settledBefore(ctx)
		results.live, err = reports.OpenLive(filepath.Join(x.folder(), reports.ResultsName))
		return storage(err)
	})
	went = session{outcome: outcome, pace: reports.Pace{Duration: x.Now().Sub(began), Rows: settledSince(before, p.Counts), Requests: p.Requests}}
	if outcome.Reason == pipeline.Finished && err == nil {
		went.read = p.Read
	}
	if results.live == nil { // no row was reached
		if ctx.Err() != nil {
			err = errors.Join(err, x.interrupt(ctx))
		}
		return went, err
	}
	return went, errors.Join(err, x.finish(ctx, outcome, err), storage(results.live.Close()))
}

// process takes every row through an engine, which adapt may change before it is made; ready is called when all is prepared for the first row.
func (x *execution) process(ctx context.Context, limits []vendors.Limit, adapt func(*pipeline.Plan), ready func() error) (o pipeline.Outcome, p pipeline.Progress, err error) {
	rows, err := x.rows()
	if err != nil {
		return o, p, err
	}
	defer rows.Close()
	seen, err := x.workspace.store.Seen()
	if err != nil {
		return o, p, err
	}
	defer func() { err = errors.Join(err, seen.Close()) }()
	audience, err := x.workspace.audience(ctx)
	if err != nil {
		return o, p, err
	}
	measured := newMeter(rows, rows.reader, x.setup.set)
	plan := x.plan(ctx, measured, seen)
	plan.Unheard = func(run int64) bool { return !audience.heard(run) }
	adapt(&plan)
	engine, err := pipeline.New(plan)
	if err != nil {
		return o, p, problem.Wrap(problem.Usage, err, "")
	}
	if err := x.prepare(ctx, engine); err != nil {
		return o, p, err
	}
	if err := ready(); err != nil {
		return o, p, err
	}
	x.emit(Started{newImport(engine, measured, x.setup.set.Size(), limits, x.Now)})
	o, err = engine.Run(ctx)
	x.emit(Ended{})
	return o, engine.Progress(), err
}

// settledBefore is what earlier starts of the run have settled, by status.
func (x *execution) settledBefore(ctx context.Context) pipeline.Counts {
	counts, err := x.workspace.store.Counts(ctx, x.run.ID)
	if err != nil {
		return pipeline.Counts{} // it is only shown
	}
	return journal.CountsOf(counts)
}

// settledSince is how many rows a start settled: those that are new since before, and those that it took out of doubt.
func settledSince(before, now pipeline.Counts) int64 {
	return max(0, now.Sum()-before.Sum()) + max(0, before[journal.InDoubt]-now[journal.InDoubt])
}

func (x *execution) plan(ctx context.Context, rows pipeline.Rows, seen journal.Seen) pipeline.Plan {
	s := x.setup
	plan := pipeline.Plan{
		Rows: rows, Mapper: s.mapper, Account: s.account, Transport: s.transport,
		Store: x.workspace.guardedStore(), Run: x.run, Key: x.workspace.key, Seen: seen, Resume: x.resume,
		Options: pipeline.Options{Workers: s.options.Workers, Limits: s.limits, MaxErrors: s.options.MaxErrors, Timeout: s.options.Timeout, InDoubt: s.options.InDoubt},
		Rand:    rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64())), Now: x.Now,
		OnPanic: x.crashed,
		Policy:  s.options.asPolicy(), Again: func() (pipeline.ClosingRows, error) { return x.rows() }, Order: x.order,
		SendAgain: x.sendAgain(), Fresh: x.note.Fresh, Origins: x.origins(ctx), IdentityOf: identityOf,
	}
	plan.Policy.Sample = x.sample
	if x.note.Resend {
		plan.Resend = pipeline.ResendHeld
	}
	return plan
}
