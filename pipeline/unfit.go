package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"importer/mapping"
	"importer/pipeline/ahead"
	"importer/pipeline/journal"
)

// unfit says why a row is not to be sent, as the record that settles it; nil when nothing speaks against it. Of a row that this run has begun to send
// only some reasons count: it was no duplicate then. That an earlier run got an answer to the same row is a reason that facts.next may overrule.
func (e *Engine) unfit(ctx context.Context, t *task) (*journal.Record, error) {
	now := stateOf(t.known)
	if now != unreached {
		if err := e.remember(t); err != nil {
			return nil, err
		}
	}
	switch {
	case now == final:
		return nil, e.keep(ctx, t)
	case t.filtered:
		return &journal.Record{Status: journal.Skipped, Code: CodeFiltered, Message: "the job's where does not take it"}, nil
	case len(t.faults) > 0:
		return invalid(t.faults), nil
	}
	why, err := e.repeated(t)
	if rec := duplicate(why); rec != nil || err != nil {
		return rec, err
	}
	return e.notThisRow(ctx, t)
}

// notThisRow says why a row is not to be sent that stands for its person in the list: another run created the person, somebody else's row has what the
// vendor takes from one user only, or another run got an answer to the same row. A row that other runs sent keeps what it has for itself.
func (e *Engine) notThisRow(ctx context.Context, t *task) (rec *journal.Record, err error) {
	now := stateOf(t.known)
	taken, err := e.shares(ctx, t)
	if err != nil {
		return nil, err
	}
	if !now.doubtful() {
		if rec, err = e.imported(ctx, t); err != nil {
			return nil, err
		}
	}
	if rec == nil && len(taken) > 0 {
		return e.notShared(taken), nil
	}
	if rec == nil && now == unreached {
		if rec, err = e.stillShared(ctx, t); rec != nil || err != nil {
			return rec, err
		}
	}
	if err := e.own(t); rec != nil || err != nil || now != unreached {
		return rec, err
	}
	return e.answered(ctx, t)
}

// facts gathers what the table of resend.go asks about a row.
func (e *Engine) facts(t *task, unfit *journal.Record) facts {
	f := facts{state: stateOf(t.known), fit: unfit == nil, policy: e.plan.InDoubt}
	if unfit != nil && unfit.Status == journal.Skipped {
		status, answered := answeredCodes[unfit.Code]
		f.fit, f.answered, f.unheard, f.again = answered, answered, t.unheard, slices.Contains(e.plan.SendAgain, status)
		f.imported = unfit.Code == CodeImported || unfit.Code == CodeImportedChanged
	}
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

// remember makes later rows of the person duplicates of this row, which an earlier start reached. A row that became invalid or a duplicate later than by
// a look at its person counted until then.
func (e *Engine) remember(t *task) error {
	isWrong := t.known.Status == journal.Invalid && (len(t.faults) > 0 || t.filtered)
	if e.order != nil || t.known.Identity == (journal.Digest{}) || isWrong || t.known.Code == CodeDuplicate {
		return nil
	}
	_, err := e.plan.Seen.First(t.known.Identity, t.row.Number)
	return err
}

// repeated says of which row this one is a duplicate; "" when it is none.
func (e *Engine) repeated(t *task) (string, error) {
	now := stateOf(t.known)
	switch {
	case t.identity == (journal.Digest{}), now == notRegistered:
		return "", nil
	case e.order != nil || now.doubtful():
		return e.order.Why(t.row.Number), nil
	}
	first, err := e.plan.Seen.First(t.identity, t.row.Number)
	if err == nil && first == t.row.Number && t.formerly != (journal.Digest{}) {
		first, err = e.plan.Seen.Find(t.formerly) // of a start by an earlier version
	}
	if err != nil || first == 0 || first == t.row.Number {
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
	if !found && err == nil && t.formerly != (journal.Digest{}) {
		earlier, found, err = p.Store.Imported(ctx, p.Account.ID(), t.formerly)
	}
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
	if earlier.Content != e.contentOf(t) && !e.wasWhole(t, earlier.Content) {
		rec.Code = CodeImportedChanged
		rec.Message += ", with other content"
	}
	return rec, nil
}

// countKnown counts a row that an earlier run found invalid as well, where the number of failed rows may stop the run: nights of one list must not add up.
func (e *Engine) countKnown(ctx context.Context, t *task, status journal.Status) error {
	p := &e.plan
	if p.MaxErrors == (Threshold{}) || status != journal.Invalid {
		return nil
	}
	known, err := p.Store.Known(ctx, p.Account.ID(), e.contentOf(t))
	if slices.ContainsFunc(known, func(k journal.Known) bool { return k.Status == journal.Invalid && k.First < p.Run.ID }) {
		e.tally.change(func(now *Progress) { now.Known++ })
	}
	return err
}

// answeredCodes are the codes of rows that are skipped because the vendor answered an earlier run, with its answers.
var answeredCodes = map[string]journal.Status{CodeAlreadyExists: journal.Exists, CodeAlreadyRejected: journal.Rejected}

// answered says which run sent the same row without creating the person, and notes whether nobody heard of it; nil for none. The newest counts.
func (e *Engine) answered(ctx context.Context, t *task) (*journal.Record, error) {
	p := &e.plan
	known, err := p.Store.Known(ctx, p.Account.ID(), e.contentOf(t))
	if err != nil {
		return nil, err
	}
	for _, k := range known {
		if k.Run == p.Run.ID && k.First == p.Run.ID {
			continue
		}
		where := fmt.Sprintf("row %d of run %s", k.Row, cmp.Or(k.RunName, fmt.Sprintf("%d, which is purged", k.Run)))
		if k.Code != "" {
			where += " (" + k.Code + ")"
		}
		t.unheard = e.unheard(k)
		switch k.Status {
		case journal.Exists:
			return &journal.Record{Status: journal.Skipped, Code: CodeAlreadyExists, Message: "the vendor had it already when it was sent as " + where}, nil
		case journal.Rejected:
			return &journal.Record{Status: journal.Skipped, Code: CodeAlreadyRejected, Message: "the vendor rejected it when it was sent as " + where}, nil
		}
	}
	return nil, nil
}

// unheard reports whether nobody got a report of a finding, neither when it was found first nor when it was found last.
func (e *Engine) unheard(k journal.Known) bool {
	return e.plan.Unheard != nil && e.plan.Unheard(k.First) && e.plan.Unheard(k.Run)
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
func (e *Engine) whyHeld(t *task, unfit *journal.Record) string {
	why := "the run ended while the request was on its way"
	if t.known.Kind == journal.Uncertain {
		why = "a request of an earlier start was in doubt"
	}
	switch {
	case t.filtered:
		why += "; it can't be sent again, since the job's where does not take it any more"
	case len(t.faults) > 0:
		why += "; it can't be sent again: " + faultText(t.faults[0])
	case unfit != nil:
		why += "; it can't be sent again: " + unfit.Message
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
