package pipeline

import (
	"cmp"
	"context"
	"fmt"

	"importer/mapping"
	"importer/pipeline/ahead"
	"importer/pipeline/journal"
)

// unfit says why a row is not to be sent, as the record that settles it; nil when it is fit. Of a row that this run has begun to send only some
// reasons count: it was no duplicate then.
func (e *Engine) unfit(ctx context.Context, t *task) (*journal.Record, error) {
	now := stateOf(t.known)
	if now != unreached {
		if err := e.remember(t); err != nil {
			return nil, err
		}
	}
	switch {
	case now == final:
		return nil, nil
	case t.filtered:
		return &journal.Record{Status: journal.Skipped, Code: CodeFiltered, Message: "the job's where does not take it"}, nil
	case len(t.faults) > 0:
		return invalid(t.faults), nil
	case t.identity == (journal.Digest{}):
		return nil, nil
	case now.doubtful():
		return duplicate(e.order.Why(t.row.Number)), nil
	case now == unreached:
		why, err := e.repeated(t)
		if rec := duplicate(why); rec != nil || err != nil {
			return rec, err
		}
	}
	return e.imported(ctx, t)
}

// facts gathers what the table of resend.go asks about a row.
func (e *Engine) facts(t *task, unfit *journal.Record) facts {
	f := facts{state: stateOf(t.known), fit: unfit == nil, policy: e.plan.InDoubt}
	f.imported = unfit != nil && unfit.Status == journal.Skipped && unfit.Code != CodeFiltered
	if f.state.doubtful() && f.fit {
		f.allowed = e.plan.Resend != nil && e.plan.Resend(t.known)
		f.repeat = e.repeat(t)
	}
	return f
}

// repeat gathers what resend.go asks about the request of a row in doubt.
func (e *Engine) repeat(t *task) repeat {
	who := cmp.Or(t.byVendor, t.identity)
	return repeat{
		effect: t.request.Repeat, ofThisRun: t.known.Kind == 0, sameContent: t.known.Content == e.contentOf(t),
		byIdentity: t.request.RepeatByIdentity, sameIdentity: who != (journal.Digest{}) && t.known.Identity == who,
	}
}

// remember makes later rows of the person duplicates of this row, which an earlier start reached.
func (e *Engine) remember(t *task) error {
	if e.order != nil || t.known.Identity == (journal.Digest{}) || t.known.Status == journal.Invalid || t.known.Status == journal.Duplicate {
		return nil
	}
	_, err := e.plan.Seen.First(t.known.Identity, t.row.Number)
	return err
}

// repeated says of which row this one is a duplicate; "" when it is none.
func (e *Engine) repeated(t *task) (string, error) {
	if e.order != nil {
		return e.order.Why(t.row.Number), nil
	}
	first, err := e.plan.Seen.First(t.identity, t.row.Number)
	if err != nil || first == t.row.Number {
		return "", err
	}
	return fmt.Sprintf("same person as row %d", first), nil
}

func duplicate(why string) *journal.Record {
	if why == "" {
		return nil
	}
	return &journal.Record{Status: journal.Duplicate, Code: CodeDuplicate, Message: why}
}

// imported says which other run created the person; nil for none. Runs that used the vendor's own identity are known too, as long as the
// row has not changed since: then it is surely the same one.
func (e *Engine) imported(ctx context.Context, t *task) (*journal.Record, error) {
	p := &e.plan
	earlier, found, err := p.Store.Imported(ctx, p.Account.ID(), t.identity)
	if !found && err == nil && t.byVendor != (journal.Digest{}) {
		earlier, found, err = p.Store.Imported(ctx, p.Account.ID(), t.byVendor)
		found = found && earlier.Content == e.contentOf(t)
	}
	if err != nil || !found || earlier.Run == p.Run.ID {
		return nil, err
	}
	rec := &journal.Record{
		Status: journal.Skipped, Code: CodeImported,
		Message: fmt.Sprintf("created by run %s, row %d", earlier.RunName, earlier.Row),
	}
	if earlier.Content != e.contentOf(t) {
		rec.Code = CodeImportedChanged
		rec.Message += ", with other content"
	}
	return rec, nil
}

// sponsored reports whether the row may be sent as far as its sponsor is concerned. If not, it was settled as invalid, or stays unsent because its
// sponsor's row is unsent.
func (e *Engine) sponsored(t *task) (bool, error) {
	rec := journal.Record{Status: journal.Invalid, Field: mapping.Sponsor.String()}
	switch sponsor, state := e.order.Sponsor(t.row.Number); state {
	case ahead.InCycle:
		rec.Code = CodeSponsorCycle
		rec.Message = fmt.Sprintf("sponsor: the rows sponsor each other in a cycle: this one is sponsored by row %d, and so on back to this one", sponsor)
	case ahead.Refused:
		rec.Code, rec.Message = CodeSponsorNotCreated, fmt.Sprintf("sponsor: row %d is the sponsor's, and it was not registered", sponsor)
	case ahead.LeftUnsent:
		return false, nil
	default:
		return true, nil
	}
	return false, e.settle(t, rec)
}

// whyHeld says why a row of which an earlier start left a request in doubt is not sent again. The row is settled as in doubt, also when something is
// wrong with it now: only an answer, or a person, can say more.
func (e *Engine) whyHeld(t *task) string {
	why := "the run ended while the request was on its way"
	if t.known.Kind == journal.Uncertain {
		why = "a request of an earlier start was in doubt"
	}
	switch {
	case t.filtered:
		why += "; it can't be sent again, since the job's where does not take it any more"
	case len(t.faults) > 0:
		why += "; it can't be sent again: " + faultText(t.faults[0])
	}
	return why
}

// releaseDoubt writes down that a row in doubt is sent again.
func (e *Engine) releaseDoubt(t *task) error {
	if t.known.Kind == journal.Uncertain {
		return nil
	}
	return e.writer.Put(journal.Record{
		Kind: journal.Uncertain, Row: t.row.Number, Attempt: t.tries.number, At: e.now(), Code: CodeRepeated,
	})
}
