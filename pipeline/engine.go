package pipeline

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"importer/pipeline/ahead"
	"importer/pipeline/journal"
	"importer/pipeline/limit"
	"importer/vendors"
)

// Engine moves every row of one run from the reader to the journal. An Engine runs once.
type Engine struct {
	plan    Plan
	tally   tally
	jitter  *jitter
	gate    *gate
	sender  sender
	writer  *journal.Writer
	answers answers

	isPrepared bool
	prepared   Prepared
	prepareErr error
	order      *ahead.Order
	strangers  map[int64]bool // runs of the account that identified people by other fields: who is who there is not known here

	queue   chan *task // placed, never sent in this start; bounded: the hand-off to the scheduler
	report  chan []journal.Record
	handed  int64       // rows handed to the workers for their first attempt
	sampled atomic.Bool // the sample is full, and there is more to send

	drain context.Context // done: stop reading, finish what is in flight
	stop  context.CancelCauseFunc

	mu      sync.Mutex
	outcome Outcome
	broken  error // the first internal error
}

// errDrained is why the drain context ends.
var errDrained = errors.New("stopped")

// New checks the plan and makes an engine ready to run.
func New(plan Plan) (*Engine, error) {
	plan.Options = plan.Options.withDefaults()
	if plan.Workers < 1 || plan.Workers > 1024 {
		return nil, fmt.Errorf("%d workers: use 1 to 1024", plan.Workers)
	}
	for _, l := range plan.Limits {
		if l.N < 1 || l.N > limit.Largest || l.Per <= 0 {
			return nil, fmt.Errorf("limit %s: use 1 to %d requests per window (say 100/s rather than 8640000/d)", l, limit.Largest)
		}
	}
	if plan.Now == nil {
		plan.Now = time.Now
	}
	if plan.Limiter == nil {
		plan.Limiter = limit.New(plan.Limits)
	}
	e := &Engine{plan: plan, jitter: &jitter{rnd: plan.Rand}, queue: make(chan *task, plan.Workers), answers: answers{known: map[[2]string]*answer{}}}
	e.gate = newGate(plan.Options, plan.Limiter, e.jitter, func(why string, v vendors.Verdict) {
		e.end(Outcome{Reason: VendorFailing, Verdict: v, Detail: why})
	})
	e.drain, e.stop = context.WithCancelCause(context.Background())
	e.sender = wire{e}
	if plan.Sender != nil {
		e.sender = plan.Sender.serve(e)
	}
	return e, nil
}

// Drain stops the run gently: nothing new is read or sent, requests in flight may finish for Options.Grace. It does not wait, may be
// called at any time and more than once. To leave at once, cancel the context given to Run.
func (e *Engine) Drain() { e.end(Outcome{Reason: Drained, Detail: "interrupted"}) }

// Progress returns a snapshot of the run. Safe to call from any goroutine, at any time.
func (e *Engine) Progress() Progress {
	p := e.tally.snapshot()
	p.HeldTill, p.Held = e.gate.held(time.Now())
	return p
}

// Run moves all rows and returns how the run ended. Cancelling ctx leaves at once: requests in flight are cut, and their rows are in doubt.
// An error means that the run could not be carried on as promised: the journal or a report could not be written (it wraps
// journal.ErrStorage or the reporter's error), the input could not be read, or a fault of this program. The Outcome is valid either way.
// When Run returns, all its goroutines have ended and the journal has everything that was learned.
func (e *Engine) Run(ctx context.Context) (Outcome, error) {
	defer e.stop(errDrained)
	hard, cut := context.WithCancelCause(context.WithoutCancel(ctx))
	defer cut(nil)
	leave := context.AfterFunc(ctx, func() {
		e.end(Outcome{Reason: Cut, Detail: "left at once"})
		cut(context.Cause(ctx))
	})
	defer leave()
	grace := context.AfterFunc(e.drain, func() {
		t := time.AfterFunc(e.plan.Grace, func() { cut(fmt.Errorf("still in flight %s after the stop", e.plan.Grace)) })
		context.AfterFunc(hard, func() { t.Stop() })
	})
	defer grace()

	_, err := e.Prepare(ctx)
	if err == nil {
		err = e.sender.begin(hard)
	}
	if err == nil {
		err = e.move(hard)
	} else if ctx.Err() != nil && (errors.Is(err, ctx.Err()) || errors.Is(err, context.Cause(ctx))) {
		e.end(Outcome{Reason: Cut, Detail: "left at once"}) // before the first row: no failure
		err = nil
	}
	cut(nil)
	return e.result(), err
}

