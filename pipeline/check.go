package pipeline

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"importer/pipeline/journal"
	"importer/vendors"
)

// Codes that a check alone gives.
const (
	CodeReady = "ready"         // unsent: fit to be sent
	CodeHeld  = "held_in_doubt" // in doubt: an earlier run sent the person, and nobody knows what became of it
)

// Check does everything but send, for every row: it maps and checks, finds duplicates within the input and people whom earlier runs
// imported or left in doubt. The reporter is told of every row, in groups; rows fit to be sent are Unsent with code CodeReady. Nothing is
// written to the journal. With Plan.Online the vendor's harmless questions are put, through the same gate as in a run. Cancelling ctx, or
// Drain, stops early.
func (e *Engine) Check(ctx context.Context) (Outcome, error) {
	leave := context.AfterFunc(ctx, e.Drain)
	defer leave()
	defer e.stop(errDrained)
	if err := errors.Join(e.plan.Store.Index(ctx, e.plan.Account.ID()), e.recollectForQuestions(ctx), e.lookAhead(ctx)); err != nil {
		return e.result(), err
	}
	e.checks = true
	c := checker{engine: e, reporter: e.plan.Reporter}
	c.changed.L = &c.mu
	e.settle = c.settle
	if e.plan.Online {
		c.tryCredentials(ctx)
	}
	err := c.readAll(ctx)
	return c.result(), errors.Join(err, c.flush())
}

// recollectForQuestions makes requests of earlier runs count against the limits, where there will be any.
func (e *Engine) recollectForQuestions(ctx context.Context) error {
	if !e.plan.Online {
		return nil
	}
	for i := range e.plan.Limits {
		if err := e.recollect(ctx, i); err != nil {
			return err
		}
	}
	return nil
}

// checker collects records and passes them on in groups.
type checker struct {
	engine   *Engine
	reporter Reporter
	refused  *vendors.Verdict // what came of trying the credentials
	asking   chan *task       // to those who put questions; nil: none are put

	mu        sync.Mutex
	changed   sync.Cond // a row has been settled, or the check drains
	recs      []journal.Record
	questions int64
}

func (c *checker) result() Outcome {
	o := c.engine.result()
	o.Questions, o.Credentials = c.questions, c.refused
	return o
}

// tryCredentials puts the vendor's harmless question, if there is one.
func (c *checker) tryCredentials(ctx context.Context) {
	e := c.engine
	if !e.plan.Account.CanTry() {
		return
	}
	pass, err := e.gate.pass(e.drain)
	if err != nil {
		return
	}
	defer pass.drop()
	pass.sent()
	e.tally.requests.Add(1)
	limited, cancel := context.WithTimeout(ctx, e.plan.Timeout)
	defer cancel()
	if c.refused = e.plan.Account.Try(limited, e.plan.Transport); c.refused != nil {
		pass.learn(*c.refused)
	}
}

// readAll takes all rows through place, sponsors first where the policy says so, and waits for all answers.
func (c *checker) readAll(ctx context.Context) error {
	e := c.engine
	var askers errgroup.Group
	if e.plan.Online && c.refused == nil && len(e.plan.Account.Probes()) > 0 {
		wake := context.AfterFunc(e.drain, c.wake)
		defer wake()
		c.asking = make(chan *task)
		for range e.plan.Workers {
			askers.Go(func() error { return e.guard(e.safely("asking", func() error { return c.ask(ctx) })) })
		}
	}
	err := c.readPasses()
	if c.asking != nil {
		close(c.asking)
	}
	return errors.Join(err, askers.Wait())
}

func (c *checker) readPasses() error {
	e := c.engine
	place := func(t *task) error { return c.place(e.drain, t) }
	err := e.stage(e.drain, e.chosenFor(e.plan.Rows, 0), place)
	for pass := uint32(1); err == nil && e.order != nil && pass <= e.order.last && e.drain.Err() == nil; pass++ {
		var again ClosingRows
		if again, err = e.plan.Again(); err != nil {
			return err
		}
		err = errors.Join(e.stage(e.drain, e.chosenFor(again, pass), place), again.Close())
	}
	return err
}

