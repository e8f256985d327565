package source

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"unicode/utf8"
)

// jsonRows reads the rows of a JSONL input: one object a line, flattened. A bad line is one broken row.
type jsonRows struct {
	frames  *framer
	flat    flattener
	columns columns
	decode  bool // from windows-1252
	growing bool // the survey's reading, which learns the columns
	limits  Limits
}

func newJSONRows(f *File, text io.Reader, l Limits) *jsonRows {
	j := &jsonRows{frames: newFramer(text, int64(f.markLength), false, l), decode: f.Encoding == Windows1252, limits: l}
	j.flat.limits = l
	j.columns.index = make(map[string]int, len(f.Header))
	for _, name := range f.Header {
		j.columns.add(name)
	}
	return j
}

// surveyJSON reads the input once more for its columns: the flattened names of all rows that can be read, in order of first appearance.
func surveyJSON(ctx context.Context, f *File, l Limits) []error {
	t, err := openText(f, l, nil)
	if err != nil {
		return []error{err}
	}
	defer t.Close()
	var list rows
	j := newJSONRows(f, t, l)
	if list = j; f.Format == JSON {
		list = newArrayRows(j, t)
	}
	j.growing = true
	var first *Error // of the broken rows
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return []error{context.Cause(ctx)}
		}
		row, err := list.next()
		switch {
		case err == io.EOF:
			if f.Header = j.columns.names; len(f.Header) > 0 {
				return nil
			}
			if first == nil {
				first = &Error{Message: "none of its rows has a member", Hint: hintJSON}
			}
			return []error{first}
		case err != nil:
			return []error{err}
		case len(j.columns.names) > l.Columns:
			return []error{&Error{Line: row.Line, Message: fmt.Sprintf("the rows up to here have more than %d different members", l.Columns), Hint: "members of a row are columns; are these names, or values?"}}
		case row.Broken != nil && first == nil:
			first = &Error{Line: row.Line, Message: "no row can be read; the first: " + row.Broken.Message, Hint: row.Broken.Hint}
		}
	}
}

func (j *jsonRows) next() (Row, error) {
	for {
		fr, err := j.frames.peek()
		if err != nil {
			return Row{}, err
		}
		row := Row{Line: fr.line, Offset: fr.offset}
		switch {
		case fr.cut:
			row.Broken = &Broken{Code: CodeTooLong, Message: fmt.Sprintf("the line has more than %d bytes", j.limits.Record), Hint: "a row is one JSON object on a line", Raw: rawText(fr.data, j.decode)}
			if err := j.frames.skipLine(); err != nil {
				return Row{}, err
			}
			row.End = j.frames.offset
			return row, nil
		case len(bytes.TrimLeft(fr.data, " \t\r\n")) == 0:
			j.frames.take(len(fr.data), 1)
			continue
		}
		if row.Cells, row.Broken = j.cells(fr.data); row.Broken != nil {
			row.Cells, row.Broken.Raw = nil, rawText(fr.data, j.decode)
		}
		j.frames.take(len(fr.data), 1)
		row.End = j.frames.offset
		return row, nil
	}
}

// cells reads one line.
func (j *jsonRows) cells(line []byte) ([]string, *Broken) {
	if j.decode {
		decoded, ok := decode1252(string(line))
		if !ok {
			return nil, &Broken{Code: CodeEncoding, Message: "the row is not windows-1252", Hint: hintEncoding}
		}
		line = []byte(decoded)
	} else if !utf8.Valid(line) {
		return nil, &Broken{Code: CodeEncoding, Message: "the row is not UTF-8", Hint: "JSON is UTF-8; write the row anew, or say the list's encoding"}
	}
	if broken := j.flat.read(line); broken != nil {
		return nil, broken
	}
	return j.columns.place(&j.flat, j.growing)
}

// columns is where the flattened names go.
type columns struct {
	index  map[string]int
	names  []string
	filled []int64 // for every column the last row that filled it
	row    int64   // counts the rows placed
}

func (c *columns) add(name string) int {
	c.index[name] = len(c.names)
	c.names = append(c.names, name)
	c.filled = append(c.filled, 0)
	return len(c.names) - 1
}

// place puts the leaves of a row in its cells. When learn is set, new names become columns once the row has shown to be good,
// and no cells are made.
func (c *columns) place(flat *flattener, learn bool) ([]string, *Broken) {
	c.row++
	var cells []string
	if !learn {
		cells = make([]string, len(c.names))
	}
	values := string(flat.values)
	known := len(c.names)
	for _, l := range flat.leaves {
		name := flat.names[l.nameStart:l.nameEnd]
		at, ok := c.index[string(name)]
		if !ok {
			at = c.add(string(name)) // also without learn, to see whether it comes twice
		}
		if c.filled[at] == c.row {
			c.forget(known)
			return nil, &Broken{Code: CodeDuplicateKey, Message: fmt.Sprintf("two members make the column %q", name), Hint: "keep one of them"}
		}
		c.filled[at] = c.row
		if at < len(cells) {
			cells[at] = values[l.valueStart:l.valueEnd]
		}
	}
	if !learn && len(c.names) > known {
		name := c.names[known]
		c.forget(known)
		return nil, &Broken{Code: CodeUnknown, Message: fmt.Sprintf("member %q was not there at the first reading", name), Hint: "let the export finish, and start again"}
	}
	return cells, nil
}

// forget takes back the columns from the nth on.
func (c *columns) forget(n int) {
	for _, name := range c.names[n:] {
		delete(c.index, name)
	}
	c.names, c.filled = c.names[:n], c.filled[:n]
}
