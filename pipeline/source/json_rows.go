package source

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"unicode/utf8"
)

// jsonForm is how one JSON input is written, besides its format.
type jsonForm struct {
	path   string                 // of the list, see Options.Path; "" where the rows are not under one
	spread bool                   // objects one after the other that are not one to a line
	left   func(name string) bool // which members are left out; nil: none
	commas int64                  // lines with a comma behind the object
}

// describe lists what is other than usual, for people.
func (j jsonForm) describe() (parts []string) {
	if j.commas > 0 {
		parts = append(parts, "a comma behind "+counted(j.commas, "row", "rows")+" left out")
	}
	if j.left != nil {
		parts = append(parts, "ignored members left out")
	}
	return parts
}

// fingerprint is the same for inputs whose rows are found in the same way, and empty for the usual one. Runs keep it: it must not change.
func (j jsonForm) fingerprint() (text string) {
	if j.path != "" {
		text += fmt.Sprintf(" path %q", j.path)
	}
	if j.spread {
		text += " spread"
	}
	return text
}

// jsonFormat is a format whose rows are JSON objects, flattened. newElements finds the objects in a text that is written as usual.
func jsonFormat(name, title string, newElements func(io.Reader, *File, Limits) elements, begins func([]byte, bool) bool, endings ...string) format {
	f := format{name: name, noun: "JSON", endings: endings, settings: []string{"path"}, begins: begins}
	f.describe = func(f *File) string {
		switch {
		case f.json.path != "":
			return fmt.Sprintf("JSON, the list under %q", f.json.path)
		case f.json.spread:
			return "JSON objects, one after the other"
		}
		return title
	}
	f.open = func(_ context.Context, f *File, t *text, l Limits) (rows, error) {
		find := newElements
		switch {
		case f.json.path != "":
			find = newUnder
		case f.json.spread:
			find = newObjects
		}
		return newJSONRows(f, find(t, f, l), l), nil
	}
	f.survey = func(ctx context.Context, f *File, head []byte, o Options, l Limits) error {
		start := bytes.TrimLeft(head, space)
		switch {
		case name == JSONL && beginsArray(start, false) && o.Path == "":
			return unusable("use json, or leave the format unset", "it is one JSON array, and jsonl is set")
		case name == JSONL && f.onlyCR:
			return unusable("save it with the line ends of Unix or Windows", "its lines end with a carriage return alone")
		}
		if o.Path != "" && o.Path != PathWhole {
			f.json.path = o.Path
			return learnColumns(ctx, f, o, l)
		}
		if o.Path == "" {
			lists, err := wrapped(ctx, f, l)
			switch {
			case err != nil:
				return err
			case len(lists) > 0:
				return f.underPath(lists, o)
			}
		}
		f.json.spread = name == JSONL && spread(head, l)
		return learnColumns(ctx, f, o, l)
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
	j := &jsonRows{flattener: flattener{limits: l, left: f.json.left, columns: make(map[string]int, len(f.Header))}, elements: e, page: pageOf(f.Encoding), charset: f.Encoding}
	for _, name := range f.Header {
		j.add(name)
	}
	return j
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

// jsonLines finds the rows of JSON lines: each line that is not blank. A comma behind the object is no part of it.
type jsonLines struct {
	lines  *recordFinder
	commas int64 // lines with such a comma
}

func newLines(text io.Reader, f *File, l Limits) elements {
	return &jsonLines{lines: newRecordFinder(text, int64(f.markLength), &syntax{dialect: dialect{quotes: QuotesNone}}, l)}
}

func (j *jsonLines) next() ([]byte, Row, error) {
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
		row.End = j.lines.offset
		text := bytes.Trim(rec.data, space)
		if bytes.HasSuffix(text, []byte("},")) {
			j.commas++
			return text[:len(text)-1], row, nil
		}
		if len(text) > 0 {
			return rec.data, row, nil
		}
	}
}
