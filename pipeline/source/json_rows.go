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
		start := bytes.TrimLeft(head, space)
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
	within = bytes.TrimLeft(within, space)
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
	flattener
	elements elements
	page     *codePage // of the text; nil where it is UTF-8
	charset  string    // File.Encoding
}

func newJSONRows(f *File, e elements, l Limits) *jsonRows {
	j := &jsonRows{flattener: flattener{limits: l, columns: make(map[string]int, len(f.Header))}, elements: e, page: pageOf(f.Encoding), charset: f.Encoding}
	for _, name := range f.Header {
		j.add(name)
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
	j.learn = true
	none := unusable(hintObject, "none of its rows has a member")
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		row, err := j.next()
		switch {
		case err == io.EOF && len(j.names) > 0:
			f.Header = j.names
			return nil
		case err == io.EOF:
			return none
		case err != nil:
			return err
		case len(j.names) > l.Columns:
			return unusableAt(row.Line, "members of a row are columns; are these names, or values?",
				"the rows up to here have more than %d different members", l.Columns)
		case row.Broken != nil && none.Line == 0:
			none = unusableAt(row.Line, row.Broken.Hint, "no row can be read; the first: %s", row.Broken.Message)
		}
	}
}

func (j *jsonRows) next() (Row, error) {
	text, row, err := j.elements.next()
	if err != nil {
		return Row{}, err
	}
	if row.Broken == nil {
		row.Cells, row.Broken = j.decoded(text)
	}
	if row.Broken != nil {
		row.Broken.Raw = rawText(text, j.page)
	}
	return row, nil
}

// decoded reads the text of one row.
func (j *jsonRows) decoded(text []byte) ([]string, *Broken) {
	if j.page != nil && looksUTF8(string(text)) {
		return nil, broken(CodeEncoding, hintStrayUTF8, "the row is UTF-8, and the list is %s", j.charset)
	}
	if j.page != nil {
		decoded, ok := j.page.decode(string(text))
		if !ok {
			return nil, broken(CodeEncoding, hintEncoding, "the row is not %s", j.charset)
		}
		text = []byte(decoded)
	} else if !utf8.Valid(text) {
		return nil, broken(CodeEncoding, "JSON is UTF-8; write the row again, or set the list's encoding", "the row is not UTF-8")
	}
	return j.cells(text)
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
		if row.End = j.lines.offset; len(bytes.TrimLeft(rec.data, space)) > 0 {
			return rec.data, row, nil
		}
	}
}
