package pipeline

import (
	"context"

	"importer/pipeline/journal"
	"importer/vendors"
)

// reopens reports whether a row that was settled in doubt is to be sent again.
func (e *Engine) reopens(t *task) bool {
	return t.known.Status == journal.InDoubt && t.sendable() && !e.ahead.Repeats(t.row.Number) && e.mayRepeat(t)
}

// sendable reports whether there is a request to send: the job takes the row, and nothing is wrong with it.
func (t *task) sendable() bool { return !t.filtered && len(t.faults) == 0 }

// mayRepeat says whether a row whose fate is unknown may be sent again: because the vendor refuses or absorbs the repeat, or a person says so.
func (e *Engine) mayRepeat(t *task) bool {
	if e.plan.SendDoubted != nil && e.plan.SendDoubted(t.row.Number) {
		return true
	}
	switch e.plan.InDoubt {
	case DoubtHold:
		return false
	case DoubtRetry:
		return true
	}
	return (t.request.Repeat == vendors.RepeatRefused || t.request.Repeat == vendors.RepeatHarmless) && t.repeats()
}

// repeats reports whether the row's request is, to the vendor, a repeat of the one whose fate is unknown. Within a run it always is; the row of
// an earlier run may have been written otherwise: without the telephone number, say, by which the vendor would refuse the second one.
func (t *task) repeats() bool {
	if t.known.Kind == 0 || t.known.Content == t.content {
		return true
	}
	who := t.identity
	if t.byVendor != (journal.Digest{}) {
		who = t.byVendor
	}
	return t.request.RepeatByIdentity && who != (journal.Digest{}) && t.known.Identity == who
}

// goOn takes up a row that an earlier start of this run had begun to send. A row of which a request may have registered somebody is settled as
// nothing but in doubt here, whatever is wrong with it now: only an answer, or a person, can say more.
func (e *Engine) goOn(ctx context.Context, t *task) error {
	switch t.known.Kind {
	case journal.NotRegistered:
		if !t.sendable() {
			_, err := e.settleLocally(ctx, t)
			return err
		}
		if skipped, err := e.skipImported(ctx, t); skipped || err != nil { // another run was quicker
			return err
		}
	case journal.Uncertain:
		t.life.doubted = true
		if held, why := e.holds(t); held {
			return e.doubt(t, "a request of an earlier start was in doubt"+why)
		}
	default: // an open intent, or settled in doubt: nobody wrote down what came of it
		t.life.doubted = true
		if held, why := e.holds(t); held {
			return e.doubt(t, "the run ended while the request was on its way"+why)
		}
		if err := e.writer.Release(journal.Record{
			Kind: journal.Uncertain, Row: t.row.Number, Attempt: t.life.attempt, At: e.now(), Code: "repeated_after_doubt",
		}); err != nil {
			return err
		}
	}
	return e.hand(ctx, t)
}

// holds reports whether a row in doubt is not to be sent again, and, where that is not for the sake of the doubt, why, to be added to a sentence.
func (e *Engine) holds(t *task) (held bool, why string) {
	switch {
	case t.filtered:
		return true, "; it can't be sent again, since the job's where does not take it any more"
	case len(t.faults) > 0:
		return true, "; it can't be sent again: " + faultText(t.faults[0])
	}
	return !e.mayRepeat(t), ""
}

// doubt settles a row of which nobody can say what became.
func (e *Engine) doubt(t *task, why string) error {
	return e.writer.Settle(e.fill(t, journal.Record{Status: journal.InDoubt, Code: "outcome_unknown", Message: why}))
}
