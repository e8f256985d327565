package ahead

import (
	"math"

	"importer/pipeline/journal"
)

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

// Summary counts rows by their sponsor, for people. All are 0 unless sponsors go first.
type Summary struct {
	Inside  int64 // rows whose sponsor is in the list
	Outside int64 // rows whose sponsor is not
	Cyclic  int64 // rows that are, over others, their own sponsor
}

// makeRoom is called before needs.
func (o *Order) makeRoom(rows int64) {
	o.sponsor, o.pass, o.states = make([]uint32, rows+1), make([]uint32, rows+1), make([]State, rows+1)
}

// needs notes the row of a row's sponsor, 0 where it is not in the list.
func (o *Order) needs(row, sponsor int64) {
	if sponsor == 0 {
		o.summary.Outside++
		return
	}
	o.summary.Inside++
	o.sponsor[row] = uint32(sponsor)
	o.states[sponsor] |= named
}

// plan finds the pass of every row.
func (o *Order) plan() {
	for row := 1; row < len(o.pass); row++ {
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
func (o *Order) cycle(chain []uint32, meets uint32) []uint32 {
	for i := len(chain) - 1; ; i-- {
		o.pass[chain[i]] = cyclic
		o.summary.Cyclic++
		if chain[i] == meets {
			return chain[:i]
		}
	}
}

// passAfter is the pass of a row whose sponsor's is known.
func (o *Order) passAfter(row uint32) uint32 {
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

func (o *Order) has(row int64) bool { return o != nil && row < int64(len(o.pass)) }

// Passes returns how often the list is read, at least once.
func (o *Order) Passes() int {
	if o == nil {
		return 1
	}
	return int(o.last) + 1
}

// Pass returns in which pass a row goes, 0 for the first.
func (o *Order) Pass(row int64) int {
	if o.has(row) && o.pass[row] != cyclic {
		return int(o.pass[row])
	}
	return 0
}

// Summary returns what was found about sponsors.
func (o *Order) Summary() (none Summary) {
	if o == nil {
		return none
	}
	return o.summary
}

// Sponsor returns the row of a row's sponsor and its state. The row is 0, and the state Registered, when the sponsor has no row in the list or the
// order does not look at sponsors.
func (o *Order) Sponsor(row int64) (int64, State) {
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

// Settled notes the status that a row has now. It reports whether the row is registered and other rows name it as their sponsor.
func (o *Order) Settled(row int64, s journal.Status) bool {
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

// Done notes that a row is not under way any more, settled or not. It reports whether other rows may wait for it.
func (o *Order) Done(row int64) bool {
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