func (c *checker) place(ctx context.Context, t *task) error {
	e := c.engine
	e.tally.read.Add(1)
	if settled, err := e.settleLocally(ctx, t); settled || err != nil {
		return err
	}
	if held, err := c.held(ctx, t); held || err != nil {
		return err
	}
	questions, err := c.count(t)
	if err != nil {
		return err
	}
	if c.asking == nil || !questions {
		return c.ready(ctx, t)
	}
	select {
	case c.asking <- t:
	case <-ctx.Done():
	}
	return nil
}

// held settles a row whose person an earlier run left in doubt, where a run would not send it.
func (c *checker) held(ctx context.Context, t *task) (bool, error) {
	e := c.engine
	if e.plan.Held == nil || e.mayRepeat(t) {
		return false, nil
	}
	for _, d := range [...]journal.Digest{t.identity, t.byVendor} {
		if d == (journal.Digest{}) {
			continue
		}
		if where, held := e.plan.Held(d); held {
			return true, e.note(ctx, t, journal.Record{Status: journal.InDoubt, Code: CodeHeld, Message: where})
		}
	}
	return false, nil
}

// count counts the questions that a run would ask because of the row, and reports whether there are any about it, asked before or not.
// Sponsors that are in the list are not asked for.
func (c *checker) count(t *task) (any bool, err error) {
	e := c.engine
	for _, p := range e.plan.Account.Probes() {
		key := p.Key(&t.customer)
		if key == "" {
			continue
		}
		any = true
		if sponsor, _ := e.order.sponsorOf(t.row.Number); e.plan.Questions == nil || sponsor != 0 {
			continue
		}
		first, err := e.plan.Questions.First(e.plan.Key.Identity("question", p.Name, key), t.row.Number)
		if err != nil {
			return any, err
		}
		if first == t.row.Number {
			c.questions++
		}
	}
	return any, nil
}

// ready settles a row that would be sent.
func (c *checker) ready(ctx context.Context, t *task) error {
	e := c.engine
	if ok, err := e.sponsored(ctx, t); !ok || err != nil {
		return err
	}
	if e.plan.OnReady != nil {
		c.mu.Lock()
		e.plan.OnReady(t.row, t.request)
		c.mu.Unlock()
	}
	return e.note(ctx, t, journal.Record{Status: journal.Unsent, Code: CodeReady})
}

// ask puts the questions about rows until there are none.
func (c *checker) ask(ctx context.Context) error {
	for t := range c.asking {
		if err := c.askAbout(ctx, t); err != nil {
			c.engine.stop(err)
			return err
		}
	}
	return nil
}

// askAbout puts the questions about a row until they are answered: the row was then settled, or the check drains.
func (c *checker) askAbout(ctx context.Context, t *task) error {
	e := c.engine
	c.awaitSponsor(t)
	for e.drain.Err() == nil {
		if e.clear(ctx, t) {
			return c.ready(ctx, t)
		}
		if t.life.ready.IsZero() {
			return nil
		}
		_ = sleep(e.drain, time.Until(t.life.ready), nil) // its error is the drain, which the loop sees
		t.life.ready = time.Time{}
	}
	return nil
}

// awaitSponsor waits until it is known whether the row of the sponsor can be sent. That row was handed out before this one, so somebody is at it.
func (c *checker) awaitSponsor(t *task) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.engine.drain.Err() == nil {
		if _, stands := c.engine.order.sponsorOf(t.row.Number); stands != underWay {
			return
		}
		c.changed.Wait()
	}
}

func (c *checker) wake() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.changed.Broadcast()
}

func (c *checker) settle(_ context.Context, rec journal.Record) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.engine.tally.settled(rec.Status)
	c.changed.Broadcast()
	c.recs = append(c.recs, rec)
	if len(c.recs) < 512 {
		return nil
	}
	return c.flush()
}

// flush passes on what was collected. The caller holds the lock, or is alone.
func (c *checker) flush() error {
	if len(c.recs) == 0 || c.reporter == nil {
		return nil
	}
	recs := c.recs
	c.recs = nil
	return c.reporter.Settled(recs)
}
