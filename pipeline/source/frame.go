package source

import (
	"bytes"
	"io"
)

// framer finds the bounds of records in a text. A record is a physical line or, where quotes is set, as many lines as it takes for the
// number of quotes to be even. It reads ahead of the record, so that a record that
// turns out to be broken can be given up after its first line without losing what follows.
//
// Cost is linear for any input: where a record runs on over many lines, every one of those lines but the first and the
// last has an even number of quotes, and ends by itself when reading resumes at it. (With loose quotes too: a line within a quoted cell has
// none but doubled ones, and these are even at the start of a cell as well.)
type framer struct {
	src      io.Reader
	quotes   func(line []byte, open bool) int // splitter.quotesIn; nil where quotes are text
	comment  byte                             // a record that begins with it is one line; 0 for none
	anyEnd   bool                             // CR alone ends a line
	maxBytes int                              // of a record
	maxLines int                              // of a record

	buf    []byte
	r, w   int   // buf[r:w] is read and not yet taken
	err    error // what src ended with, io.EOF included
	offset int64 // of buf[r] in the text
	line   int64 // physical line at buf[r], 1-based
}

// flaw says why a record's end was not found.
type flaw uint8

const (
	noFlaw       flaw = iota
	openQuote         // the text ends inside quotes
	tooManyBytes      // the record is over maxBytes
	tooManyLines      // the record is over maxLines
)

// frame is one record, or the first line of one whose end was not found.
type frame struct {
	data   []byte // with its line end; valid until take or skipLine
	first  int    // bytes of the first physical line, with its line end
	lines  int    // physical lines in data
	quotes int    // quote characters in data; 0 where the framer does not look for them
	offset int64  // of data in the text
	line   int64  // of the first physical line
	flaw   flaw   // noFlaw, or data is the first line alone
	remark bool   // a comment
	cut    bool   // the first line itself is over maxBytes, data is its beginning; leave it with skipLine
}

const framerBuffer = 256 << 10

func newFramer(src io.Reader, offset int64, quoted bool, l Limits) *framer {
	f := &framer{src: src, maxBytes: l.Record, maxLines: l.Lines, buf: make([]byte, framerBuffer), offset: offset, line: 1}
	if quoted {
		f.quotes = splitter{}.quotesIn
	}
	return f
}

// newDialectFramer frames the records of a CSV.
func newDialectFramer(src io.Reader, offset int64, p splitter, d dialect, l Limits) *framer {
	f := newFramer(src, offset, false, l)
	f.comment, f.anyEnd = d.comment, d.anyEnd
	if d.quotes != QuotesNone {
		f.quotes = p.quotesIn
	}
	return f
}

// peek returns the record at which the framer stands without leaving it; io.EOF when the text is at its end.
func (f *framer) peek() (frame, error) {
	end, long, err := f.lineEnd(0)
	if err != nil {
		return frame{}, err
	}
	fr := frame{first: end, lines: 1, offset: f.offset, line: f.line}
	fr.remark = f.comment != 0 && end > 0 && f.buf[f.r] == f.comment
	if long {
		fr.flaw, fr.cut, fr.data = tooManyBytes, true, f.buf[f.r:f.r+end]
		return fr, nil
	}
	if end == 0 {
		return frame{}, io.EOF
	}
	if f.quotes == nil || fr.remark {
		fr.data = f.buf[f.r : f.r+end]
		return fr, nil
	}
	fr.quotes = f.quotes(f.buf[f.r:f.r+end], false)
	for fr.quotes%2 == 1 {
		next, long, err := f.lineEnd(end)
		switch {
		case err != nil:
			return frame{}, err
		case long:
			fr.flaw = tooManyBytes
		case next == end:
			fr.flaw = openQuote
		case fr.lines == f.maxLines:
			fr.flaw = tooManyLines
		}
		if fr.flaw != noFlaw {
			fr.lines, end = 1, fr.first
			break
		}
		fr.quotes += f.quotes(f.buf[f.r+end:f.r+next], true)
		fr.lines++
		end = next
	}
	fr.data = f.buf[f.r : f.r+end]
	return fr, nil
}

var quote = []byte{'"'}

// lineEnd returns the end of the physical line that starts at from, both counted from f.r; from itself when the text ends there.
// When the record would be over maxBytes, long is true and the end is what was looked at. Errors are those of the source, never io.EOF.
func (f *framer) lineEnd(from int) (end int, long bool, err error) {
	scanned := from
	for {
		if n := f.endOfLine(f.buf[f.r+scanned : f.w]); n > 0 {
			end = scanned + n
			return end, end > f.maxBytes, nil
		}
		scanned = f.w - f.r
		if scanned > from && f.heldCR() {
			scanned--
		}
		switch {
		case scanned > f.maxBytes:
			return scanned, true, nil
		case f.err == io.EOF:
			return scanned, false, nil
		case f.err != nil:
			return 0, false, f.err
		}
		f.fill()
	}
}

// endOfLine returns how many bytes of p its first line has, with its end; 0 when the end is not in p. Where CR alone ends lines, a CR
// that is p's last byte is no end before the source is at its own: LF may follow.
func (f *framer) endOfLine(p []byte) int {
	if !f.anyEnd {
		return bytes.IndexByte(p, '\n') + 1
	}
	i := bytes.IndexAny(p, "\r\n")
	switch {
	case i < 0 || p[i] == '\n':
		return i + 1
	case i+1 < len(p) && p[i+1] == '\n':
		return i + 2
	case i+1 == len(p) && f.err != io.EOF:
		return 0
	}
	return i + 1
}

// heldCR reports whether the last byte read is a CR of which only the next one says whether it ends a line by itself.
func (f *framer) heldCR() bool { return f.anyEnd && f.err == nil && f.w > f.r && f.buf[f.w-1] == '\r' }

// take leaves the framer n bytes and that many lines further on.
func (f *framer) take(n, lines int) {
	f.r += n
	f.offset += int64(n)
	f.line += int64(lines)
}

// skipLine leaves the physical line at which the framer stands, however long it is.
func (f *framer) skipLine() error {
	for {
		if n := f.endOfLine(f.buf[f.r:f.w]); n > 0 {
			f.take(n, 1)
			return nil
		}
		held := 0
		if f.heldCR() {
			held = 1
		}
		f.take(f.w-f.r-held, 0)
		if f.err == io.EOF {
			f.line++
			return nil
		}
		if f.err != nil {
			return f.err
		}
		f.fill()
	}
}

// fill reads more of the source into the buffer, which grows to little more than maxBytes.
func (f *framer) fill() {
	if f.r > 0 {
		copy(f.buf, f.buf[f.r:f.w])
		f.w -= f.r
		f.r = 0
	}
	if f.w == len(f.buf) {
		grown := make([]byte, min(2*len(f.buf), f.maxBytes+framerBuffer))
		copy(grown, f.buf[:f.w])
		f.buf = grown
	}
	for range 100 {
		n, err := f.src.Read(f.buf[f.w:])
		f.w += n
		f.err = err
		if n > 0 || err != nil {
			return
		}
	}
	f.err = io.ErrNoProgress
}
