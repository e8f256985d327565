package runs

import (
	"context"
	"slices"

	"importer/pipeline"
	"importer/pipeline/journal"
)

// findRegistered takes people out whom other runs of the account registered, and those who are there by a row that was fixed.
func (v *view) findRegistered(ctx context.Context) error {
	p := v.people
	for who, s := range p.open {
		v.settleAs(who, s.known)
	}
	for _, who := range p.inOrder(func(s standing) bool { return !s.unreached }) {
		row, err := v.rowOf(ctx, p.open[who])
		if err != nil {
			return err
		}
		found, err := v.foundElsewhere(ctx, row.Identity, row.Content)
		if err != nil {
			return err
		}
		v.settleAs(who, found)
	}
	return nil
}

// settleAs takes a person among those who are registered or there, by what other runs found: Created or Exists; nothing by the zero Status.
func (v *view) settleAs(who int64, found journal.Status) {
	switch found {
	case journal.Created:
		v.people.settle(&v.people.registered, who)
	case journal.Exists:
		v.people.settle(&v.people.there, who)
	}
}

// foundElsewhere is Created where any run of the account registered the person of a row, or the row as somebody fixed it; Exists where the person is there
// by the row as somebody fixed it; else the zero Status.
func (v *view) foundElsewhere(ctx context.Context, identity, content journal.Digest) (journal.Status, error) {
	if err := v.askAccount(ctx); err != nil {
		return journal.Unsettled, err
	}
	fixed := v.fixed[content]
	if fixed == journal.Created || identity == (journal.Digest{}) {
		return fixed, nil
	}
	was, found, err := v.ws.store.Imported(ctx, v.list.Account, identity)
	if err != nil || found && !v.moment.counts(was.Run) { // of the run under way only what it did since the moment is not known already
		return journal.Created, err
	}
	return fixed, nil
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

// findFixed finds the rows that were fixed in a failed file of any run of the account, and created or found to be there so, while the list may still have
// them as they were.
// What is known of such a row is its content: where that is the same, so is the person. The newest run comes first: a row may be fixed again.
func (v *view) findFixed(ctx context.Context) error {
	v.fixed = map[journal.Digest]journal.Status{}
	all, err := v.ws.members(ctx)
	if err != nil {
		return err
	}
	ids := map[string]int64{}
	for _, m := range all {
		ids[m.run.Name] = m.run.ID
	}
	for _, m := range slices.Backward(all) {
		if m.run.Account != v.list.Account || v.moment.counts(m.run.ID) {
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

// learnFixed looks what happened to a row that was sent again: the one of the run, which comes from a row of an earlier run.
func (v *view) learnFixed(ctx context.Context, run, row, from, fromRow int64) error {
	was, _, err := v.ws.store.Row(ctx, from, fromRow)
	if err != nil || was.Content == (journal.Digest{}) {
		return err
	}
	is, _, err := v.ws.store.Row(ctx, run, row)
	if end := v.endOf(is); end == journal.Created || end != journal.Unsettled && v.fixed[was.Content] == journal.Unsettled {
		v.fixed[was.Content] = end
	}
	return err
}

// endOf is what happened to a row of a failed file: Created or Exists by its own answer, or by that to the row that it was fixed to in another file.
func (v *view) endOf(s journal.RowState) journal.Status {
	switch {
	case s.Kind == journal.Settle && s.Status == journal.Created:
		return journal.Created
	case answeredThere(s):
		return journal.Exists
	}
	return v.fixed[s.Content]
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
