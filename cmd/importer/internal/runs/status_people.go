package runs

import (
	"slices"

	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/reports"
)

// isThere reports whether an answer says that the person is registered. That a telephone number or a username is taken does not: it may be another's.
func isThere(code string) bool { return code == "email_already_registered" }

// people are those of a family of runs, numbered from 1. Whoever is registered costs a bit; of who is open the row is kept that says so, and the journal
// has the rest.
type people struct {
	seen       journal.Seen // by identity; by content who has none
	count      int64
	merged     map[int64]int64   // who turned out to be another one
	places     map[rowName]int64 // who is in the rows that later runs send again
	registered reports.Rowset
	there      reports.Rowset
	open       map[int64]standing // but for those in unreached
	unreached  unreached
	also       map[int64][]int64 // the other rows of people all of whose rows in a run are duplicates
	reasons    []reason          // standing.reason is an index
	by         map[int]int64     // how many each member registered
	current    reports.Rowset    // those whom the newest run over the list, or a later one, names
}

// standing is what the runs so far say of an open person: the row that says it last. It is kept small: there may be as many as the list has rows.
type standing struct {
	row       int64
	member    int32
	reason    int32
	unreached bool           // the row is in the input alone
	known     journal.Status // of a row that was not reached: Created or Exists where the person is registered or there by other runs of the account
}

// reason is what a row is and why, as reports have it.
type reason struct {
	status      journal.Status
	code, field string
}

func reasonOf(r journal.Record) reason { return reason{r.Status, r.Code, r.Field} }

// why is the reason of a standing.
func (p *people) why(s standing) reason { return p.reasons[s.reason] }

// number finds or makes the number of a reason; there are as many as codes and fields.
func (p *people) number(why reason) int32 {
	i := slices.Index(p.reasons, why)
	if i < 0 {
		i = len(p.reasons)
		p.reasons = append(p.reasons, why)
	}
	return int32(i)
}

func newPeople(store journal.Store) (*people, error) {
	seen, err := store.Seen()
	return &people{seen: seen, merged: map[int64]int64{}, places: map[rowName]int64{}, open: map[int64]standing{}, also: map[int64][]int64{}, by: map[int]int64{}}, err
}

// who is the person of a row. origin is the person of the row that it comes from; 0 for none.
func (p *people) who(origin int64, identity, content journal.Digest) (int64, error) {
	if origin != 0 {
		if identity == (journal.Digest{}) {
			return origin, nil
		}
		known, err := p.seen.First(identity, origin)
		if known = p.now(known); known != origin && err == nil {
			p.merge(origin, known)
		}
		return known, err
	}
	if identity == (journal.Digest{}) {
		identity = content
	}
	known, err := p.seen.First(identity, p.count+1)
	if known > p.count {
		p.count = known
	}
	return p.now(known), err
}

// now is who a person turned out to be.
func (p *people) now(who int64) int64 {
	for p.merged[who] != 0 {
		who = p.merged[who]
	}
	return who
}

// merge makes one person of two: a row that was fixed names somebody whom another row names too.
func (p *people) merge(one, other int64) {
	p.merged[one] = other
	was, open := p.standing(one)
	also := p.also[one]
	p.close(one)
	switch {
	case p.registered.Has(one):
		p.registered.Remove(one)
		p.settle(&p.registered, other)
	case p.there.Has(one):
		p.there.Remove(one)
		p.settle(&p.there, other)
	case open:
		if p.learnOpen(other, was); p.open[other] == was && also != nil {
			p.also[other] = append(p.also[other], also...)
		}
	}
}

// close takes a person from among those who are open.
func (p *people) close(who int64) {
	delete(p.open, who)
	delete(p.also, who)
	p.unreached.who.Remove(who)
}

// settle takes a person among those who are not open.
func (p *people) settle(to *reports.Rowset, who int64) {
	if p.registered.Has(who) {
		return
	}
	p.there.Remove(who)
	to.Add(who)
	p.close(who)
}

// learn adds what a row of a member says of a person.
func (p *people) learn(who int64, now standing, why reason) {
	switch {
	case why.status == journal.Created:
		if !p.registered.Has(who) {
			p.by[int(now.member)]++
		}
		p.settle(&p.registered, who)
	case why.status == journal.Skipped && (why.code == pipeline.CodeImported || why.code == pipeline.CodeImportedChanged):
		p.settle(&p.registered, who)
	case why.status == journal.Exists && isThere(why.code):
		p.settle(&p.there, who)
	default:
		now.reason = p.number(why)
		p.learnOpen(who, now)
	}
}

func (p *people) learnOpen(who int64, now standing) {
	if p.registered.Has(who) || p.there.Has(who) {
		return
	}
	was, open := p.standing(who)
	if !open && now.unreached && p.unreached.add(who, now) {
		return
	}
	if open && !overrules(p.why(was), p.why(now)) {
		return
	}
	if open && was.member == now.member && p.why(was).status == journal.Duplicate && p.why(now).status == journal.Duplicate {
		p.also[who] = append(p.also[who], was.row)
	} else {
		delete(p.also, who)
	}
	p.unreached.who.Remove(who)
	p.open[who] = now
}

// overrules reports whether what a later row says of a person counts more. That a row was not reached, or that another row of the person counts, says
// nothing of the person; and a doubt is ended by an answer only, or by somebody who looked.
func overrules(was, now reason) bool {
	switch {
	case now.status == journal.Unsent && now.code != pipeline.CodeSettledNotCreated:
		return was.status == journal.Unsent || was.status == journal.Duplicate
	case now.status == journal.Duplicate:
		return was.status == journal.Duplicate
	case was.status == journal.InDoubt:
		return now.status != journal.Invalid && now.status != journal.Skipped
	}
	return true
}

// total is how many people there are.
func (p *people) total() int64 { return p.count - int64(len(p.merged)) }
