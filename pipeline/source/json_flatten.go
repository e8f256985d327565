package source

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// flattener reads JSON objects into cells: strings as they are, numbers as written, true and false, null as nothing. Members of objects within
// are named address.city, elements of arrays phones[0]; an empty object or array makes no cell.
// It is strict: duplicate names and bytes that are not UTF-8 are refused, nothing may follow the object.
type flattener struct {
	limits  Limits
	learn   bool                   // the survey's reading, which finds the columns
	left    func(name string) bool // which members are no columns; nil: none
	decoder jsontext.Decoder
	input   bytes.Buffer

	columns map[string]int // by name
	names   []string       // of the columns
	filled  []int64        // for every column the last row that filled it
	row     int64          // counts the rows

	path   []byte // the name of the present value
	values []byte // of the row, one after the other
	leaves []leaf
}

// leaf is one value of a row: its column, and where its text is in flattener.values.
type leaf struct{ column, start, end int }

// cells returns the cells of a row. When learn is set, new names become columns once the row has shown to be good, and no cells are made.
func (f *flattener) cells(text []byte) ([]string, *Broken) {
	known := len(f.names)
	flaw := f.read(text)
	if flaw == nil && !f.learn && len(f.names) > known {
		flaw = broken(CodeUnknown, "let the export finish, and start again", "member %q was not there at the first reading", f.names[known])
	}
	if flaw != nil {
		for _, name := range f.names[known:] {
			delete(f.columns, name)
		}
		f.names, f.filled = f.names[:known], f.filled[:known]
	}
	if flaw != nil || f.learn {
		return nil, flaw
	}
	cells, values := make([]string, known), string(f.values)
	for _, l := range f.leaves {
		cells[l.column] = values[l.start:l.end]
	}
	return cells, nil
}

// read fills leaves and values from a row, and adds the columns that are not known yet.
func (f *flattener) read(text []byte) *Broken {
	f.row++
	f.leaves, f.values, f.path = f.leaves[:0], f.values[:0], f.path[:0]
	f.input = *bytes.NewBuffer(text)
	f.decoder.Reset(&f.input)
	if kind := f.decoder.PeekKind(); kind != '{' && kind != jsontext.KindInvalid {
		return broken(CodeJSON, hintObject, "the row is JSON, but no object")
	}
	if err := f.value(1); err != nil {
		return notJSON(err, text)
	}
	if _, err := f.decoder.ReadToken(); err != io.EOF {
		return broken(CodeJSON, hintObject, "something follows the object, at byte %d of the row", f.decoder.InputOffset()+1)
	}
	return nil
}

// value reads the next value, at that level of nesting.
func (f *flattener) value(level int) error {
	kind := f.decoder.PeekKind()
	if kind != '{' && kind != '[' {
		raw, err := f.decoder.ReadValue()
		if err != nil {
			return err
		}
		return f.scalar(kind, raw)
	}
	if text, ok := f.extended(kind, level); ok {
		if err := f.decoder.SkipValue(); err != nil {
			return err
		}
		return f.leaf(len(f.values), text)
	}
	if level > f.limits.Depth {
		return broken(CodeTooDeep, "flatten the rows", "members are nested more than %d levels deep", f.limits.Depth)
	}
	if kind == '[' {
		if read, err := f.pairs(); read {
			return err
		}
	}
	if _, err := f.decoder.ReadToken(); err != nil {
		return err
	}
	base := len(f.path)
	for i := int64(0); ; i++ {
		next := f.decoder.PeekKind()
		if next == '}' || next == ']' {
			_, err := f.decoder.ReadToken()
			return err
		}
		if kind == '[' {
			f.path = append(strconv.AppendInt(append(f.path, '['), i, 10), ']')
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

// extended returns the text of the next value where it is an object of MongoDB's Extended JSON. Only its first bytes are looked at where it is not.
func (f *flattener) extended(kind jsontext.Kind, level int) ([]byte, bool) {
	if kind != '{' || level == 1 {
		return nil, false
	}
	rest := bytes.TrimLeft(f.decoder.UnreadBuffer(), ",:"+space)
	if !bytes.HasPrefix(bytes.TrimLeft(rest[1:], space), []byte(`"$`)) {
		return nil, false
	}
	raw, err := jsontext.NewDecoder(bytes.NewReader(rest)).ReadValue()
	if err != nil {
		return nil, false
	}
	text, ok := extended(raw)
	return []byte(text), ok
}

// scalar reads a value that is neither object nor array into the column that the path names.
func (f *flattener) scalar(kind jsontext.Kind, raw []byte) (err error) {
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
	return f.leaf(start, nil)
}

// leaf makes a cell of f.values from start on, and of what is to be added to it.
func (f *flattener) leaf(start int, more []byte) error {
	f.values = append(f.values, more...)
	value := f.values[start:]
	at, known := f.columns[string(f.path)]
	switch {
	case !known && f.left != nil && f.left(string(f.path)):
		f.values = f.values[:start]
		return nil
	case len(f.leaves) == f.limits.Columns:
		return broken(CodeTooMany, hintTooMany(f.names), "the row has more than %d members", f.limits.Columns)
	case len(value) > f.limits.Cell:
		return broken(CodeCellTooLong, "shorten the value", "member %q has %d bytes, more than %d", f.path, len(value), f.limits.Cell)
	case bytes.IndexByte(value, 0) >= 0:
		return broken(CodeControl, hintNUL, "member %q holds a NUL character", f.path)
	case !known:
		at = f.add(string(f.path))
	}
	if f.filled[at] == f.row {
		return broken(CodeDuplicateKey, "keep one of them", "two members make the column %q", f.path)
	}
	f.filled[at] = f.row
	f.leaves = append(f.leaves, leaf{at, start, len(f.values)})
	return nil
}

// add makes a column.
func (f *flattener) add(name string) int {
	f.columns[name] = len(f.names)
	f.names, f.filled = append(f.names, name), append(f.filled, 0)
	return len(f.names) - 1
}

// notJSON makes a broken row of what the decoder refused. The decoder's own text may quote the input, so only its place is taken.
func notJSON(err error, text []byte) *Broken {
	if b, ok := errors.AsType[*Broken](err); ok {
		return b
	}
	where := ""
	if syntax, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		where = fmt.Sprintf(", at byte %d of the row", syntax.ByteOffset+1)
	}
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		return broken(CodeDuplicateKey, "keep one of them", "a member is there twice%s", where)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return broken(CodeJSON, hintObject, "the row ends within the object")
	}
	if at := trailingComma(text); at >= 0 {
		return broken(CodeJSON, hintTrailing, "%s, at byte %d of the row", saidTrailing, at+1)
	}
	return broken(CodeJSON, cmp.Or(oddJSON(text), hintObject), "the row is not JSON%s", where)
}
