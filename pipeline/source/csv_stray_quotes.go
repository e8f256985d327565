package source

import "bytes"

// enoughLikeRows is how many delimiters the lines after a record's first must have together, each line as many as the header, before
// they are taken for rows rather than for text in a cell: one line in a list of seven columns, two in one of four.
const enoughLikeRows = 6

// eachLineIsRow reports whether every physical line of rec has, quotes aside, as many cells as the whole of it, which is the header or as wide as
// the header. Then two stray quotes in one column have made one cell of rows; the record is well-formed and of the right width, and wrong.
func (c *csvRows) eachLineIsRow(rec record, cells int) bool {
	each := cells - 1
	if rec.lines == 1 || each*(rec.lines-1) < enoughLikeRows {
		return false
	}
	for rest := rec.data; len(rest) > 0; {
		line := c.firstLine(rest)
		if bytes.Count(line, []byte{c.delimiter}) != each {
			return false
		}
		rest = rest[len(line):]
	}
	return true
}

// secondLineIsRow reports whether the second physical line of rec by itself is a row of the right width.
func (c *csvRows) secondLineIsRow(rec record) bool {
	second := trimLineEnd(c.firstLine(rec.data[rec.first:]))
	cells, flaw := c.split(string(second), c.quotesIn(second, false), nil)
	return flaw == noFlaw && len(cells) == c.width && len(second) > 0
}

// firstLine returns the first physical line of p, with its end.
func (c *csvRows) firstLine(p []byte) []byte {
	if n := c.lineEnd(p, true); n > 0 {
		return p[:n]
	}
	return p
}

func runsIntoRow() *Broken {
	return broken(CodeQuote, hintStrayQuote, "a quote opened on this line runs on into the next, which is a row by itself")
}

func runsOverRows(lines int) *Broken {
	return broken(CodeQuote, hintStrayQuote+"; where the lines do belong to its cell, join them",
		"a quote opened on this line runs on over %d lines that are rows by themselves", lines-1)
}
