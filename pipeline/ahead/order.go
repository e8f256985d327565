package ahead

import (
	"fmt"
	"sync"
)

// Order says which rows are not sent because another row of the person counts, and which rows wait for the row of their sponsor. It serves one
// engine at a time, and is safe for concurrent use. The nil Order is the order of the input: one pass, no row waits, and no row repeats another.
type Order struct {
	rule    Duplicates
	repeats RowSet
	counts  map[int64]int64 // of at most namedRepeats repeats: the row that counts, for messages
	shares  *shares         // nil: not looked for

	// These are empty unless sponsors go first.
	sponsor []uint32 // by row: the row of its sponsor, 0 where that is not in the list
	pass    []uint32 // by row; cyclic where rows sponsor each other
	last    uint32   // pass
	summary Summary

	mu     sync.Mutex
	states []State // by row; with the bit named
}

// namedRepeats is for how many duplicates the row that counts is named.
const namedRepeats = 1 << 16

func (o *Order) repeat(row, counts int64) {
	o.repeats.Add(row)
	if len(o.counts) < namedRepeats {
		o.counts[row] = counts
	}
}

// Repeats reports whether a row is not to be sent because of another row of the same person.
func (o *Order) Repeats(row int64) bool { return o != nil && o.repeats.Has(row) }

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

// RowSet is a set of row numbers, one bit a row. The zero set is empty. Not safe for concurrent use.
type RowSet []uint64

// Add puts a row into the set.
func (b *RowSet) Add(row int64) {
	for int64(len(*b)) <= row>>6 {
		*b = append(*b, 0)
	}
	(*b)[row>>6] |= 1 << (row & 63)
}

// Has reports whether a row is in the set.
func (b RowSet) Has(row int64) bool { return row>>6 < int64(len(b)) && b[row>>6]&(1<<(row&63)) != 0 }
