package pipeline

import (
	"io"

	"importer/pipeline/source"
)

// Choose returns the rows of in for which take is true: those a retry is about.
func Choose(in Rows, take func(row int64) bool) Rows { return chosen{in, take} }

type chosen struct {
	in   Rows
	take func(int64) bool
}

// Next returns the next chosen row.
func (c chosen) Next() (source.Row, error) {
	for {
		row, err := c.in.Next()
		if err != nil || c.take(row.Number) {
			return row, err
		}
	}
}

// Span returns at most max rows of in (0: all) after skipping the first skip rows.
func Span(in Rows, skip, max int64) Rows { return &span{in: in, skip: skip, max: max} }

type span struct {
	in              Rows
	skip, max, gone int64
}

// Next returns the next row of the span.
func (s *span) Next() (source.Row, error) {
	for {
		if s.max > 0 && s.gone >= s.max {
			return source.Row{}, io.EOF
		}
		row, err := s.in.Next()
		if err != nil {
			return row, err
		}
		if s.skip > 0 {
			s.skip--
			continue
		}
		s.gone++
		return row, nil
	}
}
