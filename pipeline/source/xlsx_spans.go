package source

import (
	"cmp"
	"math"
	"slices"
)

// span is consecutive rows, or columns, of a sheet.
type span struct{ first, last uint32 }

// spans are rows of a sheet in ascending order. A column in which every row is alike takes one span.
type spans []span

// add adds a row that is not before the last one.
func (s *spans) add(row int) {
	n := len(*s)
	if n > 0 && (*s)[n-1].last+1 >= uint32(row) {
		(*s)[n-1].last = uint32(row)
		return
	}
	*s = append(*s, span{uint32(row), uint32(row)})
}

// joined are the same rows in order, without any twice.
func (s spans) joined() spans {
	slices.SortFunc(s, func(a, b span) int { return cmp.Compare(a.first, b.first) })
	var out spans
	for _, next := range s {
		if n := len(out); n > 0 && out[n-1].last+1 >= next.first {
			out[n-1].last = max(out[n-1].last, next.last)
			continue
		}
		out = append(out, next)
	}
	return out
}

// after counts the rows behind one.
func (s spans) after(row int) (n int64) {
	for _, one := range s {
		if from := max(int64(one.first), int64(row)+1); from <= int64(one.last) {
			n += int64(one.last) - from + 1
		}
	}
	return n
}

// cursor looks rows up in spans, in ascending order.
type cursor struct {
	left spans
}

func (c *cursor) has(row int) bool {
	for len(c.left) > 0 && c.left[0].last < uint32(row) {
		c.left = c.left[1:]
	}
	return len(c.left) > 0 && c.left[0].first <= uint32(row)
}

// next returns the first row after one that was looked up which may be in the spans.
func (c *cursor) next(row int) int {
	switch {
	case len(c.left) == 0:
		return math.MaxInt
	case int(c.left[0].first) > row:
		return int(c.left[0].first)
	}
	return row + 1
}
