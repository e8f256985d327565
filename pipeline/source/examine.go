package source

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// examine checks a record of the right width cell by cell where its bytes give reason to, and decodes windows-1252.
// The cells are returned in any case; where a *Broken comes with them, as far as they could be decoded.
func (c *csvRecords) examine(content string, cells []string) ([]string, *Broken) {
	if strings.IndexByte(content, 0) >= 0 {
		for i, cell := range cells {
			if strings.IndexByte(cell, 0) >= 0 {
				return cells, &Broken{Code: CodeControl, Message: fmt.Sprintf("column %d holds a NUL character", i+1), Hint: hintNUL}
			}
		}
	}
	if !c.dialect.anyEnd && strings.IndexByte(content, '\r') >= 0 {
		if column := c.splitter.columnWithCR(content); column > 0 {
			return cells, &Broken{
				Code:    CodeControl,
				Message: fmt.Sprintf("column %d holds a carriage return outside quotes", column),
				Hint:    "a line break inside a cell needs quotes around the cell; where CR ends a line, say line_ends: any under input: in the job file",
			}
		}
	}
	if c.decode {
		if cells, column := decodeCells(cells); column > 0 {
			return cells, &Broken{Code: CodeEncoding, Message: fmt.Sprintf("column %d is not windows-1252", column), Hint: hintEncoding}
		}
	} else if !utf8.ValidString(content) {
		for i, cell := range cells {
			if !utf8.ValidString(cell) {
				return cells, &Broken{Code: CodeEncoding, Message: fmt.Sprintf("column %d is not UTF-8", i+1), Hint: hintMixed}
			}
		}
	}
	if len(content) > c.maxCell {
		for i, cell := range cells {
			if len(cell) > c.maxCell {
				return cells, &Broken{Code: CodeCellTooLong, Message: fmt.Sprintf("column %d has %d bytes, more than %d", i+1, len(cell), c.maxCell), Hint: "shorten the cell"}
			}
		}
	}
	return cells, nil
}

const (
	hintNUL      = "remove the character, which no text has"
	hintEncoding = "say the list's encoding, or type these characters anew"
	hintMixed    = "the row was likely written as windows-1252; failed.csv shows it read that way: check it there"
)

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

func (c *csvRecords) decodeAll(cells []string) []string {
	if c.decode {
		cells, _ = decodeCells(cells)
	}
	return cells
}

func mendAll(cells []string) []string {
	for i, cell := range cells {
		cells[i] = mendUTF8(cell)
	}
	return cells
}

// unframed says why the end of a record was not found.
func (c *csvRecords) unframed(fr frame) *Broken {
	b := &Broken{Raw: rawText(fr.data, c.decode)}
	const stray = "close or remove the quote on this line"
	switch {
	case fr.cut:
		b.Code, b.Message, b.Hint = CodeTooLong, fmt.Sprintf("the line has more than %d bytes", c.limits.Record), "shorten its cells"
	case fr.flaw == tooManyBytes:
		b.Code, b.Message, b.Hint = CodeTooLong, fmt.Sprintf("a quote opened on this line is not closed within %d bytes", c.limits.Record), stray
	case fr.flaw == tooManyLines:
		b.Code, b.Message, b.Hint = CodeTooLong, fmt.Sprintf("a quote opened on this line is not closed within %d lines", c.limits.Lines), stray
	default:
		b.Code, b.Message, b.Hint = CodeQuote, "a quote opened on this line is never closed", stray
	}
	c.suspect(b, b.Raw)
	return b
}

// misquoted says what is wrong with the quotes of a record, and which setting reads them, where one does.
func (c *csvRecords) misquoted(flaw splitFlaw, column int, content string) *Broken {
	b := &Broken{Code: CodeQuote, Hint: `put the cell in quotes, and write a quote inside it twice: ""`}
	switch flaw {
	case quoteInside:
		b.Message = fmt.Sprintf("column %d has a quote inside a cell that does not begin with one", column)
	case quoteAfter:
		b.Message = fmt.Sprintf("column %d has text after its closing quote", column)
	case badEscape:
		b.Message = fmt.Sprintf("column %d has a backslash before something that is no quote, backslash or delimiter", column)
		b.Hint = `write a backslash that is text twice: \\`
	default:
		b.Message = fmt.Sprintf("the quote that opens column %d is never closed", column)
	}
	c.suspect(b, content)
	return b
}

// looseIsWhole reports whether text is one well-formed row where quotes within cells are text.
func (c *csvRecords) looseIsWhole(text string) bool {
	p := c.splitter
	p.quotes = QuotesLoose
	cells, flaw := p.split(text, p.quotesIn([]byte(text), false), nil)
	return flaw == splitOK && (c.width == 0 || len(cells) == c.width)
}

// suspect proposes the setting of which a broken record looks as if it were written so.
func (c *csvRecords) suspect(b *Broken, content string) {
	switch {
	case !c.dialect.backslash && strings.Contains(content, `\"`):
		b.Hint = `its quotes look as if a backslash stood before those that are text: if so, say quote: backslash under input: in the job file`
	case c.dialect.quotes == "" && c.looseIsWhole(content):
		b.Hint += "; where such quotes are text, say quotes: loose under input: in the job file"
	}
}

func swallowing(cells, width int) *Broken {
	b := ragged(cells, width)
	b.Code, b.Hint = CodeQuote, "close or remove the quote on this line"
	b.Message = "a quote opened on this line runs on into the next, which is a row by itself"
	return b
}

func swallowingAll(lines int) *Broken {
	return &Broken{
		Code:    CodeQuote,
		Message: fmt.Sprintf("a quote opened on this line runs on over %d lines that are rows by themselves", lines-1),
		Hint:    "close or remove the quote on this line; where the lines do belong to its cell, join them",
	}
}

func tooMany(most int) *Broken {
	return &Broken{Code: CodeTooMany, Message: fmt.Sprintf("the row has more than %d cells", most), Hint: "put cells that contain the delimiter in quotes"}
}
