package source

import "bytes"

// enoughLikeRows is how many delimiters the lines after a record's first must have together, each line as many as the header, before
// they are taken for rows rather than for text in a cell: one line in a list of seven columns, two in one of four.
const enoughLikeRows = 6

// eachLineIsRow reports whether every physical line of fr has, quotes aside, as many cells as the whole of it, which is the header or as wide as
// the header. Then two stray quotes in one column have made one cell of rows; the record is well-formed and of the right width, and wrong.
func (c *csvRecords) eachLineIsRow(fr frame, cells int) bool {
	each := cells - 1
	if fr.lines == 1 || each*(fr.lines-1) < enoughLikeRows {
		return false
	}
	for rest := fr.data; len(rest) > 0; {
		n := c.firstLine(rest)
		if bytes.Count(rest[:n], []byte{c.splitter.delimiter}) != each {
			return false
		}
		rest = rest[n:]
	}
	return true
}

// secondIsWhole reports whether the second physical line of fr by itself is a row of the right width.
func (c *csvRecords) secondIsWhole(fr frame) bool {
	rest := fr.data[fr.first:]
	second := trimLineEnd(rest[:c.firstLine(rest)])
	cells, flaw := c.splitter.split(string(second), c.splitter.quotesIn(second, false), nil)
	return flaw == splitOK && len(cells) == c.width && len(second) > 0
}

// firstLine returns the bytes of the first physical line of p, with its end.
func (c *csvRecords) firstLine(p []byte) int {
	end := bytes.IndexByte(p, '\n')
	if c.dialect.anyEnd {
		if end = bytes.IndexAny(p, "\r\n"); end >= 0 && p[end] == '\r' && end+1 < len(p) && p[end+1] == '\n' {
			end++
		}
	}
	if end < 0 {
		return len(p)
	}
	return end + 1
}
