package source

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"importer/mapping/problem"
)

// tally counts what happened to the cases of a corpus. A silent misreading is one read as something other than the reference says.
type tally struct{ files, cases, read, refused, misread int }

func (n tally) log(t *testing.T) {
	t.Helper()
	t.Logf("%d files, %d cases: %d read as the reference says, %d refused with line and reason, %d silent misreadings", n.files, n.cases, n.read, n.refused, n.misread)
	if n.misread > 0 {
		t.Errorf("%d silent misreadings", n.misread)
	}
}

// lines returns the lines of a corpus file that are no comments.
func corpusLines(t *testing.T, name string) []string {
	t.Helper()
	text, err := os.ReadFile("testdata/corpus/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(strings.Split(string(text), "\n"), func(l string) bool { return l == "" || strings.HasPrefix(l, "# ") })
}

func unquote(t *testing.T, text string) string {
	t.Helper()
	s, err := strconv.Unquote(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return s
}

// reasoned reports whether err is made of errors of an input alone, each with a message.
func reasoned(err error) bool {
	for _, e := range problem.All(err) {
		if e, ok := e.(*problem.Error); !ok || e.Kind != problem.Input || e.Message == "" {
			return false
		}
	}
	return true
}

// corpusFolder is one folder for all inputs of a test: thousands of folders take longer than what is tested.
func corpusFolder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(os.TempDir(), "source-corpus-"+strconv.Itoa(os.Getpid()))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// readContent surveys and reads one input.
func readContent(t *testing.T, name, content string, o Options) (*Set, []Row, error) {
	t.Helper()
	path := filepath.Join(corpusFolder(t), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	set, err := Survey(context.Background(), []Input{{Path: path}}, o)
	if err != nil {
		return nil, nil, err
	}
	return set, readAll(t, set), nil
}

func TestCorpusCSV(t *testing.T) {
	var n tally
	type oddity struct {
		name, in string
		options  Options
		want     []string
	}
	var cases []oddity
	for _, line := range corpusLines(t, "csv.txt") {
		word, rest, _ := strings.Cut(line, " ")
		if word == "case" {
			cases = append(cases, oddity{name: rest})
			continue
		}
		c := &cases[len(cases)-1]
		switch word {
		case "set":
			for _, pair := range strings.Fields(rest) {
				setOption(t, &c.options, pair)
			}
		case "in":
			c.in = unquote(t, rest)
		case "row":
			var cells []string
			for rest != "" {
				quoted, err := strconv.QuotedPrefix(rest)
				if err != nil {
					t.Fatalf("%s: %s", c.name, rest)
				}
				cells = append(cells, unquote(t, quoted))
				rest = strings.TrimPrefix(rest[len(quoted):], " ")
			}
			c.want = append(c.want, strings.Join(cells, "|"))
		case "bad":
			c.want = append(c.want, "!"+rest)
		case "unusable":
			c.want = append(c.want, "unusable")
		default:
			t.Fatalf("%s: %s", c.name, line)
		}
	}
	for _, c := range cases {
		n.files++
		set, rows, err := readContent(t, "list.csv", c.in, c.options)
		var got []string
		if err != nil {
			if got = []string{"unusable"}; !reasoned(err) {
				t.Errorf("%s: %v", c.name, err)
			}
			n.refused++
		} else if len(c.options.Columns) == 0 {
			got = append(got, strings.Join(set.Header, "|"))
			n.cases--
		}
		for _, r := range rows {
			if r.Broken != nil {
				got = append(got, "!"+r.Broken.Code)
				n.refused++
				continue
			}
			got = append(got, strings.Join(r.Cells, "|"))
			if n.read++; !slices.Contains(c.want, strings.Join(r.Cells, "|")) {
				n.misread++
			}
		}
		n.cases += len(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	n.log(t)
}

func setOption(t *testing.T, o *Options, pair string) {
	key, value, _ := strings.Cut(pair, "=")
	var err error
	switch key {
	case "comment":
		o.Comment = rune(value[0])
	case "delimiter":
		o.Delimiter = value[:1]
	case "header_row":
		o.HeaderRow, err = strconv.Atoi(value)
	case "columns":
		o.Columns = strings.Split(value, ",")
	case "format":
		o.Format = value
	case "quote":
		o.Quote = value
	case "quotes":
		o.Quotes = value
	case "line_ends":
		o.LineEnds = value
	case "ragged":
		o.Ragged = value
	default:
		t.Fatalf("unknown setting %s", key)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestCorpusJSON reads each text as it is, as an array and as lines; as the one element of an array; and as the member of a row, in an array and on a line.
// What is n_ must be refused; what is read must be what encoding/json reads, without a replaced character.
func TestCorpusJSON(t *testing.T) {
	var n tally
	for _, line := range corpusLines(t, "json.txt") {
		name, quoted, _ := strings.Cut(line, " ")
		text := unquote(t, quoted)
		n.files++
		for _, shape := range []struct{ file, format, before, after string }{
			{"raw.json", "", "", ""}, {"raw.jsonl", JSONL, "", ""}, {"raw.json", JSON, "", ""},
			{"element.json", JSON, "[", "]"}, {"member.json", JSON, `[{"v":`, "}]"}, {"member.jsonl", JSONL, `{"v":`, "}"},
		} {
			if shape.format == JSONL && strings.ContainsAny(text, "\r\n") {
				continue // lines are told apart first
			}
			content := shape.before + text + shape.after
			n.cases++
			_, rows, err := readContent(t, shape.file, content, Options{Format: shape.format})
			if err != nil && !reasoned(err) {
				t.Errorf("%s as %s: %v", name, shape.file, err)
			}
			good := 0
			for _, r := range rows {
				if r.Broken == nil {
					good++
				} else if r.Broken.Message == "" {
					t.Errorf("%s as %s: no reason", name, shape.file)
				}
			}
			if good == 0 {
				if n.refused++; strings.HasPrefix(name, "y_") && shape.before != "" && shape.before != "[" && !refusedByContract(text) {
					t.Errorf("%s as %s is refused: %v %+v", name, shape.file, err, rows)
				}
				continue
			}
			n.read++
			if valid := isJSON(content); strings.HasPrefix(name, "n_") && !invalidOnlyAlone(text, shape.before) || !valid {
				n.misread++
				t.Errorf("%s as %s is read: %q", name, shape.file, flatCells(rows))
			}
			if strings.ContainsRune(strings.Join(flatCells(rows), ""), '\ufffd') {
				n.misread++
				t.Errorf("%s as %s has lost a character", name, shape.file)
			}
			if want := laxCells(content); !slices.Equal(want, slices.Sorted(slices.Values(flatCells(rows)))) {
				n.misread++
				t.Errorf("%s as %s: %q, and %q for encoding/json", name, shape.file, flatCells(rows), want)
			}
		}
	}
	n.log(t)
}

// refusedByContract: a NUL, a member without a name or twice, and what makes no cell, is JSON and no row.
func refusedByContract(text string) bool {
	lax := laxCells(text)
	return strings.Contains(text, `\u0000`) || strings.Contains(text, `"":`) || strings.Contains(text, "duplicated") || strings.Count(text, `"a"`) > 1 || len(lax) == 0 || strings.TrimSpace(text) == "null"
}

// invalidOnlyAlone: what is missing from a text may be what is put around it.
func invalidOnlyAlone(text, before string) bool {
	return before != "" && isJSON(before+text+map[string]string{"[": "]", `[{"v":`: "}]", `{"v":`: "}"}[before])
}

func isJSON(text string) bool {
	d := json.NewDecoder(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	d.UseNumber()
	for {
		var v any
		if err := d.Decode(&v); err == io.EOF {
			return true
		} else if err != nil {
			return strings.HasPrefix(text, "\xff\xfe") || strings.Contains(text, "\x00") // UTF-16
		}
	}
}

func flatCells(rows []Row) []string {
	var all []string
	for _, r := range rows {
		for _, c := range r.Cells {
			if c != "" {
				all = append(all, c)
			}
		}
	}
	return all
}

// laxCells are the values that encoding/json finds in the objects of a text, sorted, without empty ones.
func laxCells(text string) []string {
	d := json.NewDecoder(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return nil
	}
	flat := map[string]string{}
	if list, ok := v.([]any); ok {
		for i, e := range list {
			if _, object := e.(map[string]any); object {
				flatLax(flat, strconv.Itoa(i), e)
			}
		}
	} else {
		flatLax(flat, "", v)
	}
	var all []string
	for _, c := range flat {
		if c != "" {
			all = append(all, c)
		}
	}
	slices.Sort(all)
	return all
}

// TestCorpusNaughty passes strings through every format as cells: each comes back as it was, or its row is refused.
func TestCorpusNaughty(t *testing.T) {
	var texts []string
	for _, line := range corpusLines(t, "naughty.txt") {
		_, quoted, _ := strings.Cut(line, " ")
		texts = append(texts, unquote(t, quoted))
	}
	for _, f := range []struct {
		name  string
		write func(*testing.T, []string) string
		holds func(string) bool
	}{
		{"list.csv", naughtyCSV(","), nil}, {"list.tsv", naughtyCSV("\t"), nil}, {"list.jsonl", naughtyJSON("", "\n", ""), nil}, {"list.json", naughtyJSON("[", ",\n", "]"), nil},
		{"list.xlsx", naughtySheet, inXML},
	} {
		t.Run(f.name, func(t *testing.T) {
			n := tally{files: 1}
			held := texts
			if f.holds != nil {
				held = slices.DeleteFunc(slices.Clone(texts), func(s string) bool { return !f.holds(s) })
			}
			_, rows, err := readContent(t, f.name, f.write(t, held), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(rows) != len(held) {
				t.Fatalf("%d rows of %d", len(rows), len(held))
			}
			for i, r := range rows {
				n.cases++
				switch {
				case r.Broken != nil:
					if n.refused++; r.Broken.Message == "" || r.Line == 0 {
						t.Errorf("%q is refused without a reason", held[i])
					}
				case r.Cells[0] == strconv.Itoa(i) && r.Cells[1] == held[i]:
					n.read++
				default:
					n.misread++
					t.Errorf("%q is read as %q", held[i], r.Cells)
				}
			}
			if n.refused > 20 {
				t.Errorf("%d are refused", n.refused)
			}
			n.log(t)
		})
	}
}

func naughtyCSV(delimiter string) func(*testing.T, []string) string {
	return func(_ *testing.T, texts []string) string {
		var b strings.Builder
		b.WriteString("id" + delimiter + "text\n")
		for i, s := range texts {
			b.WriteString(strconv.Itoa(i) + delimiter + `"` + strings.ReplaceAll(s, `"`, `""`) + "\"\n")
		}
		return b.String()
	}
}

func naughtyJSON(open, between, end string) func(*testing.T, []string) string {
	return func(t *testing.T, texts []string) string {
		lines := make([]string, len(texts))
		for i, s := range texts {
			line, err := json.Marshal(struct {
				ID   int    `json:"id"`
				Text string `json:"text"`
			}{i, s})
			if err != nil {
				t.Fatal(err)
			}
			lines[i] = string(line)
		}
		return open + strings.Join(lines, between) + end
	}
}

func naughtySheet(t *testing.T, texts []string) string {
	book := excelize.NewFile()
	defer book.Close()
	// The stream writer escapes what only looks like an escape, such as _x0041_ (ECMA-376 part 1, 22.9.2.19); SetCellStr does not.
	w, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]any{{"id", "text"}}
	for i, s := range texts {
		rows = append(rows, []any{strconv.Itoa(i), s})
	}
	for i, row := range rows {
		if err := w.SetRow("A"+strconv.Itoa(i+1), row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// inXML reports whether XML 1.0 has all characters of a text (2.2).
func inXML(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff })
}

// laxElements counts the elements of an array as encoding/json finds them.
func laxElements(content []byte) (n int, ok bool) {
	var list []json.RawMessage
	if json.Unmarshal(content, &list) != nil {
		return 0, false
	}
	return len(list), true
}
