package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"importer/mapping"
	"importer/pipeline/ahead"
	"importer/pipeline/journal"
)

// Prepared is what a start found before its first row.
type Prepared struct {
	Order       *ahead.Order   // what a look through the whole list found; nil where the policy needs none
	Identity    *OtherIdentity // an earlier run identified people by other fields; nil: none, or not looked for
	FromOrigins int64          // rows that are in doubt since the rows they come from (Plan.Origins)
	FromAccount int64          // rows whose person another run of the account left in doubt
	Elsewhere   int64          // people whom other runs of the account left in doubt, and who are in none of the rows
	Oldest      Origin         // the row of one of these, of the oldest run; zero without any
}

// Prepare does all that precedes the first row: it learns whom earlier runs created, looks ahead where the policy needs it, and carries into the
// run's journal doubts of earlier runs. Run does it where the caller has not; a caller that shows what was found calls it first.
// Calling it again returns the same. Where ctx is done the error is its cause.
func (e *Engine) Prepare(ctx context.Context) (Prepared, error) {
	if !e.isPrepared {
		e.isPrepared = true
		e.prepareErr = e.safely("preparing", func() error { return e.prepare(ctx) })
		if ctx.Err() != nil && errors.Is(e.prepareErr, ctx.Err()) {
			e.prepareErr = context.Cause(ctx)
		}
	}
	return e.prepared, e.prepareErr
}

func (e *Engine) prepare(ctx context.Context) (err error) {
	p := &e.plan
	if err := p.Store.Index(ctx, p.Account.ID()); err != nil {
		return fmt.Errorf("looking up earlier runs: %w", err)
	}
	if err := e.findStrangers(ctx); err != nil {
		return err
	}
	if e.order = p.Order; e.order == nil {
		if e.order, err = e.lookAhead(ctx); err != nil {
			return err
		}
	}
	e.prepared.Order = e.order
	return e.carryDoubts(ctx)
}

// again opens the rows once more.
func (e *Engine) again() (ClosingRows, error) {
	if e.plan.Again == nil {
		return nil, errors.New("the plan gives no way to read the rows again")
	}
	return e.plan.Again()
}

// lookAhead reads all rows once, and maps and checks them as a run does, where the policy needs it.
func (e *Engine) lookAhead(ctx context.Context) (order *ahead.Order, err error) {
	policy := e.plan.Policy
	isNone := policy.Shared == ahead.ShareNone && len(e.plan.Account.Vendor().Unique)+len(policy.Identity) > 0
	if policy.Duplicates == ahead.KeepFirst && !policy.SponsorsFirst && !isNone {
		return nil, nil
	}
	rows, err := e.again()
	if err != nil {
		return nil, err
	}
	look := ahead.New(policy.Duplicates, policy.SponsorsFirst)
	defer func() { err = errors.Join(err, rows.Close(), look.Close()) }()
	if err := e.stage(ctx, rows, func(t *task) { e.mapSafely(t, true) }, func(t *task) error { return e.lookAt(look, t) }); err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if order, err = look.Order(); err != nil || !isNone && order.Passes() == 1 {
		return order, err
	}
	return order, e.findShared(ctx, order)
}

func (e *Engine) lookAt(look *ahead.Look, t *task) error {
	if t.filtered {
		return nil
	}
	row := ahead.Row{Number: t.row.Number, Fit: len(t.faults) == 0, Person: t.identity}
	if e.plan.Policy.SponsorsFirst {
		row.Username, row.Sponsor = e.username(t, mapping.Username), e.username(t, mapping.Sponsor)
	}
	return look.Add(row)
}

func (e *Engine) username(t *task, f mapping.Field) (none journal.Digest) {
	if name := t.customer.Text(f); name != "" {
		return e.plan.Key.Identity("username", strings.ToLower(name))
	}
	return none
}
