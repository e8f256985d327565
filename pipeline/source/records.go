package source

import "io"

// recordFinder finds the bounds of records in a text. A record is a physical line or, where a quote may enclose line ends, as many lines as it takes
// for the number of quotes to be even. It reads ahead of the record, so that a record that turns out to be broken can be given up after its first line
// without losing what follows.
//
// Cost is linear for any input: where a record runs on over many lines, every one of those lines but the first and the
// last has an even number of quotes, and ends by itself when reading resumes at it. (With loose quotes too: a line within a quoted cell has
// none but doubled ones, and these are even at the start of a cell as well.)
type recordFinder struct {
	src    io.Reader
	syntax *syntax
	limits Limits

	buf    []byte
	r, w   int   // buf[r:w] is read and not yet taken
	err    error // what src ended with, io.EOF included
	offset int64 // of buf[r] in the text
	line   int64 // physical line at buf[r], 1-based
}

// record is one record, or the first line of one whose end was not found.
type record struct {
	data    []byte // with its line end; valid until the next peek or skipLine
	first   int    // bytes of the first physical line, with its line end
	lines   int    // physical lines in data
	quotes  int    // quote characters in data; 0 where quotes are text
	offset  int64  // of data in the text
	line    int64  // of the first physical line
	flaw    flaw   // noFlaw, or data is the first line alone; of longLine, its beginning, which skipLine leaves
	comment bool
}

const finderBuffer = 256 << 10

func newRecordFinder(src io.Reader, offset int64, s *syntax, l Limits) *recordFinder {
	return &recordFinder{src: src, syntax: s, limits: l, buf: make([]byte, finderBuffer), offset: offset, line: 1}
}

// peek returns the next record without leaving it; io.EOF when the text is at its end.
func (f *recordFinder) peek() (record, error) {
	end, _, err := f.lineEnd(0)
	if err != nil {
		return record{}, err
	}
	if end == 0 {
		return record{}, io.EOF
	}
	rec := record{data: f.buf[f.r : f.r+end], first: end, lines: 1, offset: f.offset, line: f.line}
	rec.comment = f.syntax.comment != 0 && f.buf[f.r] == f.syntax.comment
	if end > f.limits.Record {
		rec.flaw = longLine
	}
	if rec.flaw != noFlaw || rec.comment {
		return rec, nil
	}
	rec.quotes = f.syntax.quotesIn(rec.data, false)
	for rec.quotes%2 == 1 {
		next, _, err := f.lineEnd(end)
		switch {
		case err != nil:
			return record{}, err
		case next > f.limits.Record:
			rec.flaw = tooManyBytes
		case next == end:
			rec.flaw = openQuote
		case rec.lines == f.limits.Lines:
			rec.flaw = tooManyLines
		}
		if rec.flaw != noFlaw {
			rec.lines, end = 1, rec.first
			break
		}
		rec.quotes += f.syntax.quotesIn(f.buf[f.r+end:f.r+next], true)
		rec.lines++
		end = next
	}
	rec.data = f.buf[f.r : f.r+end] // the buffer may be another now
	return rec, nil
}

// lineEnd returns the end of the physical line that starts at from, both counted from f.r; from itself when the text ends there. Where that is over
// Limits.Record, it may be the end of what was looked at; whole is false then. Errors are those of the source, never io.EOF.
func (f *recordFinder) lineEnd(from int) (end int, whole bool, err error) {
	scanned := from
	for {
		if n := f.syntax.lineEnd(f.buf[f.r+scanned:f.w], f.err == io.EOF); n > 0 {
			return scanned + n, true, nil
		}
		scanned = f.w - f.r
		if f.syntax.anyEnd && f.err == nil && scanned > from && f.buf[f.w-1] == '\r' {
			scanned-- // only the next byte says whether this CR ends a line by itself
		}
		switch {
		case scanned > f.limits.Record:
			return scanned, false, nil
		case f.err == io.EOF:
			return scanned, true, nil
		case f.err != nil:
			return 0, false, f.err
		}
		f.fill()
	}
}

// take moves on by n bytes and that many lines.
func (f *recordFinder) take(n, lines int) {
	f.r += n
	f.offset += int64(n)
	f.line += int64(lines)
}

// skipLine moves past the present physical line, of any length.
func (f *recordFinder) skipLine() error {
	for {
		end, whole, err := f.lineEnd(0)
		if err != nil {
			return err
		}
		f.take(end, 0)
		if whole {
			f.line++
			return nil
		}
	}
}

// fill reads more of the source into the buffer, which grows to little more than Limits.Record.
func (f *recordFinder) fill() {
	if f.r > 0 {
		copy(f.buf, f.buf[f.r:f.w])
		f.w -= f.r
		f.r = 0
	}
	if f.w == len(f.buf) {
		grown := make([]byte, min(2*len(f.buf), f.limits.Record+finderBuffer))
		copy(grown, f.buf[:f.w])
		f.buf = grown
	}
	var n int
	n, f.err = f.src.Read(f.buf[f.w:])
	f.w += n
}
