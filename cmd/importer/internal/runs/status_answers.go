package runs

import (
	"context"
	"slices"

	"importer/pipeline"
	"importer/pipeline/journal"
)

// findRegistered takes people out whom other runs of the account registered.
func (v *view) findRegistered(ctx context.Context) error {
	p := v.people
	for who, s := range p.open {
		if s.known {
			p.settle(&p.registered, who)
		}
	}
	for _, who := range p.inOrder(func(s standing) bool { return !s.unreached }) {
		row, err := v.rowOf(ctx, p.open[who])
		if err != nil {
			return err
		}
		found, err := v.isRegistered(ctx, row.Identity, row.Content)
		if err != nil {
			return err
		}
		if found {
			p.settle(&p.registered, who)
		}
	}
	return nil
}

// isRegistered reports whether any run of the account registered the person of a row, or the row as somebody fixed it.
func (v *view) isRegistered(ctx context.Context, identity, content journal.Digest) (bool, error) {
	if err := v.askAccount(ctx); err != nil {
		return false, err
	}
	if v.fixed[content] {
		return true, nil
	}
	if identity == (journal.Digest{}) {
		return false, nil
	}
	_, found, err := v.ws.store.Imported(ctx, v.list.Account, identity)
	return found, err
}

// askAccount makes the store know what all runs of the account found: once, and only where somebody is open.
func (v *view) askAccount(ctx context.Context) error {
	if v.fixed != nil {
		return nil
	}
	if err := v.ws.store.Index(ctx, v.list.Account); err != nil {
		return err
	}
	return v.findFixed(ctx)
}

// findFixed finds the rows that were fixed in a failed file of any run of the account, and created so, while the list may still have them as they were.
// What is known of such a row is its content: where that is the same, so is the person. The newest run comes first: a row may be fixed again.
func (v *view) findFixed(ctx context.Context) error {
	v.fixed = map[journal.Digest]bool{}
	all, err := v.ws.members(ctx)
	if err != nil {
		return err
	}
	ids := map[string]int64{}
	for _, m := range all {
		ids[m.run.Name] = m.run.ID
	}
	for _, m := range slices.Backward(all) {
		if m.run.Account != v.list.Account {
			continue
		}
		for row, origin := range m.from {
			if err := v.learnFixed(ctx, m.run.ID, row, ids[origin.run], origin.row); err != nil {
				return err
			}
		}
	}
	return nil
}

// learnFixed looks what became of a row that was sent again: the one of the run, which comes from a row of an earlier run.
func (v *view) learnFixed(ctx context.Context, run, row, from, fromRow int64) error {
	was, _, err := v.ws.store.Row(ctx, from, fromRow)
	if err != nil || was.Content == (journal.Digest{}) {
		return err
	}
	is, _, err := v.ws.store.Row(ctx, run, row)
	if is.Kind == journal.Settle && is.Status == journal.Created || v.fixed[is.Content] {
		v.fixed[was.Content] = true
	}
	return err
}

// findAnswers replaces "answered by an earlier run" by that answer. Where nothing is known of it, the code says enough.
func (v *view) findAnswers(ctx context.Context) error {
	p := v.people
	for _, who := range p.inOrder(func(s standing) bool { return answered(p.why(s)) }) {
		if err := v.askAccount(ctx); err != nil {
			return err
		}
		was, err := v.answerTo(ctx, p.open[who])
		if err != nil {
			return err
		}
		p.answer(who, was)
	}
	return nil
}

// answerTo is the newest answer to a row with the content of a standing's; the zero reason where there is none.
func (v *view) answerTo(ctx context.Context, s standing) (was reason, err error) {
	row, err := v.rowOf(ctx, s)
	if err != nil || row.Content == (journal.Digest{}) { // the person was forgotten
		return was, err
	}
	all, err := v.ws.store.Known(ctx, v.list.Account, row.Content)
	i := slices.IndexFunc(all, func(k journal.Known) bool { return k.Status == journal.Exists || k.Status == journal.Rejected })
	if err != nil || i < 0 {
		return was, err
	}
	was.status, was.code = all[i].Status, all[i].Code
	if all[i].RunName != "" { // else the run was purged
		row, _, err = v.ws.store.Row(ctx, all[i].Run, all[i].Row)
		was.field = row.Field
	}
	return was, err
}

// answered reports whether a row was skipped because an earlier run got an answer to it that did not register the person.
func answered(r reason) bool {
	return r.status == journal.Skipped && (r.code == pipeline.CodeAlreadyExists || r.code == pipeline.CodeAlreadyRejected)
}

// answer says what an earlier run found of a person: the zero reason where that is not known any more.
func (p *people) answer(who int64, was reason) {
	s := p.open[who]
	now := p.why(s)
	switch {
	case now.code == pipeline.CodeAlreadyExists && (was.status != journal.Exists || isThere(was.code)):
		p.settle(&p.there, who)
		return
	case was.status == journal.Unsettled:
		now.status = journal.Rejected
	default:
		now = was
	}
	s.reason = p.number(now)
	p.open[who] = s
}
