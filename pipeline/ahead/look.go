package ahead

import (
	"errors"
	"fmt"

	"importer/pipeline/journal"
)

// Duplicates says what happens to rows that are one person.
type Duplicates uint8

const (
	KeepFirst   Duplicates = iota // later rows are duplicates
	KeepLast                      // earlier rows are duplicates; the last that passes the checks counts
	RejectEvery                   // a person who occurs twice is not sent at all
)

// maxSponsored bounds the memory of an order with sponsors first: 9 bytes a row.
const maxSponsored = 5_000_000

// Row is what a look has to know of a row.
type Row struct {
	Number   int64
	Fit      bool           // the row passes the checks
	Person   journal.Digest // who the row is; zero: unknown
	Username journal.Digest // for sponsors first: the name by which other rows may call this one their sponsor; zero: none
	Sponsor  journal.Digest // for sponsors first: the username of the row's sponsor; zero: none
}

// Look gathers who is in the list. Not safe for concurrent use.
type Look struct {
	rule          Duplicates
	sponsorsFirst bool
	people        *sorter // person, row
	names         *sorter // username, kind and row
	last          int64   // row
}

// New begins a look.
func New(rule Duplicates, sponsorsFirst bool) *Look {
	return &Look{rule: rule, sponsorsFirst: sponsorsFirst, people: newSorter(), names: newSorter()}
}

// Close removes the temporary files.
func (l *Look) Close() error { return errors.Join(l.people.close(), l.names.close()) }

// Kinds of entries about usernames, above the row number: those who have it before those who need it.
const (
	kindFit   = uint64(0) << 62 // the row has the username and passes the checks
	kindUnfit = uint64(1) << 62 // the row has the username and will not be sent
	kindNeeds = uint64(2) << 62 // the row's sponsor has it
	kindMask  = uint64(3) << 62
)

// Add takes the next row of the list. Rows that the job leaves out are not added.
func (l *Look) Add(r Row) error {
	l.last = r.Number
	row := uint64(r.Number)
	if r.Person != (journal.Digest{}) && (r.Fit || l.rule == RejectEvery) {
		if err := l.people.add(newEntry(r.Person, row)); err != nil {
			return err
		}
	}
	if !l.sponsorsFirst {
		return nil
	}
	if l.last > maxSponsored {
		return fmt.Errorf("sort: sponsors_first takes lists of at most %d rows; split the list, sponsors first, and import one part after the other", maxSponsored)
	}
	kind := kindUnfit
	if r.Fit {
		kind = kindFit
	}
	if err := l.addName(r.Username, kind|row); err != nil || !r.Fit {
		return err
	}
	return l.addName(r.Sponsor, kindNeeds|row)
}

func (l *Look) addName(name journal.Digest, value uint64) error {
	if name == (journal.Digest{}) {
		return nil
	}
	return l.names.add(newEntry(name, value))
}

// Order says what was found. Nothing may be added any more.
func (l *Look) Order() (*Order, error) {
	o := &Order{rule: l.rule, counts: map[int64]int64{}}
	err := l.findRepeats(o)
	if err == nil && l.sponsorsFirst {
		err = l.findSponsors(o)
	}
	if err != nil {
		return nil, err
	}
	return o, nil
}

// findRepeats marks the rows of people who occur more than once, but for the one that counts.
func (l *Look) findRepeats(o *Order) error {
	group := journal.Digest{}
	first, before := int64(0), int64(0)
	return l.people.each(func(e entry) {
		row := int64(e.value())
		if e.digest() != group {
			group, first, before = e.digest(), row, row
			return
		}
		switch o.rule {
		case KeepFirst:
			o.repeat(row, first)
		case KeepLast:
			o.repeat(before, row)
		case RejectEvery:
			if before == first {
				o.repeat(first, row)
			}
			o.repeat(row, first)
		}
		before = row
	})
}

// findSponsors finds the row of each row's sponsor, and the pass in which each row can go.
func (l *Look) findSponsors(o *Order) error {
	o.makeRoom(l.last)
	group := journal.Digest{}
	sponsor, sure := int64(0), false // sure: a row that is sent
	err := l.names.each(func(e entry) {
		if e.digest() != group {
			group, sponsor, sure = e.digest(), 0, false
		}
		row := int64(e.value() &^ kindMask)
		switch kind := e.value() & kindMask; {
		case kind == kindNeeds:
			o.needs(row, sponsor)
		case kind == kindFit && !sure && !o.Repeats(row):
			sponsor, sure = row, true
		case sponsor == 0:
			sponsor = row
		}
	})
	o.plan()
	return err
}
