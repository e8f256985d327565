package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// flattener reads one JSON object into leaves: strings as they are, numbers as written, true and false, null as nothing. Members of
// objects within are named address.city, elements of arrays phones[0]; an empty object or array makes no leaf.
// It is strict: duplicate names and bytes that are not UTF-8 are refused, nothing may follow the object.
type flattener struct {
	limits  Limits
	decoder jsontext.Decoder
	input   bytes.Buffer

	leaves []leaf
	names  []byte // of the leaves, one after the other
	values []byte // likewise
	path   []byte // the name at hand
}

// leaf is one value: where its name lies in flattener.names, its text in flattener.values.
type leaf struct{ nameStart, nameEnd, valueStart, valueEnd int }

// read fills leaves, names and values from line. They are valid until the next call.
func (f *flattener) read(line []byte) *Broken {
	f.leaves, f.names, f.values, f.path = f.leaves[:0], f.names[:0], f.values[:0], f.path[:0]
	f.input = *bytes.NewBuffer(line)
	f.decoder.Reset(&f.input)
	if kind := f.decoder.PeekKind(); kind != '{' && kind != jsontext.KindInvalid {
		return broken(CodeJSON, hintObject, "the row is JSON, but no object")
	}
	if err := f.value(1); err != nil {
		return notJSON(err)
	}
	if _, err := f.decoder.ReadToken(); err != io.EOF {
		return broken(CodeJSON, hintObject, "something follows the object, at byte %d of the row", f.decoder.InputOffset()+1)
	}
	return nil
}

// value reads the value at which the decoder stands, at that level of nesting.
func (f *flattener) value(level int) error {
	switch kind := f.decoder.PeekKind(); kind {
	case '{', '[':
		if level > f.limits.Depth {
			return broken(CodeTooDeep, "flatten the rows", "members are nested more than %d levels deep", f.limits.Depth)
		}
		return f.children(kind, level)
	default:
		return f.scalar(kind)
	}
}

func (f *flattener) children(kind jsontext.Kind, level int) error {
	if _, err := f.decoder.ReadToken(); err != nil {
		return err
	}
	base := len(f.path)
	for i := 0; ; i++ {
		next := f.decoder.PeekKind()
		if next == '}' || next == ']' {
			_, err := f.decoder.ReadToken()
			return err
		}
		f.path = f.path[:base]
		if kind == '[' {
			f.path = append(strconv.AppendInt(append(f.path, '['), int64(i), 10), ']')
		} else if err := f.member(level); err != nil {
			return err
		}
		if len(f.path) > maxName {
			return broken(CodeJSON, "names of members are columns", "a member's name has more than %d bytes", maxName)
		}
		if err := f.value(level + 1); err != nil {
			return err
		}
		f.path = f.path[:base]
	}
}

// member reads a member's name and appends it to the path.
func (f *flattener) member(level int) error {
	raw, err := f.decoder.ReadValue()
	if err != nil {
		return err
	}
	if level > 1 {
		f.path = append(f.path, '.')
	}
	start := len(f.path)
	if f.path, err = jsontext.AppendUnquote(f.path, raw); err != nil {
		return err
	}
	if len(f.path) == start {
		return broken(CodeJSON, "name it", "a member has an empty name")
	}
	if bytes.IndexByte(f.path[start:], 0) >= 0 {
		return broken(CodeControl, hintNUL, "a member's name holds a NUL character")
	}
	return nil
}

func (f *flattener) scalar(kind jsontext.Kind) error {
	raw, err := f.decoder.ReadValue()
	if err != nil {
		return err
	}
	start := len(f.values)
	switch kind {
	case '"':
		if f.values, err = jsontext.AppendUnquote(f.values, raw); err != nil {
			return err
		}
	case 'n':
	default:
		f.values = append(f.values, raw...)
	}
	value := f.values[start:]
	switch {
	case len(f.leaves) == f.limits.Columns:
		return broken(CodeTooMany, "import only what is needed", "the row has more than %d members", f.limits.Columns)
	case len(value) > f.limits.Cell:
		return broken(CodeCellTooLong, "shorten the value", "member %q has %d bytes, more than %d", f.path, len(value), f.limits.Cell)
	case bytes.IndexByte(value, 0) >= 0:
		return broken(CodeControl, hintNUL, "member %q holds a NUL character", f.path)
	}
	name := len(f.names)
	f.names = append(f.names, f.path...)
	f.leaves = append(f.leaves, leaf{name, len(f.names), start, len(f.values)})
	return nil
}

// notJSON makes a broken row of what the decoder refused. The decoder's own text may quote the input, so only its place is taken.
func notJSON(err error) *Broken {
	var b *Broken
	if errors.As(err, &b) {
		return b
	}
	var syntax *jsontext.SyntacticError
	where := ""
	if errors.As(err, &syntax) {
		where = fmt.Sprintf(", at byte %d of the row", syntax.ByteOffset+1)
	}
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		return broken(CodeDuplicateKey, "keep one of them", "a member is there twice%s", where)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return broken(CodeJSON, hintObject, "the row ends within the object")
	}
	return broken(CodeJSON, hintObject, "the row is not JSON%s", where)
}
