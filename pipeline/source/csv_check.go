package source

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// checkCells checks a record of the right width cell by cell where its bytes give reason to, and decodes those of a code page in place.
// With a *Broken, cells are decoded as far as they could be.
func (c *csvRows) checkCells(content string, cells []string) *Broken {
	if strings.IndexByte(content, 0) >= 0 {
		return broken(CodeControl, hintNUL, "column %d holds a NUL character", column(cells, func(cell string) bool { return strings.IndexByte(cell, 0) >= 0 }))
	}
	if !c.anyEnd && strings.IndexByte(content, '\r') >= 0 {
		if n := c.columnWithCR(content); n > 0 {
			return broken(CodeControl,
				"a line break inside a cell needs quotes around the cell; where CR ends a line, set line_ends: any under input: in the job file",
				"column %d holds a carriage return outside quotes", n)
		}
	}
	if c.page != nil {
		if looksUTF8(content) {
			return broken(CodeEncoding, hintStrayUTF8, "column %d is UTF-8, and the list is %s", column(cells, looksUTF8), c.charset)
		}
		if n := decodeCells(cells, c.page); n > 0 {
			return broken(CodeEncoding, hintEncoding, "column %d is not %s", n, c.charset)
		}
	} else if !utf8.ValidString(content) {
		return c.notText(column(cells, func(cell string) bool { return !utf8.ValidString(cell) }))
	}
	if len(content) > c.limits.Cell {
		return checkLength(cells, c.limits)
	}
	return nil
}

// notText is a row with a cell that is not UTF-8, as it is, or after conversion.
func (c *csvRows) notText(column int) *Broken {
	if c.charset != UTF8 {
		return broken(CodeEncoding, hintEncoding, "column %d is not %s", column, c.charset)
	}
	return broken(CodeEncoding, "the row was likely written as windows-1252; failed.csv shows it read that way: check it there", "column %d is not UTF-8", column)
}

// looksUTF8 reports text beyond ASCII that is UTF-8, which no text of one byte a character is by chance.
func looksUTF8(s string) bool { return !isASCII(s) && utf8.ValidString(s) }

// column returns the 1-based column of the first bad cell, 0 when there is none.
func column(cells []string, bad func(cell string) bool) int { return slices.IndexFunc(cells, bad) + 1 }

func checkLength(cells []string, l Limits) *Broken {
	if n := column(cells, func(cell string) bool { return len(cell) > l.Cell }); n > 0 {
		return broken(CodeCellTooLong, "shorten the cell", "column %d has %d bytes, more than %d", n, len(cells[n-1]), l.Cell)
	}
	return nil
}

// decodeCells decodes the cells of a code page in place; column is the first that has a byte without meaning, 0 for none.
func decodeCells(cells []string, page *codePage) (column int) {
	for i, cell := range cells {
		decoded, ok := page.decode(cell)
		if !ok && column == 0 {
			column = i + 1
		}
		cells[i] = decoded
	}
	return column
}

// misread says what is wrong with a record, in a column where it could be split up to that.
func (c *csvRows) misread(flaw flaw, column int, content string) *Broken {
	const hint = `put the cell in quotes, and write a quote inside it twice: ""`
	var b *Broken
	switch flaw {
	case longLine:
		return lineTooLong(c.limits, "shorten its cells, or export the list without the column that holds the long ones")
	case tooManyBytes:
		b = broken(CodeTooLong, hintStrayQuote, "a quote opened on this line is not closed within %d bytes", c.limits.Record)
	case tooManyLines:
		b = broken(CodeTooLong, hintStrayQuote, "a quote opened on this line is not closed within %d lines", c.limits.Lines)
	case quoteInside:
		b = broken(CodeQuote, hint, "column %d has a quote inside a cell that does not begin with one", column)
	case quoteAfter:
		b = broken(CodeQuote, hint, "column %d has text after its closing quote", column)
	case unclearEnd:
		b = broken(CodeRagged, "put cells that begin or end with a character of the delimiter in quotes",
			"where column %d ends cannot be known: a character of the delimiter stands beside it", column)
		return b
	case notOneCell:
		return broken(CodeQuote, "quotes: line is for lists whose every line is in quotes; leave it out where that is not so", "the line is not one quoted cell")
	case badBackslash:
		b = broken(CodeQuote, `write a backslash that is text twice: \\`,
			"column %d has a backslash before something that is no quote, backslash or delimiter", column)
	default:
		b = broken(CodeQuote, hintStrayQuote, "a quote opened on this line is never closed")
	}
	switch { // perhaps another setting reads it
	case !c.backslash && strings.Contains(content, `\"`):
		b.Hint = `its quotes look as if a backslash stood before those that are text: if so, set quote: backslash under input: in the job file`
	case flaw == quoteInside && c.quotes == "" && c.spacedIsRow(content):
		b.Hint = fmt.Sprintf("where a space follows every delimiter, write input: {delimiter: %s} in the job file", delimiterName(c.delimiter+" "))
	case c.quotes == "" && c.looseIsRow(content):
		b.Hint += "; where such quotes are text, set quotes: loose under input: in the job file"
	}
	return b
}

