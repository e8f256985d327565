package pipeline

import (
	"context"
	"fmt"
	"slices"
	"time"

	"importer/pipeline/journal"
	"importer/pipeline/limit"
)

const (
	// latestSend is how long after its intent was stamped a request is taken to have left at the latest: two commits on a slow disk.
	latestSend = 2 * time.Second
	// longestQuestions is the longest window that is taken to be full of questions, which the journal does not know of.
	longestQuestions = time.Minute
)

// recollect makes the limits hold over what earlier starts and runs of the account sent. It errs on the slow side: an intent counts as
// sent latestSend after its stamp, and now where the clock was set back. Questions to the vendor leave no trace in the journal;
// so where there may have been some just now, a window of up to longestQuestions begins full.
func (e *Engine) recollect(ctx context.Context) error {
	p := &e.plan
	for i, l := range p.Limits {
		stamp, now := p.Now(), time.Now()
		since := stamp.Add(-l.Per - limit.Slack(l.Per))
		times, err := p.Store.Recent(ctx, p.Account.ID(), since.Add(-latestSend), l.N)
		if err != nil {
			return fmt.Errorf("looking up recent requests: %w", err)
		}
		for j, t := range times {
			times[j] = now.Add(-max(0, stamp.Sub(t)-latestSend))
		}
		if len(p.Account.Probes()) > 0 && l.Per <= longestQuestions {
			asked := p.Resume || len(times) > 0
			if !asked {
				if asked, err = e.ranSince(ctx, since); err != nil {
					return fmt.Errorf("looking up recent runs: %w", err)
				}
			}
			if asked {
				times = slices.Repeat([]time.Time{now}, l.N)
			}
		}
		if err := p.Limiter.Remember(ctx, i, times); err != nil {
			return err
		}
	}
	return nil
}

// ranSince reports whether another run of the account was under way after a moment, or may have been: it may have asked, and sent nothing.
func (e *Engine) ranSince(ctx context.Context, moment time.Time) (bool, error) {
	runs, err := e.plan.Store.Runs(ctx)
	return slices.ContainsFunc(runs, func(r journal.Run) bool {
		return r.ID != e.plan.Run.ID && r.Account == e.plan.Account.ID() && (r.Ended.IsZero() || !r.Ended.Before(moment))
	}), err
}
