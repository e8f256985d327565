package ahead

import (
	"fmt"

	"importer/pipeline/journal"
)

// Order says which rows are not sent because another row of the person counts, and which rows wait for the row of their sponsor. It serves one
// engine at a time, and is safe for concurrent use. The nil Order is the order of the input: one pass, no row waits, and no row repeats another.
type Order struct {
	rule     Duplicates
	repeats  rowBits
	counts   map[int64]int64 // of at most namedRepeats repeats: the row that counts, for messages
	sponsors *sponsors       // nil unless sponsors go first
}

// namedRepeats is for how many duplicates the row that counts is named.
const namedRepeats = 1 << 16

func (o *Order) repeat(row, counts int64) {
	o.repeats.add(row)
	if len(o.counts) < namedRepeats {
		o.counts[row] = counts
	}
}

// Repeats reports whether a row is not to be sent because of another row of the same person.
func (o *Order) Repeats(row int64) bool { return o != nil && o.repeats.has(row) }

// Why says what makes a row a repeat; "" when it is none.
func (o *Order) Why(row int64) string {
	if !o.Repeats(row) {
		return ""
	}
	other := "another row"
	if n, ok := o.counts[row]; ok {
		other = fmt.Sprintf("row %d", n)
	}
	switch o.rule {
	case KeepLast:
		return "same person as " + other + ", which comes later"
	case RejectEvery:
		return "same person as " + other + "; neither is sent (on_duplicate: reject)"
	}
	return "same person as " + other
}

// tree is what is known of sponsors; nil unless they go first.
func (o *Order) tree() *sponsors {
	if o == nil {
		return nil
	}
	return o.sponsors
}

// Passes returns how often the list is read, at least once.
func (o *Order) Passes() int {
	if s := o.tree(); s != nil {
		return int(s.last) + 1
	}
	return 1
}

// Pass returns in which pass a row goes, 0 for the first.
func (o *Order) Pass(row int64) int { return o.tree().at(row) }

// Sponsor returns the row of a row's sponsor and its state. The row is 0, and the state Registered, when the sponsor has no row in the list or the
// order does not look at sponsors.
func (o *Order) Sponsor(row int64) (int64, State) { return o.tree().of(row) }

// Settled notes the status that a row has now. It reports whether the row is registered and other rows name it as their sponsor.
func (o *Order) Settled(row int64, s journal.Status) bool { return o.tree().settled(row, s) }

// Gone notes that a row is not under way any more, settled or not. It reports whether other rows may wait for it.
func (o *Order) Gone(row int64) bool { return o.tree().gone(row) }

// Summary counts rows by their sponsor, for people. All are 0 unless sponsors go first.
type Summary struct {
	Inside  int64 // rows whose sponsor is in the list
	Outside int64 // rows whose sponsor is not
	Cyclic  int64 // rows that are, over others, their own sponsor
}

// Summary returns what was found about sponsors.
func (o *Order) Summary() (none Summary) {
	if s := o.tree(); s != nil {
		return s.summary
	}
	return none
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
