package simulation_test

import (
	"math/rand/v2"
	"slices"
	"time"

	"importer/mapping"
	"importer/pipeline"
	"importer/pipeline/ahead"
	"importer/pipeline/journal"
)

// chapter is one run of a story: a list, and how it is to be imported. Mostly each is through before the next begins, in the same account.
type chapter struct {
	people []person
	policy pipeline.Policy
	where  bool     // leaves some people out
	lives  []ending // then calm ones until the run is through
	left   bool     // not through yet when the next run begins; resumed when those are through
}

// how is how one life is told to import, where that differs from what the story says.
type how struct {
	inDoubt   pipeline.DoubtPolicy
	resend    float64 // share of the rows in doubt that a person names to be sent again
	maxErrors int64   // 0: any number
	yes       bool    // to all that comes after the sample
	panics    int     // the n-th time that something of this program could panic, it does; 0: never
	settles   float64 // share of all rows in doubt that a person looks up after this life, and says what the vendor has
}

func (sc *scenario) drawHow(rnd *rand.Rand) how {
	h := how{inDoubt: sc.options.InDoubt, yes: rnd.IntN(3) == 0}
	if rnd.IntN(4) == 0 {
		h.inDoubt = pipeline.DoubtPolicy(rnd.IntN(3))
	}
	if rnd.IntN(12) == 0 {
		h.resend = 0.5
	}
	if rnd.IntN(8) == 0 {
		h.maxErrors = 1 + rnd.Int64N(5)
	}
	if rnd.IntN(8) == 0 {
		h.panics = 1 + rnd.IntN(2*len(sc.people))
	}
	if rnd.IntN(6) == 0 {
		h.settles = []float64{0.5, 1}[rnd.IntN(2)]
	}
	return h
}

// calmly is how lives are led when no more faults happen.
func (sc *scenario) calmly() how { return how{inDoubt: sc.options.InDoubt, yes: true} }

// drawPolicy decides which rows count, in which order, and how many before somebody looks.
func (c *chapter) drawPolicy(rnd *rand.Rand, vendor string) {
	if rnd.IntN(4) == 0 {
		c.policy.Duplicates = ahead.Duplicates(1 + rnd.IntN(2))
	}
	if rnd.IntN(6) == 0 {
		c.policy.Sample = 1 + rnd.Int64N(int64(len(c.people)))
	}
	if rnd.IntN(3) == 0 {
		c.policy.Shared = ahead.OnShared(1 + rnd.IntN(2))
	}
	c.where = rnd.IntN(5) == 0
	if rnd.IntN(2) == 0 {
		c.policy.OnInvalid = mapping.DropInvalid
	}
	if vendor == "epixel" && rnd.IntN(2) == 0 {
		c.policy.SponsorsFirst = true
		if rnd.IntN(2) == 0 {
			rnd.Shuffle(len(c.people), func(i, j int) { c.people[i], c.people[j] = c.people[j], c.people[i] })
		}
	}
}

// drawMore adds runs after the first: of the same list, of one that has grown, or of one that overlaps with it.
func (sc *scenario) drawMore(rnd *rand.Rand) {
	people, next := sc.people, 1000
	for rnd.IntN(5) < 2 && len(sc.more) < 3 {
		c := chapter{people: slices.Clone(people)}
		switch rnd.IntN(4) {
		case 0: // the same
		case 1, 2:
			c.people = append(c.people, morePeople(rnd, &next, sc.vendor)...)
		case 3:
			rnd.Shuffle(len(c.people), func(i, j int) { c.people[i], c.people[j] = c.people[j], c.people[i] })
			c.people = append(c.people[:1+rnd.IntN(len(c.people))], morePeople(rnd, &next, sc.vendor)...)
		}
		for i := range c.people {
			if rnd.IntN(15) == 0 {
				c.people[i].change(rnd, sc.vendor)
			}
		}
		c.drawPolicy(rnd, sc.vendor)
		for range rnd.IntN(3) {
			c.lives = append(c.lives, sc.drawEnding(rnd))
		}
		before := &sc.chapter
		if n := len(sc.more); n > 0 {
			before = &sc.more[n-1]
		}
		before.left = rnd.IntN(4) == 0
		sc.more = append(sc.more, c)
		people = c.people
	}
}

func morePeople(rnd *rand.Rand, next *int, vendor string) []person {
	n := 1 + rnd.IntN(8)
	more := people(rnd, *next, n, vendor)
	*next += n
	return more
}

// change writes a person otherwise than the last list did: by another name, without the telephone or with one.
func (p *person) change(rnd *rand.Rand, vendor string) {
	p.cells = slices.Clone(p.cells)
	switch rnd.IntN(3) {
	case 0:
		p.cells[nameColumn] = "Edith"
	case 1:
		if vendor != "epixel" {
			p.without()
		}
	case 2:
		if p.phone == "" {
			p.phone, p.unread = "+35387"+p.digits(), false
			p.cells[phoneColumn] = p.phone
		}
	}
}

// digits are seven that belong to the person alone.
func (p *person) digits() string {
	n := 0
	for _, c := range p.email {
		if c >= '0' && c <= '9' {
			n = n*10 + int(c-'0')
		}
	}
	return "2" + padded(n)
}

func padded(n int) string {
	d := make([]byte, 6)
	for i := range d {
		d[5-i] = '0' + byte(n%10)
		n /= 10
	}
	return string(d)
}

// book is what is known of one run.
type book struct {
	chapter
	name    string
	run     int64                      // in the journal; 0: not begun
	trace   map[int64][]journal.Record // what became durable of each row, in order
	open    map[int64]bool             // rows that are open now, by the journal
	carried map[int64]bool             // rows that are in doubt since an earlier run
	agreed  bool                       // to send more than the sample
	panics  int
}

func newBook(c chapter, name string) *book {
	return &book{chapter: c, name: name, trace: map[int64][]journal.Record{}, open: map[int64]bool{}, carried: map[int64]bool{}}
}

// rest is how long a person waits before looking anything up: by then the vendor has thought through every request it ever got.
const rest = 5 * time.Minute
