package source

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzCSV holds the reader to encoding/csv. Where one of the two reads the whole input without a fault, the other does, and both read
// the same (but for what doc.go says is different; a text formula such as ="00123" is a quote where none may be for encoding/csv). Whatever the input, every byte of it is accounted for.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,2\n", "\ufeff\"a\",b\r\n\"x\r\ny\",2\r\n", "a;b\n\"x\"\"y\";\n", "a\n\n\"\"\n", "a,b\n\"x,2\n1,2\n3,4\"\n5,6\n",
		"a,b\nx\",2\n\"\"\"\n", "a,b\n1,\x00\n\xff,2\n1\r,2\n", "a|b\n1|2|\n\r\n\r", "a\tb\n\"\t\"\t\"\n\n\"\n\"", "\"a\n", "a,b\r\r\n1,2\r",
		"a,b\n=\"x\",=\"1,2\"\n=\"\"\"y\"\"\",=\"\n=\"z\"\"\"\n", "a,b,c,d\n1,2,3,\"4\n5,6,7,8\n9,9,9,9\"\n1,2,3,4\n",
		"Members\na,name\n1,2\n", "a,b\na,b\nb,a\n1,2\nTotal,1\n", "a,b,,\n1,2,,\n1,2,3,\n", "a@b.de,1\n", "\"a,\"\"b\"\"\"\n\"1,2\"\n", "a§b\n1§2\n",
	} {
		f.Add([]byte(seed), byte(','))
		f.Add([]byte(seed), byte(0))
		f.Add([]byte(seed), byte(0xa7))
	}
	f.Fuzz(func(t *testing.T, content []byte, delimiter byte) {
		file := File{Format: CSV, Encoding: UTF8}
		content, marked := bytes.CutPrefix(content, []byte("\ufeff"))
		limits := Limits{}.withDefaults()
		options := Options{}
		if delimiter != 0 {
			options.Delimiter = string(rune(delimiter))
		}
		if options.check(limits) != nil {
			return
		}
		surveyHeader(&file, content, options, limits)
		if file.Header == nil || file.dialect.separator || file.dialect.skip > 0 || utf8.RuneCountInString(file.Delimiter) != 1 {
			return
		}
		if marked {
			file.markLength = 3
		}
		rows, begin := readCSV(t, &file, content, limits)
		for i := range rows {
			rows[i].Offset -= int64(file.markLength)
			rows[i].End -= int64(file.markLength)
		}
		account(t, content, begin-int64(file.markLength), rows, blankCSV)

		reference := csv.NewReader(bytes.NewReader(content))
		reference.Comma, _ = utf8.DecodeRuneInString(file.Delimiter)
		want, err := reference.ReadAll()
		broken := slices.ContainsFunc(rows, func(r Row) bool { return r.Broken != nil })
		// A record that made one cell of rows is refused, and its lines are read one by one.
		swallowed := slices.ContainsFunc(rows, func(r Row) bool { return r.Broken != nil && strings.HasSuffix(r.Broken.Message, "rows by themselves") })
		if broken && err == nil && !swallowed {
			for _, r := range rows {
				trailing := file.dialect.trailing && r.Broken != nil && r.Broken.Code == CodeRagged // a row that does not end as the header does
				nobody := r.Broken != nil && slices.Contains([]string{CodeHeaderAgain, CodeHeaderOther, CodeTotal}, r.Broken.Code)
				if r.Broken != nil && r.Broken.Code != CodeControl && r.Broken.Code != CodeEncoding && !trailing && !nobody {
					t.Errorf("encoding/csv reads all of %q, and row %d is %v", content, r.Number, r.Broken)
				}
			}
		}
		if broken {
			return
		}
		if errors.Is(err, csv.ErrBareQuote) && bytes.Contains(content, []byte(`="`)) {
			return
		}
		if err != nil {
			t.Fatalf("encoding/csv refuses %q: %v", content, err)
		}
		for i, r := range rows {
			for c := range r.Cells {
				r.Cells[c] = strings.ReplaceAll(r.Cells[c], "\r\n", "\n")
			}
			if file.dialect.trailing {
				r.Cells = append(r.Cells, want[i+1][len(want[i+1])-1-file.dialect.surplus:]...)
			}
			if !slices.Equal(r.Cells, want[i+1]) {
				t.Errorf("row %d is %q, and %q for encoding/csv", r.Number, r.Cells, want[i+1])
			}
		}
		if len(rows) != len(want)-1 {
			t.Errorf("%d rows, and %d for encoding/csv", len(rows), len(want)-1)
		}
	})
}

// readCSV reads a content whose header is known, and returns where the header ends.
func readCSV(t *testing.T, file *File, content []byte, l Limits) (all []Row, begin int64) {
	rows := newCSVRows(file, bytes.NewReader(content), l)
	if err := rows.skipHeader(); err != nil {
		t.Fatal(err)
	}
	begin = rows.lines.offset
	for number := int64(1); ; number++ {
		row, err := rows.next()
		if err == io.EOF {
			return all, begin
		}
		if err != nil {
			t.Fatal(err)
		}
		row.Number = number
		all = append(all, row)
	}
}

