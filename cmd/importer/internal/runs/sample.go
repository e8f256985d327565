package runs

import (
	"context"

	"importer/pipeline/journal"
	"importer/reports"
)

// planSample finds how much of the sample is still to be sent. False: it was sent by an earlier start, and the person does not want to continue.
func (x *execution) planSample(ctx context.Context) (bool, error) {
	size := x.setup.options.Sample
	if size == 0 {
		return true, nil
	}
	sent := int64(0)
	for s, err := range x.workspace.store.Rows(ctx, x.run.ID, 1) {
		if err != nil {
			return false, err
		}
		if s.Attempt > 0 && !s.First.Before(x.run.Started) { // else in doubt since an earlier run, whether sent again or not
			sent++
		}
	}
	switch {
	case sent < size:
		x.sample = size - sent
		return true, nil
	case sent > size:
		return true, nil // somebody agreed to the others before
	}
	return x.agreed(ctx, true)
}

// agreed reports whether a person agrees to the other rows after the sample: by the option yes, or when asked.
func (x *execution) agreed(ctx context.Context, earlier bool) (yes bool, err error) {
	sent := SampleSent{Rows: x.setup.options.Sample, Earlier: earlier, Go: x.setup.options.Yes, Resume: x.resumeCommand("--yes")}
	if !sent.Go && x.Confirm != nil {
		sent.Asked = true
		if sent.Go, err = x.Confirm(ctx, Question{Sample: sent.Rows, Earlier: earlier}); err != nil || sent.Go {
			return sent.Go, err
		}
	}
	x.emit(sent)
	return sent.Go, nil
}

// afterSample reports what the sample came to, and asks whether the run continues.
func (x *execution) afterSample(ctx context.Context, went session) (Result, bool, error) {
	result, err := x.report(ctx, went)
	if err != nil || result.Exit != reports.ExitInterrupted {
		return result, false, err
	}
	on, err := x.agreed(ctx, false)
	if err != nil || !on {
		return result, false, err
	}
	if err := x.workspace.store.Reopen(ctx, x.run.ID); err != nil {
		return result, false, err
	}
	x.run.State, x.resume, x.sample = journal.Running, true, 0
	return result, true, nil
}

// leaveSampled ends a run that was not agreed to as interrupted: it can be resumed.
func (x *execution) leaveSampled(ctx context.Context, result Result, failed error) (Result, error) {
	if err := x.interrupt(ctx); err != nil {
		return result, err
	}
	if result.Run == "" {
		result = x.result(reports.ExitInterrupted)
	}
	return result, failed
}
