package source

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"slices"
)

// jsonObjects finds objects that stand one after the other, each over several lines or several on a line, with or without commas between them. Where an
// object ends is found by its brackets, before it is decoded; so one that is not JSON costs itself and not the rest. An object that is not closed ends
// where a line begins with a { that cannot belong to it.
type jsonObjects struct {
	in           *bufio.Reader
	limits       Limits
	offset, line int64 // of the next byte
	after        bool  // an object came before: a comma may follow
	text         []byte
}

func newObjects(text io.Reader, f *File, l Limits) elements {
	return &jsonObjects{in: bufio.NewReaderSize(text, readAhead), limits: l, offset: int64(f.markLength), line: 1}
}

func (o *jsonObjects) next() ([]byte, Row, error) {
	if err := o.between(); err != nil {
		return nil, Row{}, err
	}
	row := Row{Line: o.line, Offset: o.offset}
	o.text, o.after = o.text[:0], true
	flaw, err := o.object()
	if err != nil && err != io.EOF {
		return nil, Row{}, err
	}
	row.End, row.Broken = o.offset, flaw
	if flaw != nil && len(o.text) > maxRaw {
		o.text = o.text[:maxRaw]
	}
	return bytes.TrimRight(o.text, space), row, nil
}

// between leaves out the space before an object, and one comma.
func (o *jsonObjects) between() error {
	for {
		c, err := o.in.ReadByte()
		if err != nil {
			return err
		}
		comma := c == ',' && o.after
		if !comma && bytes.IndexByte([]byte(space), c) < 0 {
			return o.in.UnreadByte()
		}
		o.after = o.after && !comma
		o.moved(c)
	}
}

func (o *jsonObjects) moved(c byte) {
	o.offset++
	if c == '\n' {
		o.line++
	}
}

// object reads an object into text, or as much as cannot be one. io.EOF is no fault where the object is whole.
func (o *jsonObjects) object() (*Broken, error) {
	b := brackets{lineStart: true}
	for {
		c, err := o.in.ReadByte()
		switch {
		case err == io.EOF && len(b.open) > 0:
			return broken(CodeJSON, hintObject, "the text ends within the object that begins here"), err
		case err != nil:
			return nil, err
		case len(o.text) == 0 && c != '{':
			_ = o.in.UnreadByte() // it was just read
			return broken(CodeJSON, "between objects, only one comma may be", "what begins here is no object"), o.line1()
		case b.begins(c):
			return broken(CodeJSON, "close it with }", "the object that begins here is not closed before the next one"), o.in.UnreadByte()
		}
		o.moved(c)
		if o.text = append(o.text, c); len(o.text) > o.limits.Record {
			return broken(CodeTooLong, "look for a quote or a bracket that is never closed", "the object has more than %d bytes", o.limits.Record), o.line1()
		}
		if b.take(c) {
			return nil, nil
		}
	}
}

// line1 leaves out what is left of the line.
func (o *jsonObjects) line1() error {
	for {
		c, err := o.in.ReadByte()
		if err != nil {
			return err
		}
		o.moved(c)
		if len(o.text) < maxRaw {
			o.text = append(o.text, c)
		}
		if c == '\n' {
			return nil
		}
	}
}

// brackets follows the brackets and strings of one JSON object.
type brackets struct {
	open      []byte // the brackets that are open
	quoted    bool   // within a string
	escaped   bool   // after a backslash in a string
	lineStart bool   // only space since the last line end
	last      byte   // the last byte outside strings that is no space; " for a string
}

// begins reports whether c begins another object: at the start of a line, where no value may be.
func (b *brackets) begins(c byte) bool {
	if c != '{' || !b.lineStart || len(b.open) == 0 {
		return false
	}
	if b.open[len(b.open)-1] == '{' {
		return b.last != ':'
	}
	return b.last != '[' && b.last != ','
}

// take moves over a byte, and reports whether it closes the object.
func (b *brackets) take(c byte) bool {
	switch {
	case c == '\n':
		b.quoted, b.escaped, b.lineStart = false, false, true // a string has no line end: it was not closed
		return false
	case b.escaped:
		b.escaped = false
		return false
	case b.quoted:
		b.escaped, b.quoted = c == '\\', c != '"'
		return false
	case c == ' ' || c == '\t' || c == '\r':
		return false
	}
	b.lineStart, b.last = false, c
	switch c {
	case '"':
		b.quoted = true
	case '{', '[':
		b.open = append(b.open, c)
	case '}', ']':
		b.open = b.open[:max(len(b.open)-1, 0)]
		return len(b.open) == 0
	}
	return false
}

// spread reports whether the beginning of a content shows objects that are not one to a line: over several lines, or several on one.
func spread(head []byte, l Limits) bool {
	start := bytes.TrimLeft(head, space)
	line, _, _ := bytes.Cut(start, []byte{'\n'})
	if json.Valid(bytes.TrimSuffix(bytes.TrimSpace(line), []byte{','})) {
		return false
	}
	const enough = 20
	list := newObjects(bytes.NewReader(start), &File{}, l)
	for range enough {
		text, row, err := list.next()
		if err != nil {
			return false
		}
		if row.Broken != nil || !json.Valid(text) {
			continue
		}
		alone := bytes.HasPrefix(bytes.TrimLeft(start[row.End:], ","+" \t\r"), []byte{'{'})
		if alone || slices.Contains(text, '\n') {
			return true
		}
	}
	return false
}
