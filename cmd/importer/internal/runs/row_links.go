package runs

import (
	"fmt"
	"iter"
	"slices"

	"importer/reports"
)

// rowLinks says which row of which earlier run each row of a failed file comes from, so that people can be followed when the file is gone. Rows that a
// person added have none.
type rowLinks struct {
	Runs  []string   `json:"runs"` // names
	Spans []linkSpan `json:"spans"`
}

// linkSpan says it of rows that follow each other in the file, and whose rows in one run rise.
type linkSpan struct {
	From int64  `json:"from"`          // the first row in the file
	Run  int    `json:"run,omitempty"` // index in Runs
	Rows string `json:"rows"`          // the rows in that run, as spans: "3,7-9"
}

// linkBuilder makes rowLinks of links that come in the order of the file.
type linkBuilder struct {
	links  rowLinks
	span   linkSpan
	rows   reports.Rowset
	next   int64 // the row of the file that continues the span
	newest int64 // the last row of the span in its run
}

func (b *linkBuilder) add(row int64, from rowName) {
	run := slices.Index(b.links.Runs, from.run)
	if run < 0 {
		run = len(b.links.Runs)
		b.links.Runs = append(b.links.Runs, from.run)
	}
	if row != b.next || run != b.span.Run || from.row <= b.newest {
		b.end()
		b.span = linkSpan{From: row, Run: run}
	}
	b.rows.Add(from.row)
	b.next, b.newest = row+1, from.row
}

func (b *linkBuilder) end() {
	if b.rows.Len() > 0 {
		b.span.Rows = b.rows.String()
		b.links.Spans = append(b.links.Spans, b.span)
	}
	b.rows = reports.Rowset{}
}

// done returns the links; nil where no row has one.
func (b *linkBuilder) done() *rowLinks {
	b.end()
	if len(b.links.Spans) == 0 {
		return nil
	}
	return &b.links
}

// all yields each row of the file that has a link, with the row that it comes from. An error ends it.
func (l *rowLinks) all() iter.Seq2[int64, linkedRow] {
	return func(yield func(int64, linkedRow) bool) {
		if l == nil {
			return
		}
		for _, span := range l.Spans {
			rows, err := reports.ParseRowset(span.Rows)
			if err == nil && (span.Run < 0 || span.Run >= len(l.Runs)) {
				err = fmt.Errorf("run %d is none of %d", span.Run, len(l.Runs))
			}
			if err != nil {
				yield(span.From, linkedRow{err: err})
				return
			}
			row := span.From
			for origin := range rows.All() {
				if !yield(row, linkedRow{rowName: rowName{l.Runs[span.Run], origin}}) {
					return
				}
				row++
			}
		}
	}
}

// linkedRow is the row that one of a failed file comes from, or why that cannot be read.
type linkedRow struct {
	rowName
	err error
}

// rowName names a row of an earlier run.
type rowName struct {
	run string
	row int64
}
