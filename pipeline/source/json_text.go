package source

import (
	"bytes"
	"cmp"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonText decodes JSON without holding more than one element of Limits.Record bytes, and knows on which line it is.
type jsonText struct {
	*jsontext.Decoder
	text   io.Reader
	limits Limits
	begin  int64 // offset of the decoder's first byte in the input
	read   int64 // bytes that the decoder has taken from text
	lines  int64 // line ends among them
	err    error // what the text ended with, but for io.EOF
}

func newJSONText(text io.Reader, f *File, l Limits) *jsonText {
	j := &jsonText{text: text, limits: l, begin: int64(f.markLength)}
	j.Decoder = jsontext.NewDecoder(j, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	return j
}

// Read gives the decoder the text, never more of it than one element may have beyond the last token.
func (j *jsonText) Read(p []byte) (n int, err error) {
	room := int64(j.limits.Record) + betweenElements - (j.read - j.InputOffset())
	if room <= 0 {
		err = unusableAt(j.line(), "shorten its members; look for a quote that is never closed", "the element has more than %d bytes", j.limits.Record)
	} else {
		n, err = j.text.Read(p[:min(int64(len(p)), room)])
		j.read += int64(n)
		j.lines += int64(bytes.Count(p[:n], []byte{'\n'}))
	}
	if err != nil && err != io.EOF {
		j.err = err
	}
	return n, err
}

// line is the physical line at the end of the last token, 1-based.
func (j *jsonText) line() int64 {
	return 1 + j.lines - int64(bytes.Count(j.UnreadBuffer(), []byte{'\n'}))
}

// peek returns the kind of the next token, and its line.
func (j *jsonText) peek() (jsontext.Kind, int64) {
	kind := j.PeekKind()
	rest := j.UnreadBuffer()
	between := rest[:len(rest)-len(bytes.TrimLeft(rest, ",:"+space))]
	return kind, j.line() + int64(bytes.Count(between, []byte{'\n'}))
}

// skip leaves out the next value, of any length.
func (j *jsonText) skip() error {
	depth := j.StackDepth()
	for {
		if _, err := j.ReadToken(); err != nil {
			return j.wrong(err)
		}
		if j.StackDepth() <= depth {
			return nil
		}
	}
}

// wrong says why the text cannot be decoded further: after it, where elements begin cannot be known.
func (j *jsonText) wrong(err error) error {
	rest := j.UnreadBuffer()
	line := j.line() + int64(bytes.Count(rest[:len(rest)-len(bytes.TrimLeft(rest, space))], []byte{'\n'}))
	switch {
	case j.err != nil:
		return j.err
	case errors.Is(err, io.ErrUnexpectedEOF) || err == io.EOF:
		return unusableAt(j.line()+int64(bytes.Count(rest, []byte{'\n'})), "export or download the file again", "the JSON ends before its last bracket: the file is cut off")
	}
	if at := trailingComma(rest); at >= 0 {
		return unusableAt(j.line()+int64(bytes.Count(rest[:at], []byte{'\n'})), hintTrailing, "%s", saidTrailing)
	}
	return unusableAt(line, cmp.Or(oddJSON(rest), "export the list again; as JSON lines, only this row would be lost"), "what begins here is not JSON, and where the next element begins cannot be known")
}

const (
	hintTrailing = "remove the comma"
	saidTrailing = "a comma stands before a closing bracket"
)

// trailingComma returns where the first comma is that a closing bracket follows, -1 for none. What is in strings does not count. text begins
// outside a string.
func trailingComma(text []byte) int {
	comma, quoted := -1, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted, comma = !quoted, -1
		case quoted:
		case c == ',':
			comma = i
		case (c == '}' || c == ']') && comma >= 0:
			return comma
		case bytes.IndexByte([]byte(space), c) < 0:
			comma = -1
		}
	}
	return -1
}
