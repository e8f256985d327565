package source

import (
	"bytes"
	"strings"
)

// splitter takes one framed CSV record apart: cells between delimiters, quoted by `"`, a quote inside quotes written twice (RFC 4180).
// It is as strict as encoding/csv with its default settings, but leaves line ends inside quotes as they are. Its dialects:
//
//   - backslash: within and outside quotes, a backslash makes the quote, the backslash or the delimiter after it text. Before anything
//     else, and at the end of a line, it is a flaw: programs differ on what it means there.
//   - loose: a quote inside a cell that does not begin with one is text. Cells that begin with one are read as strictly as ever.
//   - none: quotes are text.
type splitter struct {
	delimiter byte
	most      int    // cells
	quotes    string // QuotesLoose, QuotesNone, or strict
	backslash bool
}

func newSplitter(delimiter rune, d dialect, l Limits) splitter {
	return splitter{delimiter: byte(delimiter), most: l.Columns, quotes: d.quotes, backslash: d.backslash}
}

// splitFlaw says why a record could not be taken apart.
type splitFlaw uint8

const (
	splitOK      splitFlaw = iota
	quoteInside            // a quote inside a cell that does not begin with one
	quoteAfter             // text between a closing quote and the delimiter
	quoteOpen              // no closing quote
	badEscape              // a backslash before something that needs none
	tooManyCells           // over splitter.most
)

// quotesIn counts the quotes of a physical line that open, close or stand for one inside quotes. open says that the line begins inside quotes.
// Inside quotes at its end is where open and the count say so: open, or else not, and an even, or else odd, count.
func (p splitter) quotesIn(line []byte, open bool) int {
	switch {
	case p.quotes == QuotesNone:
		return 0
	case p.quotes == QuotesLoose:
		return p.looseQuotes(line, open)
	case p.backslash:
		n := 0
		for i := 0; i < len(line); i++ {
			switch line[i] {
			case '\\':
				i++
			case '"':
				n++
			}
		}
		return n
	}
	return bytes.Count(line, quote)
}

func (p splitter) looseQuotes(line []byte, open bool) (n int) {
	start := !open // of a cell
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case p.backslash && c == '\\':
			i++
			start = false
		case c == '"' && open:
			n++
			if i+1 < len(line) && line[i+1] == '"' {
				n++
				i++
			} else {
				open = false
			}
		case open:
		case c == '"' && start:
			n++
			open, start = true, false
		default:
			start = c == p.delimiter
		}
	}
	return n
}

// split appends the cells of text, which has no line end, to cells; quotes is quotesIn of its lines. On a flaw, the cells before it are returned
// and the flaw is in the cell after them. Cells share text's memory.
func (p splitter) split(text string, quotes int, cells []string) ([]string, splitFlaw) {
	if quotes > 0 || p.backslash && strings.IndexByte(text, '\\') >= 0 {
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
		c := p.cut(text)
		if c.flaw != splitOK {
			return cells, c.flaw
		}
		cells = append(cells, c.text)
		if c.last {
			return cells, splitOK
		}
		text = c.rest
	}
}

// cell is one cell cut off the front of a record.
type cell struct {
	text   string
	rest   string // after the delimiter
	last   bool   // there is no delimiter
	quoted bool
	flaw   splitFlaw
}

func (p splitter) cut(text string) cell {
	if p.quotes == QuotesNone || !strings.HasPrefix(text, `"`) {
		return p.plain(text)
	}
	end, doubled, escaped := p.closingQuote(text)
	if end < 0 {
		return cell{flaw: quoteOpen}
	}
	c := cell{text: text[1:end], rest: text[end+1:], quoted: true}
	switch {
	case c.rest == "":
		c.last = true
	case c.rest[0] == p.delimiter:
		c.rest = c.rest[1:]
	default:
		c.flaw = quoteAfter
		return c
	}
	switch {
	case escaped:
		c.text, c.flaw = p.unescape(c.text, true)
	case doubled:
		c.text = strings.ReplaceAll(c.text, `""`, `"`)
	}
	return c
}

// plain cuts an unquoted cell off text.
func (p splitter) plain(text string) cell {
	end := strings.IndexByte(text, p.delimiter)
	slash := -1
	if p.backslash {
		slash = strings.IndexByte(text, '\\')
		if end >= 0 && slash > end {
			slash = -1
		}
	}
	if slash >= 0 {
		end = slash
		for end < len(text) && text[end] != p.delimiter {
			if text[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(text) {
			end = -1
		}
	}
	c := cell{text: text, last: true}
	if end >= 0 {
		c = cell{text: text[:end], rest: text[end+1:]}
	}
	switch {
	case slash < 0 && p.quotes != QuotesLoose && p.quotes != QuotesNone && strings.IndexByte(c.text, '"') >= 0:
		c.flaw = quoteInside
	case slash >= 0 && p.quotes != QuotesLoose && bareQuote(c.text):
		c.flaw = quoteInside
	case slash >= 0:
		c.text, c.flaw = p.unescape(c.text, false)
	}
	return c
}

// bareQuote reports whether text has a quote that no backslash stands before.
func bareQuote(text string) bool {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return true
		}
	}
	return false
}

// unescape resolves backslashes and, where doubled is set, quotes written twice.
func (p splitter) unescape(text string, doubled bool) (string, splitFlaw) {
	var b strings.Builder
	b.Grow(len(text))
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '\\' {
			i++
			if i == len(text) || text[i] != '"' && text[i] != '\\' && text[i] != p.delimiter {
				return "", badEscape
			}
			c = text[i]
		} else if doubled && c == '"' {
			i++
		}
		b.WriteByte(c)
	}
	return b.String(), splitOK
}

// closingQuote returns the index of the quote that closes the one at text[0], -1 when there is none, and whether doubled quotes or
// backslashes lie between.
func (p splitter) closingQuote(text string) (end int, doubled, escaped bool) {
	if p.backslash && strings.IndexByte(text, '\\') >= 0 {
		for i := 1; i < len(text); i++ {
			switch {
			case text[i] == '\\':
				escaped = true
				i++
			case text[i] != '"':
			case i+1 < len(text) && text[i+1] == '"':
				doubled = true
				i++
			default:
				return i, doubled, escaped
			}
		}
		return -1, doubled, escaped
	}
	for i := 1; ; i += 2 {
		j := strings.IndexByte(text[i:], '"')
		if j < 0 {
			return -1, doubled, false
		}
		i += j
		if i+1 == len(text) || text[i+1] != '"' {
			return i, doubled, false
		}
		doubled = true
	}
}

// columnWithCR returns the 1-based column of the first carriage return outside quotes, 0 when there is none. text is well-formed.
func (p splitter) columnWithCR(text string) int {
	for column := 1; ; column++ {
		c := p.cut(text)
		if !c.quoted && strings.IndexByte(c.text, '\r') >= 0 {
			return column
		}
		if c.last || c.flaw != splitOK {
			return 0
		}
		text = c.rest
	}
}
