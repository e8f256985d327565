package pipeline

import (
	"io"

	"importer/pipeline/source"
)

type rowsFunc func() (source.Row, error)

// Next returns the next row.
func (f rowsFunc) Next() (source.Row, error) { return f() }

// Choose returns the rows of in for which take is true: those a retry is about.
func Choose(in Rows, take func(row int64) bool) Rows {
	return rowsFunc(func() (source.Row, error) {
		for {
			row, err := in.Next()
			if err != nil || take(row.Number) {
				return row, err
			}
		}
	})
}

// Span returns at most max rows of in (0: all) after skipping the first skip rows.
func Span(in Rows, skip, max int64) Rows {
	read := int64(0) // also the skipped ones
	return rowsFunc(func() (source.Row, error) {
		for max == 0 || read < skip+max {
			row, err := in.Next()
			if read++; err != nil || read > skip {
				return row, err
			}
		}
		return source.Row{}, io.EOF
	})
}
