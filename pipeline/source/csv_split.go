package source

import (
	"bytes"
	"strings"
)

// syntax says where the records of a CSV end and how one is split: cells between delimiters, quoted by `"`, a quote inside quotes written
// twice (RFC 4180). It is as strict as encoding/csv with its default settings, but leaves line ends inside quotes as they are. Its dialects:
//
//   - backslash: within and outside quotes, a backslash makes the quote, the backslash or the delimiter after it text. Before anything
//     else, and at the end of a line, it is a flaw: programs differ on what it means there.
//   - loose: a quote inside a cell that does not begin with one is text. Cells that begin with one are read strictly.
//   - none: quotes are text.
//   - line: a record is one quoted cell, and its text is split strictly.
//
// One form is read that RFC 4180 does not have: a cell such as ="00123", which programs write so that a spreadsheet leaves its text alone. It begins with
// =" and ends with the first quote that is not doubled, right before a delimiter or the end; delimiters and line ends between them belong to it, as
// they do for Excel. Its text is all of it as it stands. With backslash it is refused, like any quote inside a cell.
type syntax struct {
	dialect
	delimiter string // in bytes of the content; one byte but for rare lists
	overlaps  bool   // it can begin within itself
	most      int    // cells
}

func newSyntax(d dialect, delimiter string, l Limits) *syntax {
	return &syntax{dialect: d, delimiter: delimiter, overlaps: overlapsItself(delimiter), most: l.Columns}
}

// flaw says why a record's end was not found, or why it could not be split.
type flaw uint8

const (
	noFlaw       flaw = iota
	openQuote         // no closing quote
	longLine          // the first line by itself is over Limits.Record
	tooManyBytes      // over Limits.Record
	tooManyLines      // over Limits.Lines
	badBackslash      // a backslash before something that needs none; the flaws below are reported rather than this one
	quoteInside       // a quote inside a cell that does not begin with one
	quoteAfter        // text between a closing quote and the delimiter
	unclearEnd        // a delimiter that could begin in two places
	notOneCell        // not one quoted cell, where every record is
	tooManyCells      // over syntax.most
)

// lineEnd returns how many bytes of p its first line has, with its end; 0 when the end is not in p. Where CR alone ends lines, a CR
// that is p's last byte ends one only if all says that nothing follows p: LF may.
func (s *syntax) lineEnd(p []byte, all bool) int {
	if !s.anyEnd {
		return bytes.IndexByte(p, '\n') + 1
	}
	i := bytes.IndexAny(p, "\r\n")
	switch {
	case i < 0 || p[i] == '\n':
		return i + 1
	case i+1 < len(p) && p[i+1] == '\n':
		return i + 2
	case i+1 == len(p) && !all:
		return 0
	}
	return i + 1
}

// quotesIn counts the quotes of a physical line that open or close quotes, or mean a quote inside quotes. open says that the line begins inside quotes.
// Inside quotes at its end is where open and the count say so: open, or else not, and an even, or else odd, count.
func (s *syntax) quotesIn(line []byte, open bool) int {
	switch {
	case s.quotes == QuotesNone:
		return 0
	case s.quotes == QuotesLoose || s.backslash:
		n, _ := s.count(line, open)
		return n
	}
	return bytes.Count(line, []byte{'"'})
}

// count counts the quotes as quotesIn does, and the delimiters outside quotes. text may be no well-formed record.
func (s *syntax) count(text []byte, open bool) (quotes, delimiters int) {
	loose := s.quotes == QuotesLoose
	start := !open // of a cell
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case s.backslash && c == '\\':
			i++
			if len(s.delimiter) > 1 && bytes.HasPrefix(text[i:], []byte(s.delimiter)) {
				i += len(s.delimiter) - 1
			}
			start = false
		case c == '"' && s.quotes != QuotesNone && (open || start || !loose):
			quotes++
			open, start = !open, false
			if loose && !open && i+1 < len(text) && text[i+1] == '"' { // a doubled quote does not close
				quotes++
				open = true
				i++
			}
		case c == s.delimiter[0] && !open && (len(s.delimiter) == 1 || bytes.HasPrefix(text[i:], []byte(s.delimiter))):
			delimiters++
			i += len(s.delimiter) - 1
			start = true
		default:
			start = false
		}
	}
	return quotes, delimiters
}

// split appends the cells of text, which has no line end, to cells; quotes is quotesIn of its lines. On a flaw, the cells before it are returned
// and the flaw is in the cell after them. Cells share text's memory.
func (s *syntax) split(text string, quotes int, cells []string) ([]string, flaw) {
	if s.quotes == QuotesLine {
		return s.splitLine(text, cells)
	}
	plain := quotes == 0 && !s.overlaps && !(s.backslash && strings.IndexByte(text, '\\') >= 0)
	for plain && len(cells) < s.most {
		i := s.at(text)
		if i < 0 {
			return append(cells, text), noFlaw
		}
		cells = append(cells, text[:i])
		text = text[i+len(s.delimiter):]
	}
	for len(cells) < s.most {
		c := s.cut(text)
		if c.flaw != noFlaw {
			return cells, c.flaw
		}
		cells = append(cells, c.text)
		if c.last {
			return cells, noFlaw
		}
		text = c.rest
	}
	return cells, tooManyCells
}

