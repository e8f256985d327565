package source

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// arrayRows reads the rows of a JSON array, one element after the other, without holding more than one. An element that is JSON but no
// row is one broken row. What is no JSON ends the reading with an *Error: after it, nobody can say where elements begin. The survey
// reads all of it, so that such an input is refused before anything is sent.
type arrayRows struct {
	*jsonRows // takes elements apart
	src       *bufio.Reader
	offset    int64 // of the next byte
	line      int64 // physical line at it, 1-based
	begun     bool  // past the opening bracket
	element   []byte
	err       error
}

func newArrayRows(j *jsonRows, text io.Reader) *arrayRows {
	return &arrayRows{jsonRows: j, src: bufio.NewReaderSize(text, 64<<10), offset: j.frames.offset, line: 1}
}

func (a *arrayRows) next() (Row, error) {
	if a.err != nil {
		return Row{}, a.err
	}
	row, err := a.read()
	a.err = err
	return row, err
}

func (a *arrayRows) read() (Row, error) {
	c, err := a.significant()
	if err != nil {
		return Row{}, err
	}
	first := !a.begun
	if first {
		if c != '[' {
			return Row{}, a.wrong("there is no array", "a JSON input begins with [; one object a line is JSONL")
		}
		a.begun = true
		if c, err = a.significant(); err != nil {
			return Row{}, err
		}
	}
	if c == ']' {
		return Row{}, a.end()
	}
	if !first {
		if c != ',' {
			return Row{}, a.wrong("there is no comma between two elements", "")
		}
		if c, err = a.significant(); err != nil {
			return Row{}, err
		}
	}
	row := Row{Line: a.line, Offset: a.offset - 1}
	if err := a.value(c); err != nil {
		return Row{}, err
	}
	row.End = a.offset
	if !jsontext.Value(a.element).IsValid(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)) {
		return Row{}, &Error{Line: row.Line, Message: "the element that begins here is not JSON, and where the next one begins is anyone's guess", Hint: "export the list anew; as JSON lines, only this row would be lost"}
	}
	if row.Cells, row.Broken = a.cells(a.element); row.Broken != nil {
		row.Cells, row.Broken.Raw = nil, rawText(a.element, a.decode)
	}
	return row, nil
}

// end checks that nothing follows the closing bracket.
func (a *arrayRows) end() error {
	for {
		c, err := a.byte()
		switch {
		case err != nil:
			return err
		case !strings.ContainsRune(" \t\r\n", rune(c)):
			return a.wrong("something follows the array", "an input is one array of objects")
		}
	}
}

// value reads the value that begins with c into a.element.
func (a *arrayRows) value(c byte) error {
	a.element = append(a.element[:0], c)
	depth, quoted := 0, false
	for {
		switch {
		case quoted && c == '\\':
			if err := a.more(&c); err != nil {
				return err
			}
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
		if depth <= 0 && !quoted {
			done, err := a.atEnd()
			if err != nil || done {
				return err
			}
		}
		if err := a.more(&c); err != nil {
			return err
		}
	}
}

// atEnd reports whether a comma, a bracket or space comes next, with which a value outside brackets and quotes ends.
func (a *arrayRows) atEnd() (bool, error) {
	next, err := a.src.Peek(1)
	if err != nil {
		return false, a.cutOff(err)
	}
	return strings.IndexByte(",]} \t\r\n", next[0]) >= 0, nil
}

// more reads the next byte of an element.
func (a *arrayRows) more(c *byte) (err error) {
	if *c, err = a.byte(); err != nil {
		return a.cutOff(err)
	}
	if len(a.element) == a.limits.Record {
		return a.wrong(fmt.Sprintf("the element has more than %d bytes", a.limits.Record), "shorten its members; look for a quote that is never closed")
	}
	a.element = append(a.element, *c)
	return nil
}

// significant returns the next byte that is no space.
func (a *arrayRows) significant() (byte, error) {
	for {
		c, err := a.byte()
		if err != nil {
			return 0, a.cutOff(err)
		}
		if strings.IndexByte(" \t\r\n", c) < 0 {
			return c, nil
		}
	}
}

func (a *arrayRows) byte() (byte, error) {
	c, err := a.src.ReadByte()
	if err != nil {
		return 0, err
	}
	a.offset++
	if c == '\n' {
		a.line++
	}
	return c, nil
}

func (a *arrayRows) wrong(message, hint string) error {
	return &Error{Line: a.line, Message: message, Hint: hint}
}

// cutOff is what the end of the text means where more must come.
func (a *arrayRows) cutOff(err error) error {
	if err == io.EOF {
		return a.wrong("the array is not closed: the file is cut off", "make or fetch the file again")
	}
	return err
}
