package simulation_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"time"

	"importer/pipeline/source"
)

var header = []string{"email", "first_name", "last_name", "username", "password", "terms_accepted", "newsletter", "birth_date", "language",
	"country", "phone", "user_type", "sponsor", "subdomain"}

const (
	emailColumn = 0
	nameColumn  = 1
	userColumn  = 3
	langColumn  = 8
	phoneColumn = 10

	sponsorColumn = 12
)

// person is one row as the rig made it, and what may become of it.
type person struct {
	cells  []string
	email  string
	phone  string
	left   bool   // the job's where, if there is one, leaves it out
	unread bool   // its telephone is no number: it is sent only where the policy lets that go
	by     string // username of its sponsor, where that is a row of the list
	sound  bool   // nothing is wrong with it and nobody shares its keys: if it is settled at all, then as created, exists or in doubt
}

// somebody makes the n-th row: a person nobody else is.
func somebody(n int) person {
	p := person{email: fmt.Sprintf("p%d@example.com", n), phone: fmt.Sprintf("+35386%07d", 1000+n), sound: true}
	p.cells = []string{p.email, "Ada", "Byrne", fmt.Sprintf("person%d", n), "Str0ng!pass", "true", "false", "1990-05-15", "en", "IE", p.phone, "customer", "", ""}
	return p
}

// people draws a list: with and without phones, duplicates, invalid rows, people the vendor has already, members of good and bad sponsors. The
// first is the from-th person.
func people(rnd *rand.Rand, from, n int, vendor string) []person {
	var all []person
	noPhone := rnd.Float64()
	for i := range n {
		p := somebody(from + i)
		if rnd.Float64() < noPhone && vendor != "epixel" {
			p.without()
		}
		switch f := rnd.Float64(); {
		case f < 0.06 && i > 0: // the same person again, written otherwise
			twin := all[rnd.IntN(i)]
			p = twin
			p.cells, p.sound = slices.Clone(twin.cells), false
			p.cells[nameColumn] = "Grace"
		case f < 0.11 && i > 0: // somebody else with a telephone that is taken, and sometimes a username
			p.phone, p.sound = all[rnd.IntN(i)].phone, false
			p.cells[phoneColumn] = p.phone
			if rnd.IntN(2) == 0 {
				p.cells[userColumn] = all[rnd.IntN(i)].cells[userColumn]
			}
		case f < 0.13:
			p.cells[emailColumn], p.email, p.sound = "nobody", "nobody", false
		case f < 0.16: // the vendor has had them for long
			p.email, p.sound = fmt.Sprintf("taken+%d@example.com", from+i), false
			p.cells[emailColumn] = p.email
		case f < 0.30 && vendor == "epixel":
			p.sponsored([]string{"anna.sponsor", "ben.sponsor", "old.sponsor", "ghost.sponsor"}[rnd.IntN(4)], from+i)
		case f < 0.45 && vendor == "epixel" && i > 0: // of somebody in the list
			p.sponsored(all[rnd.IntN(i)].cells[userColumn], from+i)
			p.by = p.cells[sponsorColumn]
		}
		if rnd.Float64() < 0.1 {
			p.left, p.cells[langColumn] = true, "de"
		}
		if rnd.Float64() < 0.06 && vendor != "epixel" { // a telephone that nobody can read: with on_invalid: drop, one without
			p.phone, p.sound, p.unread = "", false, true
			p.cells[phoneColumn] = "+353 12"
		}
		all = append(all, p)
	}
	return all
}

func (p *person) without() { p.phone, p.cells[phoneColumn], p.unread = "", "", false }

func (p *person) sponsored(by string, n int) {
	p.cells[11], p.cells[sponsorColumn], p.cells[13] = "member", by, fmt.Sprintf("page%d", n)
	p.sound = by == "anna.sponsor" || by == "ben.sponsor"
}

// list is an input in memory that breaks off with an error where it is told to.
type list struct {
	people []person
	next   int
	breaks int // after so many rows; 0: never
	wait   time.Duration
}

// Close does nothing.
func (l *list) Close() error { return nil }

func (l *list) Next() (source.Row, error) {
	if l.breaks > 0 && l.next == l.breaks {
		time.Sleep(l.wait)
		return source.Row{}, errInput
	}
	if l.next == len(l.people) {
		return source.Row{}, io.EOF
	}
	l.next++
	return source.Row{Number: int64(l.next), Line: int64(l.next) + 1, Cells: l.people[l.next-1].cells}, nil
}
