package simulation_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"time"

	"importer/pipeline/source"
)

var header = []string{"email", "first_name", "last_name", "username", "password", "terms_accepted", "newsletter", "birth_date", "language",
	"country", "phone", "user_type", "sponsor", "subdomain"}

const (
	emailColumn = 0
	userColumn  = 3
	phoneColumn = 10
)

// person is one row as the rig made it, and what may become of it.
type person struct {
	cells []string
	email string
	phone string
	sound bool // nothing is wrong with it and nobody shares its keys: if it is settled at all, then as created, exists or in doubt
}

// somebody makes the n-th row: a person nobody else is.
func somebody(n int) person {
	p := person{email: fmt.Sprintf("p%d@example.com", n), phone: fmt.Sprintf("+35386%07d", 1000+n), sound: true}
	p.cells = []string{p.email, "Ada", "Byrne", fmt.Sprintf("person%d", n), "Str0ng!pass", "true", "false", "1990-05-15", "en", "IE", p.phone, "customer", "", ""}
	return p
}

// people draws a list: with and without phones, duplicates, invalid rows, people the vendor has already, members of good and bad sponsors.
func people(rnd *rand.Rand, n int, vendor string) []person {
	var all []person
	noPhone := rnd.Float64()
	for i := range n {
		p := somebody(i + 1)
		if rnd.Float64() < noPhone && vendor != "epixel" {
			p.without()
		}
		switch f := rnd.Float64(); {
		case f < 0.06 && i > 0: // the same person again, written otherwise
			twin := all[rnd.IntN(i)]
			p = person{cells: append([]string(nil), twin.cells...), email: twin.email, phone: twin.phone}
			p.cells[1] = "Grace"
		case f < 0.09 && i > 0: // somebody else with a telephone that is taken
			p.phone, p.sound = all[rnd.IntN(i)].phone, false
			p.cells[phoneColumn] = p.phone
		case f < 0.13:
			p.cells[emailColumn], p.email, p.sound = "nobody", "nobody", false
		case f < 0.16: // the vendor has had them for long
			p.email, p.sound = fmt.Sprintf("taken+%d@example.com", i), false
			p.cells[emailColumn] = p.email
		case f < 0.30 && vendor == "epixel":
			p.sponsored([]string{"anna.sponsor", "ben.sponsor", "old.sponsor", "ghost.sponsor"}[rnd.IntN(4)], i)
		}
		all = append(all, p)
	}
	return all
}

func (p *person) without() { p.phone, p.cells[phoneColumn] = "", "" }

func (p *person) sponsored(by string, n int) {
	p.cells[11], p.cells[12], p.cells[13] = "member", by, fmt.Sprintf("page%d", n)
	p.sound = by == "anna.sponsor" || by == "ben.sponsor"
}

// list is an input in memory that breaks off with an error where it is told to.
type list struct {
	people []person
	next   int
	breaks int // after so many rows; 0: never
	wait   time.Duration
}

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
