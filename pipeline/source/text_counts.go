package source

import (
	"bytes"
	"context"
	"unicode/utf8"
)

// textCounts is what the survey counts in the bytes of a content in one pass, without splitting it. It is an io.Writer.
type textCounts struct {
	ctx         context.Context // ends the writing; may be nil
	bytes       int64
	lf, cr      int64
	crlf        int64     // CRs that LF follows
	multibyte   int64     // lines that are UTF-8 and not ASCII
	notUTF8     int64     // lines with bytes that are not UTF-8
	firstNot    int64     // the first of them, where LF ends lines
	firstNotAny int64     // the first of them, where CR does too
	switches    int64     // how often a line beyond ASCII is UTF-8 and the last such line was not, or the other way round
	switched    lineStart // the first line where that is so
	nuls        int64     // NUL characters
	nulAt       lineStart // the line of the first of them
	emptyRows   int64     // lines that may hold delimiters and nothing else, where LF ends lines
	emptyLine   emptyLine

	last             byte
	lastWas          byte   // 'u' where the last line beyond ASCII was UTF-8, 'x' where it was not
	began            int64  // where the present line begins
	carry            []byte // a character cut by the end of the last write, at most three bytes
	lineMulti, wrong bool   // what the present line has had so far
}

// lineStart is where a line of a content begins, and its number, where LF ends lines.
type lineStart struct{ offset, line int64 }

// Write fails only when the context has ended.
func (s *textCounts) Write(p []byte) (int, error) {
	n := len(p)
	if s.ctx != nil && s.ctx.Err() != nil {
		return 0, context.Cause(s.ctx)
	}
	if n == 0 {
		return 0, nil
	}
	at := s.bytes - int64(len(s.carry)) // where p with what was carried begins
	s.bytes += int64(n)
	s.countNULs(p)
	if s.last == '\r' && p[0] == '\n' {
		s.crlf++
	}
	s.last = p[n-1]
	s.emptyRows += s.emptyLine.look(p)
	if len(s.carry) == 0 && !s.lineMulti && !s.wrong && isASCII(p) {
		s.lf += int64(bytes.Count(p, []byte{'\n'}))
		s.cr += int64(bytes.Count(p, []byte{'\r'}))
		s.crlf += int64(bytes.Count(p, []byte("\r\n")))
		if i := bytes.LastIndexAny(p, "\r\n"); i >= 0 {
			s.began = at + int64(i) + 1
		}
		return n, nil
	}
	if len(s.carry) > 0 {
		p = append(s.carry, p...)
	}
	for i := bytes.IndexAny(p, "\r\n"); i >= 0; i = bytes.IndexAny(p, "\r\n") {
		s.look(p[:i])
		s.endLine()
		if p[i] == '\n' {
			s.lf++
		} else if s.cr++; i+1 < len(p) && p[i+1] == '\n' {
			s.crlf++
		}
		p, at = p[i+1:], at+int64(i)+1
		s.began = at
	}
	whole := len(p) - partialRune(p)
	s.look(p[:whole])
	s.carry = append([]byte(nil), p[whole:]...)
	return n, nil
}

// finish counts a last line without a line end.
func (s *textCounts) finish() {
	s.wrong = s.wrong || len(s.carry) > 0
	s.emptyRows += s.emptyLine.end()
	s.endLine()
}

// look looks at a part of a line.
func (s *textCounts) look(part []byte) {
	switch {
	case isASCII(part):
	case utf8.Valid(part):
		s.lineMulti = true
	default:
		s.wrong = true
	}
}

func (s *textCounts) endLine() {
	s.noteSwitch()
	if s.wrong {
		if s.notUTF8++; s.firstNot == 0 {
			s.firstNot, s.firstNotAny = s.lf+1, s.lf+s.cr-s.crlf+1
		}
	} else if s.lineMulti {
		s.multibyte++
	}
	s.wrong, s.lineMulti = false, false
}

