package reports

import (
	"fmt"
	"iter"
	"maps"
	"math/bits"
	"slices"
	"strconv"
	"strings"
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

// Has reports whether row is in.
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

// String writes the rows as spans: "3,7-9"; "" for none. [ParseRowset] reads it.
func (s *Rowset) String() string {
	var spans []string
	first, last := int64(0), int64(0)
	end := func() {
		switch {
		case last > first:
			spans = append(spans, fmt.Sprintf("%d-%d", first, last))
		case first > 0:
			spans = append(spans, strconv.FormatInt(first, 10))
		}
	}
	for row := range s.All() {
		if first == 0 || row != last+1 {
			end()
			first = row
		}
		last = row
	}
	end()
	return strings.Join(spans, ",")
}

// ParseRowset reads what [Rowset.String] wrote.
func ParseRowset(text string) (*Rowset, error) {
	rows := new(Rowset)
	if text == "" {
		return rows, nil
	}
	for span := range strings.SplitSeq(text, ",") {
		from, to, wide := strings.Cut(span, "-")
		if !wide {
			to = from
		}
		first, err1 := strconv.ParseInt(from, 10, 64)
		last, err2 := strconv.ParseInt(to, 10, 64)
		if err1 != nil || err2 != nil || first < 1 || last < first {
			return nil, fmt.Errorf("%q is no span of rows", span)
		}
		for row := first; row <= last; row++ {
			rows.Add(row)
		}
	}
	return rows, nil
}
