package source

import "bytes"

// enoughLikeRows is how many delimiters the lines after a record's first must have together, each line as many as the header, before
// they are taken for rows rather than for text in a cell: one line in a list of seven columns, two in one of four.
const enoughLikeRows = 6

// eachLineIsRow reports whether every physical line of fr has, quotes aside, as many cells as the header. Then two stray quotes in one column
// have made one cell of rows; the record is well-formed and of the right width, and wrong.
func (c *csvRecords) eachLineIsRow(fr frame) bool {
	each := c.width - 1
	if fr.lines == 1 || each*(fr.lines-1) < enoughLikeRows {
		return false
	}
	for line := range bytes.Lines(fr.data) {
		if bytes.Count(line, []byte{c.splitter.delimiter}) != each {
			return false
		}
	}
	return true
}

// secondIsWhole reports whether the second physical line of fr by itself is a row of the right width.
func (c *csvRecords) secondIsWhole(fr frame) bool {
	second, _, _ := bytes.Cut(fr.data[fr.first:], []byte{'\n'})
	second = trimLineEnd(second)
	cells, flaw := c.splitter.split(string(second), bytes.Count(second, quote), nil)
	return flaw == splitOK && len(cells) == c.width && len(second) > 0
}
