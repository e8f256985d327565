package pipeline

import (
	"context"
	"errors"

	"importer/pipeline/journal"
)

// CodeReady is the code of a row that Check found fit to be sent; its status is Unsent.
const CodeReady = "ready"

// Check does everything but send, for every row: it maps and checks, finds duplicates within the input and people whom earlier runs
// imported. The reporter is told of every row in input order; rows fit to be sent are Unsent with code CodeReady. Nothing is written to the
// journal. Cancelling ctx, or Drain, stops early.
func (e *Engine) Check(ctx context.Context) (Outcome, error) {
	leave := context.AfterFunc(ctx, e.Drain)
	defer leave()
	defer e.stop(errDrained)
	if err := e.plan.Store.Index(ctx, e.plan.Account.ID()); err != nil {
		return e.result(), err
	}
	if err := e.lookAhead(ctx); err != nil {
		return e.result(), err
	}
	c := checker{engine: e, reporter: e.plan.Reporter}
	e.settle = c.settle
	err := c.readAll()
	return e.result(), errors.Join(err, c.flush())
}

// checker collects records and passes them on in groups.
type checker struct {
	engine   *Engine
	reporter Reporter
	recs     []journal.Record
}

// readAll takes all rows through place, sponsors first where the policy says so.
func (c *checker) readAll() error {
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
	if ok, err := e.sponsored(ctx, t); !ok || err != nil {
		return err
	}
	if e.plan.OnReady != nil {
		e.plan.OnReady(t.row, t.request)
	}
	return e.note(ctx, t, journal.Record{Status: journal.Unsent, Code: CodeReady})
}

func (c *checker) settle(_ context.Context, rec journal.Record) error {
	c.engine.tally.settled(rec.Status)
	c.recs = append(c.recs, rec)
	if len(c.recs) < 512 {
		return nil
	}
	return c.flush()
}

func (c *checker) flush() error {
	if len(c.recs) == 0 || c.reporter == nil {
		return nil
	}
	recs := c.recs
	c.recs = nil
	return c.reporter.Settled(recs)
}