// splitLine splits what is within the quotes around a whole record.
func (s *syntax) splitLine(text string, cells []string) ([]string, flaw) {
	inner := *s
	inner.quotes = ""
	text, ok := unwrap(text)
	if !ok {
		return cells, notOneCell
	}
	return inner.split(text, strings.Count(text, `"`), cells)
}

// unwrap returns the text of a record that is one quoted cell; ok is false where it is not.
func unwrap(text string) (inner string, ok bool) {
	if len(text) < 2 || text[0] != '"' || text[len(text)-1] != '"' {
		return "", false
	}
	inner = strings.ReplaceAll(text[1:len(text)-1], `""`, "\x00")
	if strings.Contains(inner, `"`) || strings.Count(text, "\x00") > 0 {
		return "", false
	}
	return strings.ReplaceAll(inner, "\x00", `"`), true
}

// cell is one cell cut off the front of a record.
type cell struct {
	text   string
	rest   string // after the delimiter
	last   bool   // there is no delimiter
	quoted bool
	flaw   flaw
}

func (s *syntax) cut(text string) cell {
	quoted := s.quotes != QuotesNone && strings.HasPrefix(text, `"`)
	if s.backslash && strings.IndexByte(text, '\\') >= 0 {
		return s.cutByBytes(text, quoted)
	}
	if quoted {
		end := strings.IndexByte(text[1:], '"') + 1
		if end > 0 && !strings.HasPrefix(text[end+1:], `"`) {
			return s.closed(text[1:end], text[end+1:])
		}
		return s.cutByBytes(text, true)
	}
	if s.strict() && !s.backslash && strings.HasPrefix(text, `="`) {
		return s.cutFormula(text)
	}
	c := cell{text: text, last: true}
	if end := s.at(text); end >= 0 {
		c = cell{text: text[:end], rest: text[end+len(s.delimiter):]}
		if s.unclear(text[end:]) {
			c.flaw = unclearEnd
		}
	}
	if s.strict() && strings.IndexByte(c.text, '"') >= 0 {
		c.flaw = quoteInside
	}
	return c
}

func (s *syntax) strict() bool { return s.quotes != QuotesLoose && s.quotes != QuotesNone }

// closed is a quoted cell with the text that follows its closing quote.
func (s *syntax) closed(text, after string) cell {
	switch {
	case after == "":
		return cell{text: text, last: true, quoted: true}
	case strings.HasPrefix(after, s.delimiter):
		return cell{text: text, rest: after[len(s.delimiter):], quoted: true}
	}
	return cell{quoted: true, flaw: quoteAfter}
}

// cutFormula cuts off a cell that is a text formula.
func (s *syntax) cutFormula(text string) cell {
	for i := len(`="`); i < len(text); i++ {
		switch {
		case text[i] != '"':
		case strings.HasPrefix(text[i+1:], `"`):
			i++
		default:
			cut := s.closed(text[:i+1], text[i+1:])
			if cut.flaw != noFlaw {
				cut.flaw = quoteInside
			}
			return cut
		}
	}
	return cell{flaw: quoteInside}
}

// cutByBytes cuts off a cell that holds doubled quotes or backslashes, or whose end they hide.
func (s *syntax) cutByBytes(text string, quoted bool) cell {
	var b strings.Builder
	b.Grow(min(len(text), 64))
	found := noFlaw
	i := 0
	if quoted {
		i = 1
	}
	for ; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && s.backslash:
			i++
			switch rest := text[min(i, len(text)):]; {
			case strings.HasPrefix(rest, s.delimiter):
				b.WriteString(s.delimiter)
				i += len(s.delimiter) - 1
				continue
			case rest == "" || rest[0] != '"' && rest[0] != '\\':
				found = max(found, badBackslash)
				continue
			}
		case c == '"' && quoted && strings.HasPrefix(text[i+1:], `"`):
			i++
		case c == '"' && quoted:
			cut := s.closed(b.String(), text[i+1:])
			cut.flaw = max(cut.flaw, found)
			return cut
		case c == '"' && s.strict():
			found = quoteInside
		case c == s.delimiter[0] && !quoted && strings.HasPrefix(text[i:], s.delimiter):
			if s.unclear(text[i:]) {
				found = max(found, unclearEnd)
			}
			return cell{text: b.String(), rest: text[i+len(s.delimiter):], flaw: found}
		}
		b.WriteByte(text[i])
	}
	if quoted {
		return cell{flaw: openQuote}
	}
	return cell{text: b.String(), last: true, flaw: found}
}

// columnWithCR returns the 1-based column of the first carriage return outside quotes, 0 when there is none. text is well-formed.
func (s *syntax) columnWithCR(text string) int {
	for column := 1; ; column++ {
		c := s.cut(text)
		if !c.quoted && strings.IndexByte(c.text, '\r') >= 0 {
			return column
		}
		if c.last || c.flaw != noFlaw {
			return 0
		}
		text = c.rest
	}
}
