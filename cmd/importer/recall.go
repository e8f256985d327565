package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"

	"github.com/spf13/pflag"

	"importer/pipeline/journal"
)

// recalling is how a run of the journal is taken up again.
type recalling struct {
	flags   *pflag.FlagSet
	offline bool // only to be read: no credentials are needed, and the account is not bound
	drop    []string
}

// recall makes a course of a run in the journal: its job and inputs as they are now, which must be as they were.
func (a *app) recall(ctx context.Context, l *ledger, r journal.Run, how recalling) (*course, error) {
	n, err := noteOf(r)
	if err != nil {
		return nil, err
	}
	asked := maps.Clone(n.Asked)
	for _, name := range how.drop {
		delete(asked, name)
	}
	w, err := a.prepare(ctx, order{flags: how.flags, noted: asked, job: n.Job, inputs: n.Inputs, mended: n.Mended, offline: how.offline})
	if err != nil {
		return nil, err
	}
	c := &course{app: a, work: w, ledger: l, run: r, note: n}
	if err := c.fitNote(ctx); err != nil {
		return nil, errors.Join(err, w.close())
	}
	return c, nil
}

// fitNote checks that the inputs are those of the run, and takes from the note which rows they give.
func (c *course) fitNote(ctx context.Context) (err error) {
	if !bytes.Equal(c.run.Input, c.work.set.Digest()) {
		return unusable(fmt.Errorf("the input of run %s is not the same as when it began", c.run.Name),
			"put the old input back, or import the new one with: "+c.app.Program+" run")
	}
	if c.note.Rows != "" {
		if c.chosen, err = readSpans(c.note.Rows); err != nil {
			return fmt.Errorf("the note of run %s: %w", c.run.Name, err)
		}
	}
	if c.note.Mended {
		mended, err := c.app.readMended(ctx, c.ledger, c.work.set)
		if err != nil {
			return err
		}
		c.originOf = mended.originOf
		c.filled, err = c.app.fill(ctx, c.ledger, c.work.set, mended)
		return err
	}
	return nil
}
