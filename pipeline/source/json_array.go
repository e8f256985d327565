package source

import (
	"bufio"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonArray finds the elements of a JSON array without holding more than one. An element that is JSON but no row is one broken row. What is no JSON
// ends the reading with an error: after it, where elements begin cannot be known. The survey reads all of it, so that such an input is refused
// before anything is sent.
type jsonArray struct {
	src     *bufio.Reader
	limits  Limits
	offset  int64 // of the next byte
	line    int64 // physical line at it, 1-based
	begun   bool  // past the opening bracket
	element []byte
	err     error // what reading ended with
}

func newArray(text io.Reader, f *File, l Limits) elements {
	return &jsonArray{src: bufio.NewReaderSize(text, 64<<10), limits: l, offset: int64(f.markLength), line: 1}
}

func (a *jsonArray) next() ([]byte, Row, error) {
	if a.err != nil {
		return nil, Row{}, a.err
	}
	row, closed := a.read()
	if a.err == io.EOF && !closed {
		a.err = unusableAt(a.line, "export or download the file again", "the array is not closed: the file is cut off")
	}
	return a.element, row, a.err
}

// read reads the next element; closed is true at the closing bracket.
func (a *jsonArray) read() (row Row, closed bool) {
	c := a.significant()
	first := !a.begun
	if first {
		if a.begun = true; c != '[' {
			a.fail("a JSON input begins with [; one object a line is JSONL", "there is no array")
		}
		c = a.significant()
	}
	if c == ']' {
		if a.significant(); a.err == nil {
			a.fail("an input is one array of objects", "something follows the array")
		}
		return Row{}, true
	}
	if !first {
		if c != ',' {
			a.fail("", "there is no comma between two elements")
		}
		c = a.significant()
	}
	row = Row{Line: a.line, Offset: a.offset - 1}
	a.value(c)
	row.End = a.offset
	if a.err == nil && !jsontext.Value(a.element).IsValid(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)) {
		a.err = unusableAt(row.Line, "export the list again; as JSON lines, only this row would be lost",
			"the element that begins here is not JSON, and where the next one begins cannot be known")
	}
	return row, false
}

// fail ends the reading, unless something else has.
func (a *jsonArray) fail(fix, format string, args ...any) {
	if a.err == nil {
		a.err = unusableAt(a.line, fix, format, args...)
	}
}

const space = " \t\r\n"

// value reads the value that begins with c into a.element.
func (a *jsonArray) value(c byte) {
	a.element = append(a.element[:0], c)
	depth, quoted := 0, false
	for a.err == nil {
		switch {
		case quoted && c == '\\':
			a.more()
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
		if depth <= 0 && !quoted && a.atEnd() {
			return
		}
		c = a.more()
	}
}

// atEnd reports whether a comma, a bracket or space comes next, with which a value outside brackets and quotes ends.
func (a *jsonArray) atEnd() bool {
	next, err := a.src.Peek(1)
	return err == nil && strings.IndexByte(",]}"+space, next[0]) >= 0
}

// more reads the next byte of an element.
func (a *jsonArray) more() byte {
	c := a.byte()
	if len(a.element) == a.limits.Record {
		a.fail("shorten its members; look for a quote that is never closed", "the element has more than %d bytes", a.limits.Record)
	}
	if a.err == nil {
		a.element = append(a.element, c)
	}
	return c
}

// significant returns the next byte that is no space; 0 where a.err is set.
func (a *jsonArray) significant() byte {
	for {
		if c := a.byte(); a.err != nil || strings.IndexByte(space, c) < 0 {
			return c
		}
	}
}

// byte reads the next byte; 0 where a.err is set.
func (a *jsonArray) byte() (c byte) {
	if a.err != nil {
		return 0
	}
	if c, a.err = a.src.ReadByte(); a.err != nil {
		return 0
	}
	a.offset++
	if c == '\n' {
		a.line++
	}
	return c
}
