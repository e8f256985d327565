package source

import (
	"bytes"
	"cmp"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonArray finds the elements of a JSON array without holding more than one. An element that is JSON but no row is one broken row. What is no JSON
// ends the reading with an error: after it, where elements begin cannot be known. The survey reads all of it, so that such an input is refused
// before anything is sent.
type jsonArray struct {
	text    io.Reader
	decoder *jsontext.Decoder
	limits  Limits
	begin   int64 // offset of the decoder's first byte in the input
	read    int64 // bytes that the decoder has taken from text
	line    int64 // physical line at the decoder's place, 1-based
	err     error // what reading ended with
}

func newArray(text io.Reader, f *File, l Limits) elements {
	a := &jsonArray{text: text, limits: l, begin: int64(f.markLength), line: 1}
	a.decoder = jsontext.NewDecoder(a, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	return a
}

// betweenElements is how many bytes of space may be before an element of any length.
const betweenElements = 64 << 10

// Read gives the decoder the text, never more of it than one element may have beyond the last one.
func (a *jsonArray) Read(p []byte) (n int, err error) {
	room := int64(a.limits.Record) + betweenElements - (a.read - a.decoder.InputOffset())
	if room <= 0 {
		err = a.tooLong()
	} else {
		n, err = a.text.Read(p[:min(int64(len(p)), room)])
		a.read += int64(n)
	}
	if err != nil && err != io.EOF {
		a.err = err
	}
	return n, err
}

func (a *jsonArray) tooLong() error {
	return unusableAt(a.line, "shorten its members; look for a quote that is never closed", "the element has more than %d bytes", a.limits.Record)
}

func (a *jsonArray) next() ([]byte, Row, error) {
	if a.err != nil {
		return nil, Row{}, a.err
	}
	element, err := a.element()
	if err != nil && a.err == nil { // the text can be read
		a.err = err
	}
	if a.err != nil {
		return nil, Row{}, a.err
	}
	end := a.begin + a.decoder.InputOffset()
	row := Row{Line: a.line, Offset: end - int64(len(element)), End: end}
	a.line += int64(bytes.Count(element, []byte{'\n'}))
	return element, row, nil
}

// element reads the next element; io.EOF after the array. It leaves line at the element's first line.
func (a *jsonArray) element() (jsontext.Value, error) {
	if a.decoder.StackDepth() == 0 {
		a.skip()
		if token, err := a.decoder.ReadToken(); err == io.EOF {
			return nil, a.cutOff()
		} else if err != nil || token.Kind() != '[' {
			return nil, unusableAt(a.line, "a JSON input begins with [; one object a line is JSONL", "there is no array")
		}
	}
	kind := a.skip()
	if kind == ']' {
		_, _ = a.decoder.ReadToken() // it was just peeked at
		a.skip()
		if _, err := a.decoder.ReadToken(); err != io.EOF {
			return nil, unusableAt(a.line, "an input is one array of objects; of several, jq -c '.[]' makes JSON lines", "something follows the array")
		}
		return nil, io.EOF
	}
	_, before := a.decoder.StackIndex(1)
	rest := bytes.TrimLeft(a.decoder.UnreadBuffer(), space)
	element, err := a.decoder.ReadValue()
	switch {
	case before > 0 && kind == jsontext.KindInvalid && len(rest) > 0 && rest[0] != ',':
		return nil, unusableAt(a.line, "", "there is no comma between two elements")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, a.cutOff()
	case err != nil && trailingComma(a.decoder.UnreadBuffer()) >= 0:
		return nil, unusableAt(a.lineOfComma(), hintTrailing, "%s", saidTrailing)
	case err != nil:
		return nil, unusableAt(a.line, cmp.Or(oddJSON(a.decoder.UnreadBuffer()), "export the list again; as JSON lines, only this row would be lost"),
			"the element that begins here is not JSON, and where the next one begins cannot be known")
	case len(element) > a.limits.Record:
		return nil, a.tooLong()
	}
	return element, nil
}

const space = " \t\r\n"

// skip counts the lines before the next token, and returns the token's kind.
func (a *jsonArray) skip() jsontext.Kind {
	kind := a.decoder.PeekKind() // after which the token's first byte is buffered
	rest := a.decoder.UnreadBuffer()
	before := rest[:len(rest)-len(bytes.TrimLeft(rest, ","+space))]
	a.line += int64(bytes.Count(before, []byte{'\n'}))
	return kind
}

// lineOfComma is the line of a comma before a closing bracket. The lines up to the next token are counted already.
func (a *jsonArray) lineOfComma() int64 {
	rest := a.decoder.UnreadBuffer()
	counted := rest[:len(rest)-len(bytes.TrimLeft(rest, ","+space))]
	end := []byte{'\n'}
	return a.line - int64(bytes.Count(counted, end)) + int64(bytes.Count(rest[:trailingComma(rest)], end))
}

// cutOff is the error of an array whose end is not there. All that is left of the text is buffered.
func (a *jsonArray) cutOff() error {
	a.line += int64(bytes.Count(bytes.TrimLeft(a.decoder.UnreadBuffer(), ","+space), []byte{'\n'}))
	return unusableAt(a.line, "export or download the file again", "the array is not closed: the file is cut off")
}
