package main

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/reports"
)

// planSample finds how much of the sample is still to be sent. False: it was sent by an earlier start, and the person does not want to go on.
func (c *course) planSample(ctx context.Context) (bool, error) {
	size := c.work.knobs.sample
	if size == 0 {
		return true, nil
	}
	sent := int64(0)
	for s, err := range c.ledger.store.Rows(ctx, c.run.ID, 1) {
		if err != nil {
			return false, err
		}
		if s.Attempt > 0 && !s.First.Before(c.run.Started) { // else in doubt since an earlier run, whether sent again or not
			sent++
		}
	}
	switch {
	case sent < size:
		c.sample = size - sent
		return true, nil
	case sent > size:
		return true, nil // somebody agreed to go on before
	}
	return c.agreed(ctx, fmt.Sprintf("the sample of %s was sent by an earlier start", rowsText(size)))
}

// agreed reports whether a person says to go on after the sample: by --yes, or at the prompt of a terminal.
func (c *course) agreed(ctx context.Context, why string) (bool, error) {
	a := c.app
	if c.work.knobs.yes {
		a.voice.say("%s; going on, as --yes says", why)
		return true, nil
	}
	if !a.canAsk() {
		a.voice.warn("%s. Nothing more is sent until you say so. %s", why, c.howToAgree())
		return false, nil
	}
	a.voice.say("%s", why)
	_, _ = fmt.Fprint(a.screen, "send the other rows? [y/N] \n")
	answer := make(chan string, 1)
	go func() { // ends with the answer, or with the process: a read of a terminal is not woken
		line, _ := bufio.NewReader(a.Stdin).ReadString('\n')
		answer <- line
	}()
	select {
	case line := <-answer:
		if word := strings.ToLower(strings.TrimSpace(line)); word == "y" || word == "yes" {
			return true, nil
		}
	case <-ctx.Done():
		return false, context.Cause(ctx)
	}
	a.voice.say("stopped after the sample. %s", c.howToAgree())
	return false, nil
}

func (c *course) howToAgree() string {
	if c.note.Sandbox {
		return "This sandbox is gone with the program; start again with --yes"
	}
	return "Go on with: " + c.command("resume", c.run.Name, "--yes")
}

// afterSample tells what the sample came to, and whether the run goes on.
func (c *course) afterSample(ctx context.Context, went session) (bool, error) {
	if err := c.report(ctx, went); exitOf(err) != exitOf(ended{reports.ExitInterrupted}) {
		return false, err
	}
	on, err := c.agreed(ctx, fmt.Sprintf("stopped after the sample of %s", rowsText(c.work.knobs.sample)))
	if err != nil || !on {
		return false, err
	}
	if err := c.ledger.store.Reopen(ctx, c.run.ID); err != nil {
		return false, err
	}
	c.run.State, c.resume, c.sample = journal.Running, true, 0
	return true, nil
}

// leaveSampled ends a run that was not agreed to: interrupted, to be gone on with. A failure of its own is told already.
func (c *course) leaveSampled(ctx context.Context, failed error) error {
	if c.run.State == journal.Running {
		c.run.State, c.run.Ended = journal.Interrupted, c.app.Now().UTC()
		if err := c.ledger.store.Finish(context.WithoutCancel(ctx), c.run.ID, c.run.State, c.run.Ended); err != nil {
			return err
		}
	}
	if failed != nil {
		return nil //nolint:nilerr // the caller has the error
	}
	return ended{reports.ExitInterrupted}
}

// meaningOf says more of an exit code than the code does, where there is more to say.
func (c *course) meaningOf(o pipeline.Outcome) string {
	if o.Reason == pipeline.Sampled {
		return fmt.Sprintf("stopped after the sample of %s; the others go when you say so.", rowsText(c.work.knobs.sample))
	}
	return ""
}

func rowsText(n int64) string { return grouped(n) + " " + noun(n, "row") }
