package runs

import (
	"context"

	"importer/pipeline"
	"importer/pipeline/journal"
)

// findElsewhere takes people out whom another run of the account created.
func (v *view) findElsewhere(ctx context.Context) error {
	p, account := v.people, v.list.Account
	if len(p.open) == 0 {
		return nil
	}
	if err := v.ws.store.Index(ctx, account); err != nil {
		return err
	}
	for who, s := range p.open {
		if s.record.Identity == (journal.Digest{}) {
			continue
		}
		_, found, err := v.ws.store.Imported(ctx, account, s.record.Identity)
		if err != nil {
			return err
		}
		if found {
			p.settle(&p.registered, who)
		}
	}
	return nil
}

// findFixed takes people out whose row was fixed in a failed file of an earlier run, and created so, while the list still has the row as it was. What is
// known of such a row is its content: where that is the same, so is the person.
func (v *view) findFixed(ctx context.Context) error {
	p, whose := v.people, map[journal.Digest]int64{}
	for who, s := range p.open {
		if s.record.Content != (journal.Digest{}) {
			whose[s.record.Content] = who
		}
	}
	if len(whose) == 0 {
		return nil
	}
	all, err := v.ws.members(ctx)
	if err != nil {
		return err
	}
	ids := map[string]int64{}
	for _, m := range all {
		ids[m.run.Name] = m.run.ID
		if m.run.Account != v.list.Account {
			continue
		}
		for row, origin := range m.from {
			was, _, err := v.ws.store.Row(ctx, ids[origin.run], origin.row)
			if err != nil {
				return err
			}
			who := whose[was.Content]
			if who == 0 {
				continue
			}
			is, _, err := v.ws.store.Row(ctx, m.run.ID, row)
			switch {
			case err != nil:
				return err
			case is.Kind == journal.Settle && is.Status == journal.Created:
				p.settle(&p.registered, who)
			case is.Content != (journal.Digest{}):
				whose[is.Content] = who // it may be fixed again
			}
		}
	}
	return nil
}

// findAnswers replaces "answered by an earlier run" by that answer. Where the run with it is gone, the code says enough.
func (v *view) findAnswers(ctx context.Context) error {
	wanted := map[journal.Digest][]int64{}
	for who, s := range v.people.open {
		switch {
		case !answered(s.record):
		case s.record.Content == (journal.Digest{}): // the person was forgotten
			v.people.answer([]int64{who}, journal.Record{})
		default:
			wanted[s.record.Content] = append(wanted[s.record.Content], who)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	runs, err := v.ws.store.Runs(ctx)
	if err != nil {
		return err
	}
	for _, r := range runs {
		if r.Account != v.list.Account || len(wanted) == 0 {
			continue
		}
		for s, err := range v.ws.store.Rows(ctx, r.ID, 1) {
			if err != nil {
				return err
			}
			if s.Kind == journal.Settle && (s.Status == journal.Exists || s.Status == journal.Rejected) && wanted[s.Content] != nil {
				v.people.answer(wanted[s.Content], s.Record)
				delete(wanted, s.Content)
			}
		}
	}
	for _, people := range wanted {
		v.people.answer(people, journal.Record{})
	}
	return nil
}

// answered reports whether a row was skipped because an earlier run got an answer to it that did not register the person.
func answered(r journal.Record) bool {
	return r.Status == journal.Skipped && (r.Code == pipeline.CodeAlreadyExists || r.Code == pipeline.CodeAlreadyRejected)
}

// answer says what an earlier run found of people: the zero record where that is not known any more.
func (p *people) answer(list []int64, was journal.Record) {
	for _, who := range list {
		s := p.open[who]
		switch {
		case s.record.Code == pipeline.CodeAlreadyExists && (was.Status != journal.Exists || isThere(was.Code)):
			p.settle(&p.there, who)
			continue
		case was.Status == journal.Unsettled:
			s.record.Status = journal.Rejected
		default:
			s.record.Status, s.record.Code, s.record.Field = was.Status, was.Code, was.Field
		}
		p.open[who] = s
	}
}
