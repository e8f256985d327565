package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"importer/mapping"
	"importer/pipeline/journal"
)

// Ahead is what one look through the whole input found before the first row is sent: which rows are not to be sent because another row of the
// person counts, and which rows wait for the row of their sponsor. It is for one engine at a time.
type Ahead struct {
	repeats rowBits
	counts  map[int64]int64 // repeats whose row that counts is remembered, for people: at most toldRepeats
	order   *order          // nil without Policy.SponsorsFirst
	rule    Duplicates
}

// toldRepeats is for how many duplicates the row that counts is named.
const toldRepeats = 1 << 16

// Kinds of entries about usernames, above the row number: those who have it before those who need it.
const (
	kindFit   = uint64(0) << 62 // the row has the username and passes the checks
	kindUnfit = uint64(1) << 62 // the row has the username and will not be sent
	kindNeeds = uint64(2) << 62 // the row's sponsor has it
	kindMask  = uint64(3) << 62
)

// LookAhead reads all rows once, maps and checks them as a run does, and sends nothing. It is needed where the plan's policy is any but the zero
// one's order and duplicates; else it returns nil. It takes 24 bytes of an unnamed file for each row, and in memory one bit a row, or 9 bytes
// with Policy.SponsorsFirst, besides some MiB.
func LookAhead(ctx context.Context, plan Plan) (a *Ahead, err error) {
	if !plan.Policy.looksAhead() {
		return nil, nil
	}
	if plan.Again == nil {
		return nil, errors.New("the plan gives no way to read the rows again")
	}
	e, err := New(plan)
	if err != nil {
		return nil, err
	}
	e.checks = true // nobody needs digests of contents here
	rows, err := plan.Again()
	if err != nil {
		return nil, err
	}
	l := &look{engine: e, people: newSorter(), names: newSorter()}
	defer func() { err = errors.Join(err, rows.Close(), l.people.close(), l.names.close()) }()
	if err := e.stage(ctx, rows, l.place); err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	a = &Ahead{counts: map[int64]int64{}, rule: plan.Policy.Duplicates}
	if err := l.findRepeats(a); err != nil {
		return nil, err
	}
	if plan.Policy.SponsorsFirst {
		a.order, err = l.findOrder(a)
	}
	return a, err
}

// look gathers who is in the list.
type look struct {
	engine *Engine
	people *sorter // identity, row
	names  *sorter // username, kind and row
	last   int64   // row
}

func (l *look) place(t *task) error {
	policy, row := l.engine.plan.Policy, uint64(t.row.Number)
	l.last = t.row.Number
	if t.filtered {
		return nil
	}
	fit := len(t.faults) == 0
	if t.identity != (journal.Digest{}) && (fit || policy.Duplicates == RejectEvery) {
		if err := l.people.add(entry{t.identity, row}); err != nil {
			return err
		}
	}
	if !policy.SponsorsFirst {
		return nil
	}
	if l.last > maxOrdered {
		return fmt.Errorf("sort: sponsors_first takes lists of at most %d rows; split the list, sponsors first, and import one part after the other", maxOrdered)
	}
	kind := kindUnfit
	if fit {
		kind = kindFit
	}
	if err := l.addName(t.customer.Text(mapping.Username), kind|row); err != nil || !fit {
		return err
	}
	return l.addName(t.customer.Text(mapping.Sponsor), kindNeeds|row)
}

func (l *look) addName(name string, value uint64) error {
	if name == "" {
		return nil
	}
	return l.names.add(entry{l.engine.plan.Key.Identity("username", strings.ToLower(name)), value})
}

// findRepeats marks the rows of persons that occur more than once, but for the one that counts.
func (l *look) findRepeats(a *Ahead) error {
	group := journal.Digest{}
	first, before := int64(0), int64(0)
	err := l.people.each(func(e entry) {
		row := int64(e.value)
		if e.digest != group {
			group, first, before = e.digest, row, row
			return
		}
		switch a.rule {
		case KeepFirst:
			a.repeat(row, first)
		case KeepLast:
			a.repeat(before, row)
		case RejectEvery:
			if before == first {
				a.repeat(first, row)
			}
			a.repeat(row, first)
		}
		before = row
	})
	return err
}

func (a *Ahead) repeat(row, counts int64) {
	a.repeats.add(row)
	if len(a.counts) < toldRepeats {
		a.counts[row] = counts
	}
}

// Repeats reports whether a row is not to be sent because of another row of the same person. A nil Ahead knows none.
func (a *Ahead) Repeats(row int64) bool { return a != nil && a.repeats.has(row) }

// why says what makes a row a duplicate.
func (a *Ahead) why(row int64) string {
	other := "another row"
	if n, ok := a.counts[row]; ok {
		other = fmt.Sprintf("row %d", n)
	}
	switch a.rule {
	case KeepLast:
		return "same person as " + other + ", which comes later"
	case RejectEvery:
		return "same person as " + other + "; neither is sent (on_duplicate: reject)"
	}
	return "same person as " + other
}

// findOrder finds each row's sponsor in the list and when it can go.
func (l *look) findOrder(a *Ahead) (*order, error) {
	o := newOrder(l.last)
	group := journal.Digest{}
	sponsor, sure := int64(0), false // sure: a row that is sent
	err := l.names.each(func(e entry) {
		if e.digest != group {
			group, sponsor, sure = e.digest, 0, false
		}
		row := int64(e.value &^ kindMask)
		switch kind := e.value & kindMask; {
		case kind == kindNeeds:
			o.needs(row, sponsor)
		case kind == kindFit && !sure && !a.repeats.has(row):
			sponsor, sure = row, true
		case sponsor == 0:
			sponsor = row
		}
	})
	o.plan()
	return o, err
}

// rowBits is a set of row numbers, one bit a row.
type rowBits []uint64

func (b *rowBits) add(row int64) {
	for int64(len(*b)) <= row>>6 {
		*b = append(*b, 0)
	}
	(*b)[row>>6] |= 1 << (row & 63)
}

func (b rowBits) has(row int64) bool { return row>>6 < int64(len(b)) && b[row>>6]&(1<<(row&63)) != 0 }
