package source

import "strings"

// splitter takes one framed CSV record apart: cells between delimiters, quoted by `"`, a quote inside quotes written twice (RFC 4180).
// It is as strict as encoding/csv with its default settings, but leaves line ends inside quotes as they are.
type splitter struct {
	delimiter byte
	most      int // cells
}

// splitFlaw says why a record could not be taken apart.
type splitFlaw uint8

const (
	splitOK      splitFlaw = iota
	quoteInside            // a quote inside a cell that does not begin with one
	quoteAfter             // text between a closing quote and the delimiter
	quoteOpen              // no closing quote
	tooManyCells           // over splitter.most
)

// split appends the cells of text, which has no line end, to cells. On a flaw, the cells before it are returned and the flaw
// is in the cell after them. Cells share text's memory.
func (p splitter) split(text string, quotes int, cells []string) ([]string, splitFlaw) {
	if quotes > 0 {
		return p.splitQuoted(text, cells)
	}
	for {
		if len(cells) == p.most {
			return cells, tooManyCells
		}
		i := strings.IndexByte(text, p.delimiter)
		if i < 0 {
			return append(cells, text), splitOK
		}
		cells = append(cells, text[:i])
		text = text[i+1:]
	}
}

func (p splitter) splitQuoted(text string, cells []string) ([]string, splitFlaw) {
	for {
		if len(cells) == p.most {
			return cells, tooManyCells
		}
		var cell string
		last := false
		if strings.HasPrefix(text, `"`) {
			end, doubled := closingQuote(text)
			if end < 0 {
				return cells, quoteOpen
			}
			cell = text[1:end]
			if doubled {
				cell = strings.ReplaceAll(cell, `""`, `"`)
			}
			text = text[end+1:]
			switch {
			case text == "":
				last = true
			case text[0] == p.delimiter:
				text = text[1:]
			default:
				return cells, quoteAfter
			}
		} else {
			cell, text, last = p.plain(text)
			if strings.IndexByte(cell, '"') >= 0 {
				return cells, quoteInside
			}
		}
		cells = append(cells, cell)
		if last {
			return cells, splitOK
		}
	}
}

// plain cuts an unquoted cell off text; last is true when no delimiter follows.
func (p splitter) plain(text string) (cell, rest string, last bool) {
	if i := strings.IndexByte(text, p.delimiter); i >= 0 {
		return text[:i], text[i+1:], false
	}
	return text, "", true
}

// closingQuote returns the index of the quote that closes the one at text[0], -1 when there is none, and whether doubled quotes lie between.
func closingQuote(text string) (end int, doubled bool) {
	for i := 1; ; i += 2 {
		j := strings.IndexByte(text[i:], '"')
		if j < 0 {
			return -1, doubled
		}
		i += j
		if i+1 == len(text) || text[i+1] != '"' {
			return i, doubled
		}
		doubled = true
	}
}
