package reports

import (
	"iter"
	"maps"
	"math/bits"
	"slices"
)

// Rowset is a set of row numbers. A dense set costs one bit a row, a sparse one at most 8 KiB per 65,536 rows that it touches.
// The zero Rowset is empty and ready. Not safe for concurrent use while it changes.
type Rowset struct {
	chunks map[int64]*[1024]uint64
	count  int64
}

// Add puts row in. Rows below 1 are no rows and are left out.
func (s *Rowset) Add(row int64) {
	if row < 1 || s.Has(row) {
		return
	}
	if s.chunks == nil {
		s.chunks = make(map[int64]*[1024]uint64)
	}
	chunk := s.chunks[row>>16]
	if chunk == nil {
		chunk = new([1024]uint64)
		s.chunks[row>>16] = chunk
	}
	chunk[row>>6&1023] |= 1 << (row & 63)
	s.count++
}

// Remove takes row out.
func (s *Rowset) Remove(row int64) {
	if s.Has(row) {
		s.chunks[row>>16][row>>6&1023] &^= 1 << (row & 63)
		s.count--
	}
}

// Has tells whether row is in.
func (s *Rowset) Has(row int64) bool {
	if row < 1 {
		return false
	}
	chunk := s.chunks[row>>16]
	return chunk != nil && chunk[row>>6&1023]&(1<<(row&63)) != 0
}

// Len is how many rows are in.
func (s *Rowset) Len() int64 { return s.count }

// All yields the rows in ascending order.
func (s *Rowset) All() iter.Seq[int64] {
	return func(yield func(int64) bool) {
		for _, high := range slices.Sorted(maps.Keys(s.chunks)) {
			for i, word := range s.chunks[high] {
				for ; word != 0; word &= word - 1 {
					if !yield(high<<16 | int64(i)<<6 | int64(bits.TrailingZeros64(word))) {
						return
					}
				}
			}
		}
	}
}
