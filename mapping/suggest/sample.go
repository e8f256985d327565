package suggest

import (
	"slices"

	"importer/mapping"
)

// The sample's bounds.
const (
	headRows   = 2000     // the first rows are all kept
	spreadRows = 2000     // of the others, at most so many, spread evenly
	maxCell    = 256      // bytes of a cell that are kept: nothing that is recognised is longer
	maxSample  = 32 << 20 // bytes of cells kept in all
)

// Sample is the header and some of the rows of a list: the first 2,000, and up to 2,000 spread evenly over the rest, in bounded
// memory whatever the list's length. It is for one goroutine at a time.
type Sample struct {
	header []string
	head   [][]string
	spread [][]string
	stride int // every stride-th row beyond the head is kept
	rows   int
	bytes  int
}

// NewSample begins a sample of a list with this header.
func NewSample(header []string) *Sample {
	return &Sample{header: slices.Clone(header), stride: 1}
}

// Add looks at the next row. Cells beyond the header are left out; the slice stays the caller's.
func (s *Sample) Add(cells []string) {
	n := s.rows
	s.rows++
	if s.bytes > maxSample {
		return
	}
	if n < headRows {
		s.head = append(s.head, s.keep(cells))
		return
	}
	if (n-headRows)%s.stride != 0 {
		return
	}
	s.spread = append(s.spread, s.keep(cells))
	if len(s.spread) >= spreadRows {
		s.thin()
	}
}

// Rows returns how many rows were added, and how many of them are kept.
func (s *Sample) Rows() (added, kept int) { return s.rows, len(s.head) + len(s.spread) }

// thin drops every other row of the spread and doubles the stride.
func (s *Sample) thin() {
	kept := s.spread[:0]
	for i, row := range s.spread {
		if i%2 == 0 {
			kept = append(kept, row)
			continue
		}
		for _, cell := range row {
			s.bytes -= len(cell)
		}
	}
	clear(s.spread[len(kept):])
	s.spread = kept
	s.stride *= 2
}

// keep copies a row, so that the reader may use its memory again.
func (s *Sample) keep(cells []string) []string {
	row := make([]string, min(len(cells), len(s.header)))
	for i := range row {
		row[i] = cut(cells[i], maxCell)
		s.bytes += len(row[i])
	}
	return row
}

// kept returns the rows that are kept, in their order.
func (s *Sample) kept() [][]string { return slices.Concat(s.head, s.spread) }

// column returns the kept cells of a column as mapping will read them: what is around a cell for a spreadsheet's sake would hide what it is. Short rows
// give nothing.
func (s *Sample) column(i int) []string {
	var cells []string
	for _, row := range s.kept() {
		if i < len(row) {
			cells = append(cells, mapping.WithoutArmour(row[i]))
		}
	}
	return cells
}
