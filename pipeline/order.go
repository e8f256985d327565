package pipeline

import (
	"math"
	"sync"

	"importer/pipeline/journal"
)

// maxOrdered bounds the memory of an order: 9 bytes a row.
const maxOrdered = 5_000_000

// order says which rows wait for the row of their sponsor. Rows go in passes over the input, so that within a pass, and from pass to pass,
// a sponsor's row is always read before those that it sponsors: whoever waits, waits for a row that is under way, and nothing waits in a
// circle. A list that stands in order takes one pass. Safe for concurrent use.
type order struct {
	sponsor []uint32 // by row: the row of its sponsor, 0 where that is not in the list
	pass    []uint32 // by row; circular where sponsors sponsor each other
	last    uint32   // pass
	inside  int64    // rows whose sponsor is in the list
	outside int64    // rows whose sponsor is not
	circles int64    // rows in circles

	mu    sync.Mutex
	stand []standing // by row
}

// standing is what is known of a row as a sponsor.
type standing uint8

const (
	underWay   standing = iota // or not reached yet
	registered                 // or may be, for all anybody knows
	refused                    // it will not be registered by this run
	leftUnsent                 // it was under way and is not any more: who waits for it stays unsent
	standMask  standing = 0x7F
	sponsors   standing = 0x80 // somebody in the list names it
)

const (
	circular = math.MaxUint32
	unknown  = math.MaxUint32 - 1
	visiting = math.MaxUint32 - 2
)

func newOrder(rows int64) *order {
	return &order{sponsor: make([]uint32, rows+1), pass: make([]uint32, rows+1), stand: make([]standing, rows+1)}
}

// needs notes the row of a row's sponsor, 0 where it is not in the list.
func (o *order) needs(row, sponsor int64) {
	if sponsor == 0 {
		o.outside++
		return
	}
	o.inside++
	o.sponsor[row] = uint32(sponsor)
	o.stand[sponsor] |= sponsors
}

// plan finds the pass of every row.
func (o *order) plan() {
	for row := range o.pass {
		o.pass[row] = unknown
	}
	var chain []uint32
	for row := range uint32(len(o.pass)) {
		chain = chain[:0]
		at := row
		for at != 0 && o.pass[at] == unknown {
			o.pass[at] = visiting
			chain = append(chain, at)
			at = o.sponsor[at]
		}
		if at != 0 && o.pass[at] == visiting {
			chain = o.circle(chain, at)
		}
		for i := len(chain) - 1; i >= 0; i-- {
			o.pass[chain[i]] = o.passAfter(chain[i])
			o.last = max(o.last, o.pass[chain[i]])
		}
	}
}

// circle marks the rows of a chain from the one where it meets itself, and returns what is before.
func (o *order) circle(chain []uint32, meets uint32) []uint32 {
	for i := len(chain) - 1; ; i-- {
		o.pass[chain[i]] = circular
		o.circles++
		if chain[i] == meets {
			return chain[:i]
		}
	}
}

// passAfter is the pass of a row whose sponsor's is known.
func (o *order) passAfter(row uint32) uint32 {
	sponsor := o.sponsor[row]
	if sponsor == 0 {
		return 0
	}
	pass := o.pass[sponsor]
	if pass == circular {
		pass = 0
	}
	if sponsor > row {
		pass++
	}
	return pass
}

// at is the pass in which a row goes.
func (o *order) at(row int64) uint32 {
	if row >= int64(len(o.pass)) || o.pass[row] == circular || o.pass[row] == unknown {
		return 0
	}
	return o.pass[row]
}

func (o *order) isCircular(row int64) bool {
	return o != nil && row < int64(len(o.pass)) && o.pass[row] == circular
}

// sponsorOf returns the row of a row's sponsor and how it stands; 0 without one in the list.
func (o *order) sponsorOf(row int64) (int64, standing) {
	if o == nil || row >= int64(len(o.sponsor)) || o.sponsor[row] == 0 {
		return 0, registered
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	sponsor := o.sponsor[row]
	return int64(sponsor), o.stand[sponsor] & standMask
}

// settled notes what became of a row. It returns true when somebody waits, or will, for that it is registered.
func (o *order) settled(row int64, s journal.Status) bool {
	if o == nil || row >= int64(len(o.stand)) {
		return false
	}
	to := refused
	switch s {
	case journal.Created, journal.Exists, journal.Skipped, journal.Unsent, journal.InDoubt: // Unsent: fit to be sent, in a check
		to = registered
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.stand[row] = o.stand[row]&sponsors | to
	return to == registered && s != journal.InDoubt && o.stand[row]&sponsors != 0
}

// gone notes that a row is not under way any more. It reports whether anybody may wait for it.
func (o *order) gone(row int64) bool {
	if o == nil || row >= int64(len(o.stand)) {
		return false
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.stand[row]&standMask == underWay {
		o.stand[row] = o.stand[row]&sponsors | leftUnsent
	}
	return o.stand[row]&sponsors != 0
}

// Sponsors counts, for people, the rows whose sponsor is in the list, those whose sponsor is not, and those that sponsor each other in a circle;
// and how often the input is read. All are 0 without Policy.SponsorsFirst.
func (a *Ahead) Sponsors() (inside, outside, circles int64, passes int) {
	if a == nil || a.order == nil {
		return 0, 0, 0, 0
	}
	return a.order.inside, a.order.outside, a.order.circles, int(a.order.last) + 1
}
