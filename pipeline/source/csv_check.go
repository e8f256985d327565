package source

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// checkCells checks a record of the right width cell by cell where its bytes give reason to, and decodes windows-1252.
// The cells are returned in any case; where a *Broken comes with them, as far as they could be decoded.
func (c *csvRows) checkCells(content string, cells []string) ([]string, *Broken) {
	if strings.IndexByte(content, 0) >= 0 {
		if n := column(cells, func(cell string) bool { return strings.IndexByte(cell, 0) >= 0 }); n > 0 {
			return cells, broken(CodeControl, hintNUL, "column %d holds a NUL character", n)
		}
	}
	if !c.anyEnd && strings.IndexByte(content, '\r') >= 0 {
		if n := c.columnWithCR(content); n > 0 {
			return cells, broken(CodeControl,
				"a line break inside a cell needs quotes around the cell; where CR ends a line, set line_ends: any under input: in the job file",
				"column %d holds a carriage return outside quotes", n)
		}
	}
	if c.decode {
		if cells, n := decodeCells(cells); n > 0 {
			return cells, broken(CodeEncoding, hintEncoding, "column %d is not windows-1252", n)
		}
	} else if !utf8.ValidString(content) {
		if n := column(cells, func(cell string) bool { return !utf8.ValidString(cell) }); n > 0 {
			return cells, broken(CodeEncoding, "the row was likely written as windows-1252; failed.csv shows it read that way: check it there",
				"column %d is not UTF-8", n)
		}
	}
	if len(content) > c.limits.Cell {
		return cells, checkLength(cells, c.limits)
	}
	return cells, nil
}

// column returns the 1-based column of the first bad cell, 0 when there is none.
func column(cells []string, bad func(cell string) bool) int { return slices.IndexFunc(cells, bad) + 1 }

func checkLength(cells []string, l Limits) *Broken {
	if n := column(cells, func(cell string) bool { return len(cell) > l.Cell }); n > 0 {
		return broken(CodeCellTooLong, "shorten the cell", "column %d has %d bytes, more than %d", n, len(cells[n-1]), l.Cell)
	}
	return nil
}

// decodeCells decodes windows-1252 in place; column is the first that has a byte without meaning, 0 for none.
func decodeCells(cells []string) (out []string, column int) {
	for i, cell := range cells {
		decoded, ok := decode1252(cell)
		if !ok && column == 0 {
			column = i + 1
		}
		cells[i] = decoded
	}
	return cells, column
}

// withoutEnd says why the end of a record was not found.
func (c *csvRows) withoutEnd(rec record) *Broken {
	raw := rawText(rec.data, c.decode)
	b := c.misread(rec.flaw, 0, raw)
	b.Raw = raw
	return b
}

// misread says what is wrong with a record, in a column where it could be taken apart up to that.
func (c *csvRows) misread(flaw flaw, column int, content string) *Broken {
	const hint = `put the cell in quotes, and write a quote inside it twice: ""`
	var b *Broken
	switch flaw {
	case longLine:
		return lineTooLong(c.limits, "shorten its cells")
	case tooManyBytes:
		b = broken(CodeTooLong, hintStrayQuote, "a quote opened on this line is not closed within %d bytes", c.limits.Record)
	case tooManyLines:
		b = broken(CodeTooLong, hintStrayQuote, "a quote opened on this line is not closed within %d lines", c.limits.Lines)
	case quoteInside:
		b = broken(CodeQuote, hint, "column %d has a quote inside a cell that does not begin with one", column)
	case quoteAfter:
		b = broken(CodeQuote, hint, "column %d has text after its closing quote", column)
	case badBackslash:
		b = broken(CodeQuote, `write a backslash that is text twice: \\`,
			"column %d has a backslash before something that is no quote, backslash or delimiter", column)
	default:
		b = broken(CodeQuote, hintStrayQuote, "a quote opened on this line is never closed")
	}
	c.proposeSetting(b, content)
	return b
}

// proposeSetting adds the setting with which a broken record could be read to its hint.
func (c *csvRows) proposeSetting(b *Broken, content string) {
	switch {
	case !c.backslash && strings.Contains(content, `\"`):
		b.Hint = `its quotes look as if a backslash stood before those that are text: if so, set quote: backslash under input: in the job file`
	case c.quotes == "" && c.looseIsRow(content):
		b.Hint += "; where such quotes are text, set quotes: loose under input: in the job file"
	}
}

// looseIsRow reports whether text is one well-formed row where quotes within cells are text.
func (c *csvRows) looseIsRow(text string) bool {
	loose := *c.syntax
	loose.quotes = QuotesLoose
	cells, flaw := loose.split(text, loose.quotesIn([]byte(text), false), nil)
	return flaw == noFlaw && (c.width == 0 || len(cells) == c.width)
}
