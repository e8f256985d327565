package runs

import (
	"importer/pipeline"
	"importer/pipeline/journal"
	"importer/reports"
)

// isThere reports whether an answer says that the person is registered. That a telephone number or a username is taken does not: it may be another's.
func isThere(code string) bool { return code == "email_already_registered" }

// people are those of a family of runs, numbered from 1. Whoever is registered costs a bit; who is open is kept in memory.
type people struct {
	seen       journal.Seen // by identity; by content who has none
	count      int64
	merged     map[int64]int64   // who turned out to be another one
	places     map[rowName]int64 // who is in the rows that later runs send again
	registered reports.Rowset
	there      reports.Rowset
	open       map[int64]standing
	by         map[int]int64  // how many each member registered
	current    reports.Rowset // those whom the newest run over the list, or a later one, names
}

// standing is what the runs so far say of an open person.
type standing struct {
	member int              // the one that says it last
	record journal.Record   // status and code as reports have them
	also   []journal.Record // where every row of the person is a duplicate of the others: these others
}

func newPeople(store journal.Store) (*people, error) {
	seen, err := store.Seen()
	return &people{seen: seen, merged: map[int64]int64{}, places: map[rowName]int64{}, open: map[int64]standing{}, by: map[int]int64{}}, err
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
	was, open := p.open[one]
	delete(p.open, one)
	switch {
	case p.registered.Has(one):
		p.registered.Remove(one)
		p.settle(&p.registered, other)
	case p.there.Has(one):
		p.there.Remove(one)
		p.settle(&p.there, other)
	case open:
		p.learnOpen(other, was)
	}
}

// settle takes a person among those who are not open.
func (p *people) settle(to *reports.Rowset, who int64) {
	if p.registered.Has(who) {
		return
	}
	p.there.Remove(who)
	to.Add(who)
	delete(p.open, who)
}

// learn adds what a member says of a person.
func (p *people) learn(member int, who int64, r journal.Record) {
	switch {
	case r.Status == journal.Created:
		if !p.registered.Has(who) {
			p.by[member]++
		}
		p.settle(&p.registered, who)
	case r.Status == journal.Skipped && (r.Code == pipeline.CodeImported || r.Code == pipeline.CodeImportedChanged):
		p.settle(&p.registered, who)
	case r.Status == journal.Exists && isThere(r.Code):
		p.settle(&p.there, who)
	default:
		p.learnOpen(who, standing{member: member, record: r})
	}
}

func (p *people) learnOpen(who int64, now standing) {
	if p.registered.Has(who) || p.there.Has(who) {
		return
	}
	was, open := p.open[who]
	if open && !overrules(was.record, now.record) {
		return
	}
	if open && was.member == now.member && was.record.Status == journal.Duplicate && now.record.Status == journal.Duplicate {
		now.also = append(was.also, was.record)
	}
	p.open[who] = now
}

// overrules reports whether what a later row says of a person counts more. That a row was not reached, or that another row of the person counts, says
// nothing of the person; and a doubt is ended by an answer only, or by somebody who looked.
func overrules(was, now journal.Record) bool {
	switch {
	case now.Status == journal.Unsent && now.Code != pipeline.CodeSettledNotCreated:
		return was.Status == journal.Unsent || was.Status == journal.Duplicate
	case now.Status == journal.Duplicate:
		return was.Status == journal.Duplicate
	case was.Status == journal.InDoubt:
		return now.Status != journal.Invalid && now.Status != journal.Skipped
	}
	return true
}

// total is how many people there are.
func (p *people) total() int64 { return p.count - int64(len(p.merged)) }
