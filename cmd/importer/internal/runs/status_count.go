package runs

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"importer/mapping/problem"
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/pipeline/source"
	"importer/reports"
	"importer/vendors"
)

// count goes through all rows of the members, oldest first, and follows the people in them. unread is why the newest run's input cannot be read again.
func (v *view) count(ctx context.Context, unread error) error {
	wanted := map[rowName]bool{}
	for _, m := range v.members {
		for _, origin := range m.from {
			wanted[origin] = true
		}
	}
	for i, m := range v.members {
		rows := new(reports.Rowset)
		for s, err := range v.ws.store.Rows(ctx, m.run.ID, 1) {
			if err != nil {
				return err
			}
			if i == v.base {
				rows.Add(s.Row)
			}
			if err := v.see(s, standing{member: int32(i), row: s.Row}, wanted); err != nil {
				return err
			}
		}
		if i != v.base {
			continue
		}
		if err := v.seeUnreached(ctx, rows, unread); err != nil {
			return err
		}
		v.list.Duplicates = max(0, rows.Len()-v.list.Filtered-v.people.current.Len())
	}
	if err := v.findAnswers(ctx); err != nil {
		return err
	}
	return v.findAcross(ctx)
}

// see learns what a member says of one of its rows.
func (v *view) see(s journal.RowState, now standing, wanted map[rowName]bool) error {
	p, m := v.people, v.members[now.member]
	s = v.moment.of(m.run.ID, s)
	r := s.Record
	r.Status, r.Code = v.moment.reported(m.run.ID, s)
	if r.Code == pipeline.CodeFiltered {
		if int(now.member) == v.base {
			v.list.Filtered++
		}
		return nil
	}
	who, err := p.who(p.now(p.places[m.from[s.Row]]), s.Identity, s.Content)
	if err != nil {
		return err
	}
	if here := (rowName{m.run.Name, s.Row}); wanted[here] {
		p.places[here] = who
	}
	if int(now.member) >= v.base {
		p.current.Add(who)
	}
	p.learn(who, now, reasonOf(r))
	return nil
}

// seeUnreached adds the rows that the newest run over the list did not come to: they are in its input alone. seen gains them.
func (v *view) seeUnreached(ctx context.Context, seen *reports.Rowset, unread error) error {
	if v.members[v.base].run.State == journal.Complete {
		return nil
	}
	x := v.newest
	if x == nil {
		v.list.Unread = unread.Error()
		return nil
	}
	rows, err := x.rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for row, err := range source.All(rows) {
		switch {
		case err != nil:
			return x.explain(err)
		case row.Number%4096 == 1 && ctx.Err() != nil:
			return context.Cause(ctx)
		case seen.Has(row.Number):
			continue
		}
		seen.Add(row.Number)
		s := journal.RowState{}
		s.Row, s.Line = row.Number, row.Line
		filtered := false
		if s.Identity, s.Content, filtered = x.whoIs(row); filtered {
			v.list.Filtered++
			continue
		}
		now := standing{member: int32(v.base), row: row.Number, unreached: true}
		if now.known, err = v.foundElsewhere(ctx, s.Identity, s.Content); err != nil {
			return err
		}
		if err := v.see(s, now, nil); err != nil {
			return err
		}
	}
	return nil
}

// whoIs is the person of a row that was not reached, as a run would know it, and whether the job leaves the row out.
func (x *execution) whoIs(row source.Row) (identity, content journal.Digest, filtered bool) {
	key, mapper := x.workspace.key, x.setup.mapper
	if b := row.Broken; b != nil {
		return identity, key.Content(append(slices.Clone(b.Cells), b.Raw)...), false
	}
	if takes, fault := mapper.Takes(row.Cells); !takes && fault == nil {
		return identity, content, true
	}
	policy, vendor := x.setup.options.asPolicy(), x.setup.vendor
	customer, _ := mapper.MapOnly(row.Cells, append(slices.Clone(vendor.Identity), policy.Identity...)...)
	byVendor, _ := vendor.IdentityOf(&customer)
	if text := policy.IdentityOf(&customer, vendors.Request{Identity: byVendor}); text != "" {
		identity = key.Identity(text)
	}
	return identity, key.Content(mapper.Drawn(row.Cells)...), false
}

// sum makes the numbers of the people.
func (v *view) sum() error {
	p, l := v.people, &v.list
	v.takeAccepted()
	v.takeGone()
	l.People, l.Registered, l.There, l.Open = p.total()-l.Gone, p.registered.Len(), p.there.Len(), p.countOpen()
	if sum := l.Registered + l.There + l.Accepted + l.Open; sum != l.People {
		return problem.Wrap(problem.Internal, fmt.Errorf("%w: %d people, but %d are counted", reports.ErrSum, l.People, sum), "please report it, with the output of importer runs")
	}
	l.Elsewhere = l.Registered
	for _, n := range p.by {
		l.Elsewhere -= n
	}
	l.Elsewhere = max(0, l.Elsewhere)
	says, causes := map[int]int64{}, map[Cause]int64{}
	for _, s := range p.everyOpen() {
		why := p.why(s)
		l.OpenBy[why.status]++
		says[int(s.member)]++
		if why.code == CodeUnderWay {
			l.InFlight++
		}
		causes[Cause{Status: why.status, Code: why.code, Field: why.field}]++
	}
	v.addCauses(causes)
	for i, m := range v.members {
		l.Runs = append(l.Runs, Contribution{ID: m.run.ID, Name: m.run.Name, Started: m.run.Started, State: v.word(m.run), Of: m.of,
			Registered: p.by[i], Open: says[i]})
	}
	return nil
}

// takeAccepted takes people out whose code counts as success in the newest run over the list.
func (v *view) takeAccepted() {
	if v.newest == nil {
		return
	}
	for who, s := range v.people.open {
		why := v.people.why(s)
		if why.status != journal.InDoubt && why.status != journal.Unsent && slices.Contains(v.newest.setup.options.OK, why.code) {
			v.people.close(who)
			v.list.Accepted++
		}
	}
}

// takeGone takes people out whom the newest list does not name any more. Who is in doubt stays.
func (v *view) takeGone() {
	if v.list.Unread != "" || !v.members[v.base].note.plain() {
		return
	}
	for who, s := range v.people.open {
		if int(s.member) < v.base && v.people.why(s).status != journal.InDoubt && !v.people.current.Has(who) {
			v.people.close(who)
			v.list.Gone++
		}
	}
}

// addCauses lists the causes, the most frequent first.
func (v *view) addCauses(causes map[Cause]int64) {
	hints := map[string]string{}
	if vendor, err := FindVendor(v.list.Vendor); err == nil {
		hints = hintTable(vendor)
	}
	for cause, n := range causes {
		cause.People, cause.Hint = n, hints[cause.Code]
		v.list.Causes = append(v.list.Causes, cause)
	}
	slices.SortFunc(v.list.Causes, func(a, b Cause) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Status, b.Status))
	})
}
