package source

import "cmp"

// Limits bounds what one input may ask of the machine. A zero member means its default.
// Record and Lines also decide where a broken record ends, and so the numbers of the rows after it.
type Limits struct {
	Cell      int   // bytes of one cell, UTF-8; default 256 KiB
	Record    int   // bytes of one record with its line end; default 1 MiB
	Columns   int   // cells of one record, and columns of all JSON rows together; default 2,000
	Lines     int   // physical lines of one record; default 1,000
	Depth     int   // levels of nesting of one JSON row; default 16
	Expansion int64 // decompressed bytes for each compressed byte, counted beyond the first 16 MiB; default 200
	Expanded  int64 // decompressed bytes of one input; default 1 TiB
}

const (
	expansionFree = 16 << 20 // decompressed bytes that Limits.Expansion never refuses
	maxRecord     = 1 << 30  // the largest Limits.Record: offsets within a record are ints
	maxName       = 1024     // bytes of one column's name
	maxRaw        = 4 << 10  // bytes of Broken.Raw
)

func (l Limits) withDefaults() Limits {
	return Limits{
		Cell:      cmp.Or(l.Cell, 256<<10),
		Record:    cmp.Or(l.Record, 1<<20),
		Columns:   cmp.Or(l.Columns, 2000),
		Lines:     cmp.Or(l.Lines, 1000),
		Depth:     cmp.Or(l.Depth, 16),
		Expansion: cmp.Or(l.Expansion, 200),
		Expanded:  cmp.Or(l.Expanded, 1<<40),
	}
}

func (l Limits) check() error {
	if min(l.Cell, l.Record, l.Columns, l.Lines, l.Depth) < 0 || min(l.Expansion, l.Expanded) < 0 || l.Record > maxRecord {
		return unusable("limits are positive, and a record is at most 1 GiB", "a limit is out of range: %+v", l)
	}
	return nil
}

// unpacked returns how many bytes a file of that size may become.
func (l Limits) unpacked(size int64) int64 {
	if size > 0 && l.Expansion > l.Expanded/size {
		return l.Expanded
	}
	return min(l.Expanded, expansionFree+l.Expansion*size)
}