// noteSwitch notices where lines of the one kind follow those of the other.
func (s *textCounts) noteSwitch() {
	is := s.lastWas
	switch {
	case s.wrong:
		is = 'x'
	case s.lineMulti:
		is = 'u'
	}
	if is != s.lastWas && s.lastWas != 0 {
		if s.switches++; s.switches == 1 {
			s.switched = lineStart{s.began, s.lf + 1}
		}
	}
	s.lastWas = is
}

// countNULs is called before the lines of p are counted.
func (s *textCounts) countNULs(p []byte) {
	i := bytes.IndexByte(p, 0)
	if i < 0 {
		return
	}
	if s.nuls == 0 {
		s.nulAt = lineStart{s.began, s.lf + 1 + int64(bytes.Count(p[:i], []byte{'\n'}))}
		if line := bytes.LastIndexByte(p[:i], '\n') + 1; line > 0 {
			s.nulAt.offset = s.bytes - int64(len(p)) + int64(line)
		}
	}
	s.nuls += int64(bytes.Count(p, []byte{0}))
}

// lines returns the number of physical lines, where CR alone ends one too if any is set.
func (s *textCounts) lines(any bool) int64 {
	n, ended := s.lf, s.last == '\n'
	if any {
		n, ended = s.lf+s.cr-s.crlf, ended || s.last == '\r'
	}
	if s.bytes > 0 && !ended {
		n++
	}
	return n
}

// onlyCR reports whether lines end with CR alone, as on Macs before 2001.
func (s *textCounts) onlyCR() bool {
	return s.lf == 0 && (s.cr > 1 || s.cr == 1 && s.last != '\r')
}

// few is how many of a kind of lines may be strays among twenty times as many of the other kind.
const few = 20

// strays reports whether a content is UTF-8, but for rows of another origin: text of one byte a character is almost never UTF-8 by chance. These rows are
// reported as broken, not misread.
func (s *textCounts) strays() bool { return s.multibyte*few > s.notUTF8 }

// joined reports whether two files in different encodings were put together: lines of the one kind, and then lines of the other.
func (s *textCounts) joined() bool {
	less, more := min(s.multibyte, s.notUTF8), max(s.multibyte, s.notUTF8)
	return s.switches > 0 && s.switches <= 2 && less > 1 && less*few > more
}

// joinedUTF16 reports whether UTF-16 follows on something else: from the first NUL on, nearly every other byte is one.
func (s *textCounts) joinedUTF16() bool {
	return s.nuls > 16 && s.nuls*4 > s.bytes-s.nulAt.offset && s.nulAt.line > 1
}

// isBinary reports whether so many NULs are there that it is no text, nor two of them.
func (s *textCounts) isBinary() bool { return s.nuls > 16 && s.nuls*few > s.bytes && !s.joinedUTF16() }

// partialRune returns how many bytes at the end of p begin a character that ends after it.
func partialRune(p []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(p); n++ {
		if end := p[len(p)-n:]; utf8.RuneStart(end[0]) && !utf8.FullRune(end) {
			return n
		}
	}
	return 0
}

// emptyLine finds lines that hold neither letters nor digits of ASCII, and something besides spaces and quotes: whatever the delimiter is, lines that hold
// nothing else are among them.
type emptyLine struct {
	filled, delimiters bool // what the present line has had so far
}

// look looks at a part of a text, and returns how many such lines end in it.
func (e *emptyLine) look(part []byte) (n int64) {
	for {
		end := bytes.IndexByte(part, '\n')
		line := part
		if end >= 0 {
			line = part[:end]
		}
		for i := 0; i < len(line) && !e.filled; i++ {
			switch c := line[i]; {
			case c == ' ' || c == '"' || c == '\r':
			case isASCIILetter(rune(c)) || c >= '0' && c <= '9':
				e.filled = true
			default:
				e.delimiters = true
			}
		}
		if end < 0 {
			return n
		}
		n += e.end()
		part = part[end+1:]
	}
}

// end ends the present line, and returns 1 where it is such a line.
func (e *emptyLine) end() (n int64) {
	if e.delimiters && !e.filled {
		n = 1
	}
	*e = emptyLine{}
	return n
}