// looseIsRow reports whether text is one well-formed row where quotes within cells are text.
func (c *csvRows) looseIsRow(text string) bool {
	loose := *c.syntax
	loose.quotes = QuotesLoose
	cells, flaw := loose.split(text, loose.quotesIn([]byte(text), false), nil)
	return flaw == noFlaw && (c.width == 0 || len(cells) == c.width)
}

// spacedIsRow reports whether text is one well-formed row where a space belongs to the delimiter.
func (c *csvRows) spacedIsRow(text string) bool {
	spaced := *c.syntax
	spaced.delimiter += " "
	cells, flaw := spaced.split(text, strings.Count(text, `"`), nil)
	return flaw == noFlaw && len(cells) > 1 && (c.width == 0 || len(cells) == c.width)
}

// fit makes a row of exactly as many cells as there are columns, as the policy for ragged rows allows, or says why it cannot; the cells are
// then as they were. Where the header ends with a delimiter, the row must too, and the empty cell after it goes.
func (c *csvRows) fit(cells []string) ([]string, *Broken) {
	if c.width == 0 {
		return cells, nil
	}
	row, columns, policy := cells, c.width, c.ragged
	if c.trailing {
		columns -= 1 + c.surplus
		end := max(len(row)-1-c.surplus, 0)
		if policy == RaggedPad {
			end = min(columns, len(row))
		}
		switch {
		case (len(row) == c.width || policy == RaggedPad || policy == RaggedMerge) && !slices.ContainsFunc(row[end:], func(cell string) bool { return !c.blank(cell) }):
			row = row[:end]
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
		merged := strings.Join(row[columns-1:], c.delimiter)
		return append(row[:columns-1:columns-1], merged), nil
	}
	return cells, ragged(len(cells), c.width)
}

// blank is blankCell for a cell as it is in the file, which in a code page has no-break spaces of one byte.
func (c *csvRows) blank(cell string) bool {
	if c.page != nil {
		cell, _ = c.page.decode(cell)
	}
	return blankCell(cell)
}

// blankCell reports whether a cell is empty or holds only space and invisible characters; in a header it names no column.
func blankCell(cell string) bool { return headerName(cell) == "" }

// raggedLine is ragged for a record of a CSV, by what it looks like.
func (c *csvRows) raggedLine(content string, b *Broken) *Broken {
	switch {
	case strings.Trim(content, "\x00\x1a") == "":
		return broken(CodeControl, "remove it: it is nobody", "this line holds only control characters, as some programs end a file with")
	case isRule(content):
		return broken(CodeRagged, "remove it: it is nobody", "this line holds only dashes, as printed tables have them")
	case c.comment == 0 && strings.HasPrefix(content, "#"):
		b.Hint = `where lines that begin with # are comments, write input: {comment: "#"} in the job file`
	}
	return b
}

func ragged(cells, width int) *Broken {
	hint := "put cells that contain the delimiter in quotes"
	switch {
	case cells == 1:
		hint = "add the missing cells, or the delimiters for them; if it is the last word of a program, remove the line"
	case cells < width:
		hint = "add the missing cells, or the delimiters for them; where missing cells at the end are empty ones, write input: {ragged: pad} in the job file"
	}
	return broken(CodeRagged, hint, "the row has %s, the header has %d", counted(cells, "cell", "cells"), width)
}
