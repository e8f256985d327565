package runs

import (
	"context"
	"slices"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/reports"
)

// findAcross asks all runs of the account, also those before the newest over the list, about people who are open: a newer run that did not come to them
// says nothing of them.
func (v *view) findAcross(ctx context.Context) error {
	for _, find := range []func(context.Context) error{v.findRegistered, v.findThere, v.findDoubts} {
		if v.people.countOpen() == 0 {
			return nil
		}
		if err := find(ctx); err != nil {
			return err
		}
	}
	return nil
}

// findThere takes people out of whom a run of the account found that the vendor has them.
func (v *view) findThere(ctx context.Context) error {
	all, err := v.ws.store.Runs(ctx)
	if err != nil {
		return err
	}
	p := v.people
	for _, r := range all {
		if r.Account != v.list.Account || v.moment.counts(r.ID) {
			continue
		}
		counts, err := v.ws.store.Counts(ctx, r.ID)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(counts, func(c journal.Count) bool { return c.Status == journal.Exists && isThere(c.Code) }) {
			continue
		}
		for s, err := range v.ws.store.Rows(ctx, r.ID, 1) {
			if err == nil && answeredThere(s) {
				err = v.settleKnown(&p.there, s.Identity)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// answeredThere reports whether a row got the answer that the vendor has the person.
func answeredThere(s journal.RowState) bool {
	return s.Kind == journal.Settle && s.Status == journal.Exists && isThere(s.Code)
}

// settleKnown takes the person with an identity among those who are not open, if the person is open.
func (v *view) settleKnown(to *reports.Rowset, identity journal.Digest) error {
	who, err := v.people.known(identity)
	if _, open := v.people.standing(who); open {
		v.people.settle(to, who)
	}
	return err
}

// known is the person with an identity; 0 for none.
func (p *people) known(identity journal.Digest) (int64, error) {
	who, err := p.seen.Find(identity)
	return p.now(who), err
}

// findDoubts finds people among the open ones whom another run of the account left in doubt: they may be registered.
func (v *view) findDoubts(ctx context.Context) error {
	doubts, err := pipeline.FindDoubts(ctx, v.ws.store, v.list.Account, v.moment.run.ID) // what is in flight is not in doubt
	if err != nil {
		return err
	}
	p := v.people
	v.doubts = map[rowName]pipeline.Origin{}
	for identity, from := range doubts {
		who, err := p.known(identity)
		if err != nil {
			return err
		}
		s, open := p.standing(who)
		if !open || p.why(s).status == journal.InDoubt || p.why(s).code == pipeline.CodeSettledNotCreated && from.Run.ID <= v.members[s.member].run.ID {
			continue
		}
		there, _, err := v.ws.store.Row(ctx, from.Run.ID, from.Row)
		if err != nil {
			return err
		}
		if !there.InDoubt() { // answered, probably by our own doing: FindDoubts keeps these, for rows that are written otherwise
			continue
		}
		_, code := there.Reported()
		s.reason = p.number(reason{journal.InDoubt, code, there.Field})
		p.unreached.who.Remove(who)
		p.open[who], v.doubts[v.nameOf(s)] = s, from
	}
	return nil
}

// nameOf names the row of a standing.
func (v *view) nameOf(s standing) rowName { return rowName{v.members[s.member].run.Name, s.row} }