// move runs the stages until every row is settled or the run is stopped. hard, here and below, is done when requests in flight are to be cut.
func (e *Engine) move(hard context.Context) error {
	e.writer = journal.NewWriter(e.plan.Store, e.plan.Run.ID, journal.WriterOptions{
		OnDurable: e.durable, OnFail: e.fail, OnRefused: func(_ journal.Record, err error) { e.fail(err) },
	})
	e.report = make(chan []journal.Record, 16)
	var reporter errgroup.Group
	reporter.Go(e.reporting)

	var stages errgroup.Group
	stages.Go(func() error {
		defer close(e.queue)
		err := e.read()
		if err != nil {
			e.stop(err)
		}
		return err
	})
	ready, back := make(chan *task), make(chan *task)
	stages.Go(func() error { e.schedule(ready, back); return nil })
	for range e.plan.Workers {
		stages.Go(func() error { e.work(hard, ready, back); return nil })
	}
	err := stages.Wait()
	err = errors.Join(err, e.writer.Close(context.WithoutCancel(hard)))
	close(e.report)
	err = errors.Join(err, reporter.Wait(), e.sender.end(context.WithoutCancel(hard)))
	e.mu.Lock()
	defer e.mu.Unlock()
	if err == nil {
		err = e.broken
	}
	return err
}

// durable is called by the journal's writer after each group commit.
func (e *Engine) durable(recs []journal.Record) {
	settled := make([]journal.Record, 0, len(recs))
	for _, r := range recs {
		if r.Kind == journal.Settle {
			e.tally.change(func(now *Progress) { now.Counts[r.Status]++ })
			settled = append(settled, r)
		}
	}
	if len(settled) == 0 {
		return
	}
	now := e.tally.snapshot()
	fresh := now.Counts
	fresh[journal.Invalid] = max(0, fresh[journal.Invalid]-now.Known)
	if e.plan.MaxErrors.Passed(fresh) {
		e.end(Outcome{Reason: TooManyErrors, Detail: fmt.Sprintf("%d rows failed%s; --max-errors is %s", fresh.Failed(), besides(now.Known), e.plan.MaxErrors)})
	}
	e.report <- settled
}

// besides says how many failed rows do not count, since earlier runs found the same.
func besides(known int64) string {
	if known == 0 {
		return ""
	}
	return fmt.Sprintf(", besides %d that failed in earlier runs already", known)
}

// reporting hands settled rows to the reporter. After an error it still receives them, so that the journal never waits for a dead report.
func (e *Engine) reporting() error {
	var failed error
	for recs := range e.report {
		if e.plan.Reporter == nil || failed != nil {
			continue
		}
		if failed = e.safely("reporting", func() error { return e.plan.Reporter.Settled(recs) }); failed != nil {
			e.stop(failed)
		}
	}
	return failed
}

// fail stops the run for an error after which nothing may be sent any more, such as the journal's. Nil is no error.
func (e *Engine) fail(err error) {
	if err == nil {
		return
	}
	e.mu.Lock()
	if e.broken == nil {
		e.broken = err
	}
	e.mu.Unlock()
	e.stop(err)
}

// end stops the run for a reason. The first reason counts, except that being cut overrides being drained.
func (e *Engine) end(o Outcome) {
	e.mu.Lock()
	if e.outcome.Reason == Finished || o.Reason == Cut && e.outcome.Reason == Drained {
		o.Panics = e.outcome.Panics
		e.outcome = o
	}
	e.mu.Unlock()
	e.tally.change(func(now *Progress) { now.Draining = true })
	e.stop(errDrained)
}

func (e *Engine) result() Outcome {
	e.mu.Lock()
	defer e.mu.Unlock()
	o := e.outcome
	if o.Reason == Finished && e.sampled.Load() {
		o.Reason, o.Detail = Sampled, fmt.Sprintf("stopped after the sample of %d rows", e.plan.Policy.Sample)
	}
	o.Counts = e.tally.snapshot().Counts
	return o
}

// now is the time as it is written down.
func (e *Engine) now() time.Time { return e.plan.Now().UTC().Truncate(time.Microsecond) }
