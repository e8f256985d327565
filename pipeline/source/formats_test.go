package source

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestFormatsTable walks the table: every format has all that an entry needs, reads a list back under each of its endings, plain and packed, and
// is in the document for people.
func TestFormatsTable(t *testing.T) {
	document, err := os.ReadFile("../../docs/formats.md")
	if err != nil {
		t.Fatal(err)
	}
	lists := map[string]string{
		CSV: "a,b\n1,2\n", TSV: "a\tb\n1\t2\n", JSONL: `{"a":"1","b":2}`, JSON: `[{"a":1,"b":2}]`, XLSX: workbook(t, put([]any{"a", "b"}, []any{1, 2}), nil),
	}
	keys := map[string]bool{}
	for _, s := range (Options{}).settings() {
		keys[s.key] = true
	}
	seen := map[string]bool{}
	for _, f := range formats() {
		list, ok := lists[f.name]
		switch {
		case !ok:
			t.Errorf("%s has no list here to be read", f.name)
		case f.noun == "" || f.describe == nil || f.survey == nil || f.open == nil || len(f.endings) == 0:
			t.Errorf("the entry of %s is not whole", f.name)
		case !bytes.Contains(document, []byte("`"+f.name+"`")):
			t.Errorf("docs/formats.md does not name %s", f.name)
		}
		for _, key := range f.settings {
			if !keys[key] {
				t.Errorf("%s heeds %s, which is no setting", f.name, key)
			}
		}
		for _, ending := range f.endings {
			if seen[ending] || !bytes.Contains(document, []byte("`"+ending+"`")) {
				t.Errorf("%s is the ending of two formats, or not in docs/formats.md", ending)
			}
			seen[ending] = true
			name := "list" + ending
			packed := map[string]string{name: list, name + ".gz": gzipped(t, list), name + ".zst": zstandard(t, list), "list.zip": archiveOf(t, map[string]string{name: list})}
			if f.holds != nil {
				packed = map[string]string{name: list}
			}
			for name, content := range packed {
				set := survey(t, Options{}, write(t, name, content))
				rows := readAll(t, set)
				if set.Files[0].Format != f.name || len(rows) != 1 || strings.Join(rows[0].Cells, "|") != "1|2" {
					t.Errorf("%s is read as %s: %q", name, set.Files[0].Format, shorts(rows))
				}
				if set.Files[0].Tabular() != f.tabular || !IsList(name) || TrimEndings(name) != "list" {
					t.Errorf("%s is not known by its name", name)
				}
				if named, _, err := readContent(t, "list", content, Options{Format: f.name}); err != nil || named.Files[0].Format != f.name {
					t.Errorf("%s under another name is not read as it is set: %v", name, err)
				}
			}
		}
	}
	for _, c := range compressions() {
		if !bytes.Contains(document, []byte("`"+c.ending+"`")) {
			t.Errorf("docs/formats.md does not name %s", c.ending)
		}
	}
}

func TestNames(t *testing.T) {
	for name, trimmed := range map[string]string{
		"list.csv": "list", "LIST.Csv.GZ": "LIST", "a.b.jsonl.zst": "a.b", "list.xlsx": "list", "list.zip": "list", "list.csv.zip": "list", ".csv": "",
	} {
		if !IsList(name) || TrimEndings(name) != trimmed {
			t.Errorf("%s: a list: %v, trimmed %q", name, IsList(name), TrimEndings(name))
		}
	}
	for name, trimmed := range map[string]string{"list.txt": "list", "list.pdf": "list.pdf", "list": "list", "list.gz": "list", "csv": "csv", "list.csv.txt.gz": "list.csv"} {
		if IsList(name) || TrimEndings(name) != trimmed {
			t.Errorf("%s: a list: %v, trimmed %q", name, IsList(name), TrimEndings(name))
		}
	}
	equal(t, Formats(), []string{CSV, TSV, JSONL, JSON, XLSX})
	lists, packed := Endings()
	equal(t, append(lists, packed...), []string{".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".json", ".xlsx", ".gz", ".zst", ".zip"})
}

// words is a format that exists only here: a column named word, and a word a line.
type words struct {
	lines *bufio.Scanner
	line  int64
}

func (w *words) next() (Row, error) {
	if !w.lines.Scan() {
		return Row{}, io.EOF
	}
	w.line++
	return Row{Line: w.line, Cells: []string{w.lines.Text()}}, nil
}

// TestNewFormat adds a format by one entry of the table: it is recognised, surveyed, named and read beside the others.
func TestNewFormat(t *testing.T) {
	toy := format{
		name: "words", noun: "words", endings: []string{".words"}, tabular: true, settings: []string{"header_row"},
		describe: func(*File) string { return "one word a line" },
		survey: func(_ context.Context, f *File, _ []byte, _ Options, _ Limits) error {
			f.Header = []string{"word"}
			return nil
		},
		open: func(_ context.Context, _ *File, t *text, _ Limits) (rows, error) {
			return &words{lines: bufio.NewScanner(t)}, nil
		},
	}
	list := inputs([]string{write(t, "list.words.gz", gzipped(t, "\xff\xfe"+string(toUTF16("ann\nzoë\n", false)))), write(t, "list.csv", "word\nbob\n")})
	set, err := surveyWith(t.Context(), list, Options{HeaderRow: 1}, append(formats(), toy))
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := strings.CutPrefix(set.Files[0].Summary(), list[0].Path); !ok || got != ": one word a line, utf-16le, gzip, 1 column" {
		t.Error(set.Files[0].Summary())
	}
	var got []string
	for _, r := range readAll(t, set) {
		got = append(got, r.Cells...)
	}
	equal(t, got, []string{"ann", "zoë", "bob"})
	if _, err := surveyWith(t.Context(), list[:1], Options{Quotes: QuotesLoose}, append(formats(), toy)); err == nil || err.Error() != "quotes is set, and no input is CSV" {
		t.Error(err)
	}
	if slices.Contains(Formats(), "words") {
		t.Error("the table has changed")
	}
}