// FuzzJSONL holds the reader to encoding/json: a line that is read has the values encoding/json finds in it, a line that encoding/json reads
// as an object is refused only for what that is too lax about. Whatever the input, every byte of it is accounted for.
func FuzzJSONL(f *testing.F) {
	for _, seed := range []string{
		`{"a":1,"b":"x"}`, "{\"a\":1}\n\n{\"a\":2}\r\n", `{"a":{"b":[1,{"c":null}]},"d":[]}`, `{"a":1,"a":2}`, `{"a.b":1,"a":{"b":2}}`,
		"{\"a\":1},\n{\"a\":2}", `{"a":{"$oid":"x"},"b":{"$date":1}}`, `{"a":"\u0000"}`, `{"a":"\ud800"}`, "{\"a\":\"\xff\"}", `{"a":1} {"b":2}`, `[1]`, `{"a":`, `{"":1}`, `{"a":1e400,"b":-0.10}`, `{"a":tru}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		limits := Limits{Depth: 6, Columns: 50}.withDefaults()
		file := File{Format: JSONL, Encoding: UTF8}
		learn := newJSONRows(&file, newLines(bytes.NewReader(content), &file, limits), limits)
		learn.learn = true
		for {
			if _, err := learn.next(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
		file.Header = learn.names
		reader := newJSONRows(&file, newLines(bytes.NewReader(content), &file, limits), limits)
		var rows []Row
		for {
			row, err := reader.next()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			row.Number = int64(len(rows) + 1)
			rows = append(rows, row)
			checkJSON(t, content[row.Offset:row.End], file.Header, row, limits)
		}
		account(t, content, 0, rows, blankJSON)
	})
}

func checkJSON(t *testing.T, line []byte, header []string, row Row, l Limits) {
	if trimmed := bytes.Trim(line, space); bytes.HasSuffix(trimmed, []byte("},")) { // is read as if the comma were not there
		line = trimmed[:len(trimmed)-1]
	}
	if bytes.Contains(line, []byte(`"$`)) {
		return // Extended JSON is no JSON of objects to encoding/json
	}
	lax := json.NewDecoder(bytes.NewReader(line))
	lax.UseNumber()
	var object map[string]any
	err := lax.Decode(&object)
	if err == nil && (object == nil || !blankJSON(line[lax.InputOffset():])) {
		err = errors.New("not one object")
	}
	if row.Broken != nil {
		if row.Broken.Code == CodeUnknown {
			t.Errorf("%q has a member that the survey did not see", line)
		}
		odd := []string{`\u`, `\U`, `"":`}
		strict := !utf8.Valid(line) || slices.ContainsFunc(odd, func(s string) bool { return bytes.Contains(line, []byte(s)) })
		if err == nil && row.Broken.Code == CodeJSON && !strict && len(line) < maxName && !bytes.Contains(line, []byte(`""`)) {
			t.Errorf("encoding/json reads %q, and the row is %v", line, row.Broken)
		}
		return
	}
	if err != nil {
		t.Errorf("encoding/json refuses %q: %v", line, err)
		return
	}
	want := map[string]string{}
	flatLax(want, "", object)
	for i, name := range header {
		if want[name] != row.Cells[i] {
			t.Errorf("%q: column %q is %q, and %q for encoding/json", line, name, row.Cells[i], want[name])
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("%q: %v is in no column", line, want)
	}
}

// flatLax flattens what encoding/json read.
func flatLax(to map[string]string, path string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			if path != "" {
				name = path + "." + name
			}
			flatLax(to, name, member)
		}
	case []any:
		for i, element := range v {
			flatLax(to, path+"["+strconv.Itoa(i)+"]", element)
		}
	case json.Number:
		to[path] = v.String()
	case string:
		to[path] = v
	case bool:
		to[path] = strconv.FormatBool(v)
	default:
		to[path] = ""
	}
}

// FuzzUTF16 checks that UTF-16 and back is the same text, and that what is no text is never taken for one.
func FuzzUTF16(f *testing.F) {
	f.Add([]byte("a\x00,\x00b\x00"), 3)
	f.Add([]byte("\x3d\xd8\x00\xde\x3d\xd8"), 1)
	f.Add([]byte("\x00\xdc\x00\xd8\x41"), 2)
	f.Fuzz(func(t *testing.T, content []byte, step int) {
		step = max(1, min(step, 1000))
		whole, err := io.ReadAll(newUTF16Reader(bytes.NewReader(content), UTF16LE))
		if err != nil {
			t.Fatal(err)
		}
		pieces, err := io.ReadAll(newUTF16Reader(&stepReader{content, step}, UTF16LE))
		if err != nil || !bytes.Equal(whole, pieces) {
			t.Errorf("in pieces of %d: %q, %v; at once %q", step, pieces, err, whole)
		}
		if utf8.Valid(whole) && !bytes.Equal(toUTF16(string(whole), false), content) {
			t.Errorf("%q becomes %q, which is other text", content, whole)
		}
	})
}

// stepReader reads a few bytes at a time.
type stepReader struct {
	rest []byte
	step int
}

func (s *stepReader) Read(p []byte) (int, error) {
	if len(s.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), s.step)], s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// toUTF16 writes text as UTF-16 without a byte order mark.
func toUTF16(text string, big bool) []byte {
	var out []byte
	put := func(u uint16) {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	for _, r := range text {
		if r >= 0x10000 {
			r -= 0x10000
			put(uint16(0xD800 + r>>10))
			r = 0xDC00 + r&0x3FF
		}
		put(uint16(r))
	}
	return out
}
