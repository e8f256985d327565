package source

import (
	"bytes"
	"context"
	"io"
	"unicode/utf8"
)

// jsonFormat is a format whose rows are JSON objects, flattened. newElements finds the objects in a text.
func jsonFormat(name, title string, newElements func(io.Reader, *File, Limits) elements, begins func([]byte, bool) bool, endings ...string) format {
	f := format{name: name, noun: "JSON", endings: endings, begins: begins, describe: func(*File) string { return title }}
	f.open = func(f *File, t *text, l Limits) (rows, error) { return newJSONRows(f, newElements(t, f, l), l), nil }
	f.survey = func(ctx context.Context, f *File, head []byte, _ Options, l Limits) error {
		start := bytes.TrimLeft(head, " \t\r\n")
		switch {
		case name == JSONL && beginsArray(start, false):
			return unusable("use json, or leave the format unset", "it is one JSON array, and jsonl is set")
		case name == JSONL && f.onlyCR:
			return unusable("save it with the line ends of Unix or Windows", "its lines end with a carriage return alone")
		}
		return learnColumns(ctx, f, l)
	}
	return f
}

// beginsArray recognises an array of objects; any array where the file's name says so.
func beginsArray(start []byte, named bool) bool {
	within, array := bytes.CutPrefix(start, []byte("["))
	within = bytes.TrimLeft(within, " \t\r\n")
	return array && (named || bytes.HasPrefix(within, []byte("{")) || bytes.HasPrefix(within, []byte("]")))
}

// beginsObject recognises JSON lines.
func beginsObject(start []byte, named bool) bool {
	return named && !beginsArray(start, false) || bytes.HasPrefix(start, []byte("{"))
}

// elements finds the texts of the rows of a JSON input, one after the other.
type elements interface {
	// next returns the text of the next row, valid until the next call, and a row with its place; Broken is set where the text is not to be read.
	next() ([]byte, Row, error)
}

// jsonRows reads the rows of a JSON input: objects, flattened.
type jsonRows struct {
	elements elements
	flat     flattener
	columns  columns
	decode   bool // from windows-1252
	learning bool // the survey's reading, which finds the columns
}

func newJSONRows(f *File, e elements, l Limits) *jsonRows {
	j := &jsonRows{elements: e, decode: f.Encoding == Windows1252}
	j.flat.limits = l
	j.columns.index = make(map[string]int, len(f.Header))
	for _, name := range f.Header {
		j.columns.add(name)
	}
	return j
}

// learnColumns reads the input once more for its columns: the flattened names of all rows that can be read, in order of first appearance.
func learnColumns(ctx context.Context, f *File, l Limits) error {
	t, err := openText(f, l, nil)
	if err != nil {
		return err
	}
	defer t.Close()
	list, err := f.format.open(f, t, l)
	if err != nil {
		return err
	}
	j := list.(*jsonRows)
	j.learning = true
	var first error // of the broken rows
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		row, err := j.next()
		switch {
		case err == io.EOF:
			if f.Header = j.columns.names; len(f.Header) > 0 {
				return nil
			}
			if first == nil {
				first = unusable(hintObject, "none of its rows has a member")
			}
			return first
		case err != nil:
			return err
		case len(j.columns.names) > l.Columns:
			return unusableAt(row.Line, "members of a row are columns; are these names, or values?",
				"the rows up to here have more than %d different members", l.Columns)
		case row.Broken != nil && first == nil:
			first = unusableAt(row.Line, row.Broken.Hint, "no row can be read; the first: %s", row.Broken.Message)
		}
	}
}

func (j *jsonRows) next() (Row, error) {
	text, row, err := j.elements.next()
	if err != nil {
		return Row{}, err
	}
	if row.Broken == nil {
		row.Cells, row.Broken = j.cells(text)
	}
	if row.Broken != nil {
		row.Broken.Raw = rawText(text, j.decode)
	}
	return row, nil
}

// cells reads the text of one row.
func (j *jsonRows) cells(text []byte) ([]string, *Broken) {
	if j.decode {
		decoded, ok := decode1252(string(text))
		if !ok {
			return nil, broken(CodeEncoding, hintEncoding, "the row is not windows-1252")
		}
		text = []byte(decoded)
	} else if !utf8.Valid(text) {
		return nil, broken(CodeEncoding, "JSON is UTF-8; write the row again, or set the list's encoding", "the row is not UTF-8")
	}
	if broken := j.flat.read(text); broken != nil {
		return nil, broken
	}
	return j.columns.place(&j.flat, j.learning)
}

// jsonLines finds the rows of JSON lines: each line that is not blank.
type jsonLines struct{ lines *recordFinder }

func newLines(text io.Reader, f *File, l Limits) elements {
	return jsonLines{newRecordFinder(text, int64(f.markLength), &syntax{dialect: dialect{quotes: QuotesNone}}, l)}
}

func (j jsonLines) next() ([]byte, Row, error) {
	for {
		rec, err := j.lines.peek()
		if err != nil {
			return nil, Row{}, err
		}
		row := Row{Line: rec.line, Offset: rec.offset}
		if rec.flaw == longLine {
			row.Broken = lineTooLong(j.lines.limits, "a row is one JSON object on a line")
			text := bytes.Clone(rec.data[:min(len(rec.data), maxRaw)])
			err := j.lines.skipLine()
			row.End = j.lines.offset
			return text, row, err
		}
		j.lines.take(len(rec.data), 1)
		if row.End = j.lines.offset; len(bytes.TrimLeft(rec.data, " \t\r\n")) > 0 {
			return rec.data, row, nil
		}
	}
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
			return nil, broken(CodeDuplicateKey, "keep one of them", "two members make the column %q", name)
		}
		c.filled[at] = c.row
		if at < len(cells) {
			cells[at] = values[l.valueStart:l.valueEnd]
		}
	}
	if !learn && len(c.names) > known {
		name := c.names[known]
		c.forget(known)
		return nil, broken(CodeUnknown, "let the export finish, and start again", "member %q was not there at the first reading", name)
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
