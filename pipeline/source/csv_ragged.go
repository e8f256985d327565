package source

import "strings"

// fit makes a row of exactly as many cells as there are columns, as the policy for ragged rows allows, or says why it cannot; the cells are
// then as they were. Where the header ends with a delimiter, the row must too, and the empty cell after it goes.
func (c *csvRows) fit(cells []string) ([]string, *Broken) {
	if c.width == 0 {
		return cells, nil
	}
	row, columns := cells, c.columns
	policy := c.ragged
	if c.inHeader {
		policy = RaggedInvalid
	}
	if c.trailing {
		switch last := len(row) - 1; {
		case c.blank(row[last]) && (len(row) == c.width || policy == RaggedPad || policy == RaggedMerge):
			row = row[:last]
		case len(row) == c.width:
			return cells, broken(CodeRagged, "name that column in the header, or put cells that contain the delimiter in quotes",
				"the header ends with a delimiter, and this row has text after its last one")
		case len(row) > c.width || policy != RaggedPad:
			return cells, ragged(len(cells), c.width)
		}
	}
	switch {
	case len(row) == columns:
		return row, nil
	case len(row) < columns && policy == RaggedPad:
		return append(row, make([]string, columns-len(row))...), nil
	case len(row) > columns && policy == RaggedMerge:
		merged := strings.Join(row[columns-1:], string(rune(c.delimiter)))
		return append(row[:columns-1:columns-1], merged), nil
	}
	return cells, ragged(len(cells), c.width)
}

// blank is blankCell for a cell as it stands in the file, which in windows-1252 has no-break spaces of one byte.
func (c *csvRows) blank(cell string) bool {
	if c.decode {
		cell, _ = decode1252(cell)
	}
	return blankCell(cell)
}

// blankCell reports whether a cell is empty or holds only space and invisible characters; in a header it names no column.
func blankCell(cell string) bool { return cell == "" || headerNames([]string{cell})[0] == "" }

func ragged(cells, width int) *Broken {
	hint := "put cells that contain the delimiter in quotes"
	if cells < width {
		hint = "add the missing cells, or the delimiters for them"
	}
	return broken(CodeRagged, hint, "the row has %s, the header has %d", counted(cells, "cell", "cells"), width)
}
