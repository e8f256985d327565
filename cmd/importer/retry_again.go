package main

import (
	"bytes"
	"context"
	"errors"

	"importer/pipeline/journal"
)

// beginAgain finds, under the account's lock, the unfinished run that the same command began, or begins one. Which of its rows are taken is
// known only when the caller has filled the course in: takeUp is called then.
func (a *app) beginAgain(ctx context.Context, w *work, l *ledger, n note) (*course, error) {
	unlock, err := a.lock(w, l)
	if err != nil {
		return nil, err
	}
	c, err := a.findAgain(ctx, w, l, n)
	if err == nil && c == nil {
		c, err = a.begin(ctx, w, l, n)
	}
	if err != nil {
		return nil, errors.Join(err, unlock())
	}
	c.unlock = unlock
	return c, nil
}

// findAgain finds the newest run that sends the same rows again, by the same job, into the same account, and is not finished; nil without one.
func (a *app) findAgain(ctx context.Context, w *work, l *ledger, n note) (*course, error) {
	runs, err := l.store.Runs(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range runs {
		if r.State == journal.Complete && !l.unreported(r) || r.Account != w.account.ID() || r.Job != w.digest(l) || !bytes.Equal(r.Input, w.set.Digest()) {
			continue
		}
		was, err := noteOf(r)
		if err == nil && was.Of == n.Of && was.Rows == n.Rows && was.Mended == n.Mended && was.Resend == n.Resend && !was.plain() {
			return &course{app: a, work: w, ledger: l, run: r, note: was, resume: true}, nil
		}
	}
	return nil, nil
}

// takeUp goes on with a run that was found.
func (c *course) takeUp(ctx context.Context) error {
	if c.resume {
		return c.reopen(ctx)
	}
	return nil
}
