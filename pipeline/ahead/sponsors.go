package ahead

import (
	"math"
	"sync"

	"importer/pipeline/journal"
)

// sponsors knows the row of each row's sponsor, the pass in which each row goes, and the state of every row that is a sponsor. The nil sponsors knows
// nothing.
type sponsors struct {
	sponsor []uint32 // by row: the row of its sponsor, 0 where that is not in the list
	pass    []uint32 // by row; cyclic where rows sponsor each other
	last    uint32   // pass
	summary Summary

	mu     sync.Mutex
	states []State // by row; with the bit named
}

// State is how far the row of a sponsor is.
type State uint8

const (
	UnderWay   State = iota // or not reached yet
	Registered              // or may be, as far as is known
	Refused                 // it will not be registered by this run
	LeftUnsent              // it was under way and is not any more: a row that waits for it stays unsent
	InCycle                 // the row is, over others, its own sponsor
	named      State = 0x80 // a bit: a row in the list names it as its sponsor
)

const (
	cyclic   = math.MaxUint32
	unknown  = math.MaxUint32 - 1
	visiting = math.MaxUint32 - 2
)

func newSponsors(rows int64) *sponsors {
	return &sponsors{sponsor: make([]uint32, rows+1), pass: make([]uint32, rows+1), states: make([]State, rows+1)}
}

// needs notes the row of a row's sponsor, 0 where it is not in the list.
func (o *sponsors) needs(row, sponsor int64) {
	if sponsor == 0 {
		o.summary.Outside++
		return
	}
	o.summary.Inside++
	o.sponsor[row] = uint32(sponsor)
	o.states[sponsor] |= named
}

// plan finds the pass of every row.
func (o *sponsors) plan() {
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
			chain = o.cycle(chain, at)
		}
		for i := len(chain) - 1; i >= 0; i-- {
			o.pass[chain[i]] = o.passAfter(chain[i])
			o.last = max(o.last, o.pass[chain[i]])
		}
	}
}

// cycle marks the rows of a chain from the one where it meets itself, and returns what is before.
func (o *sponsors) cycle(chain []uint32, meets uint32) []uint32 {
	for i := len(chain) - 1; ; i-- {
		o.pass[chain[i]] = cyclic
		o.summary.Cyclic++
		if chain[i] == meets {
			return chain[:i]
		}
	}
}

// passAfter is the pass of a row whose sponsor's is known.
func (o *sponsors) passAfter(row uint32) uint32 {
	sponsor := o.sponsor[row]
	if sponsor == 0 {
		return 0
	}
	pass := o.pass[sponsor]
	if pass == cyclic {
		pass = 0
	}
	if sponsor > row {
		pass++
	}
	return pass
}

// at is the pass in which a row goes.
func (o *sponsors) at(row int64) int {
	if o.has(row) && o.pass[row] != cyclic && o.pass[row] != unknown {
		return int(o.pass[row])
	}
	return 0
}

func (o *sponsors) has(row int64) bool { return o != nil && row < int64(len(o.pass)) }

// of returns the row of a row's sponsor and its state.
func (o *sponsors) of(row int64) (int64, State) {
	if !o.has(row) || o.sponsor[row] == 0 {
		return 0, Registered
	}
	sponsor := o.sponsor[row]
	if o.pass[row] == cyclic {
		return int64(sponsor), InCycle
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	return int64(sponsor), o.states[sponsor] &^ named
}

func (o *sponsors) settled(row int64, s journal.Status) bool {
	if !o.has(row) {
		return false
	}
	to := Refused
	switch s {
	case journal.Created, journal.Exists, journal.Skipped, journal.Unsent, journal.InDoubt: // Unsent: fit to be sent, in a check
		to = Registered
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.states[row] = o.states[row]&named | to
	return to == Registered && s != journal.InDoubt && o.states[row]&named != 0
}

func (o *sponsors) gone(row int64) bool {
	if !o.has(row) {
		return false
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.states[row]&^named == UnderWay {
		o.states[row] |= LeftUnsent
	}
	return o.states[row]&named != 0
}
