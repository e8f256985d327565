package runs

import (
	"iter"
	"sort"

	"importer/pipeline/journal"
	"importer/reports"
)

// unreached are people whom a run over the list did not come to, and of whom nothing else is known: nearly everybody where a run ended early. They cost
// a bit each, and what it takes to find their rows: people and rows come in rising order, so that one span stands for all rows without a repetition.
type unreached struct {
	of    standing // what is the same of all
	who   reports.Rowset
	spans []struct{ who, row int64 }
	last  int64 // the newest person
}

// add takes a person in, and reports whether it could: people who are new come in rising order, others are to be kept otherwise.
func (u *unreached) add(who int64, s standing) bool {
	if who <= u.last || s.known != journal.Unsettled || u.last > 0 && (s.member != u.of.member || s.reason != u.of.reason) {
		return false
	}
	if u.last == 0 || u.row(who) != s.row {
		u.spans = append(u.spans, struct{ who, row int64 }{who, s.row})
	}
	u.of, u.last = s, who
	u.who.Add(who)
	return true
}

func (u *unreached) row(who int64) int64 {
	span := u.spans[sort.Search(len(u.spans), func(i int) bool { return u.spans[i].who > who })-1]
	return span.row + who - span.who
}

// standing is what is known of one of them; false for anybody else.
func (u *unreached) standing(who int64) (s standing, open bool) {
	if !u.who.Has(who) {
		return s, false
	}
	s = u.of
	s.row = u.row(who)
	return s, true
}

// standing is what the runs so far say of a person; false where the person is not open.
func (p *people) standing(who int64) (standing, bool) {
	if s, open := p.open[who]; open {
		return s, true
	}
	return p.unreached.standing(who)
}

// everyOpen yields all open people.
func (p *people) everyOpen() iter.Seq2[int64, standing] {
	return func(yield func(int64, standing) bool) {
		for who, s := range p.open {
			if !yield(who, s) {
				return
			}
		}
		for who := range p.unreached.who.All() {
			if s, _ := p.unreached.standing(who); !yield(who, s) {
				return
			}
		}
	}
}

// countOpen is how many people are open.
func (p *people) countOpen() int64 { return int64(len(p.open)) + p.unreached.who.Len() }
