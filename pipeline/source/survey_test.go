package source

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSaid(t *testing.T) {
	many := strings.Repeat("caf\u00e9,2\n", 3)
	latin := strings.Repeat("caf\xe9,2\n", 20)
	tests := []struct {
		name, content, want string
		options             Options
	}{
		{"comma.csv", "a,b\n1,2\n", `comma.csv: CSV, "," separated, utf-8, 2 columns`, Options{}},
		{"semicolon.csv", "a;b;c\n1,5;2;3\n", `semicolon.csv: CSV, ";" separated, utf-8, 3 columns`, Options{}},
		{"tab.txt", "a\tb\n1\t2\n", `tab.txt: CSV, tab separated, utf-8, 2 columns`, Options{}},
		{"bar.csv", "a|b\n1|2\n", `bar.csv: CSV, "|" separated, utf-8, 2 columns`, Options{}},
		{"one.csv", "a\n1\n", `one.csv: CSV, "," separated, utf-8, 1 column`, Options{}},
		{"list.tsv", "a,x\tb\n1\t2\n", `list.tsv: CSV, tab separated, utf-8, 2 columns`, Options{}},
		{"given.csv", "a,b;c\n1,2;3\n", `given.csv: CSV, ";" separated, utf-8, 2 columns`, Options{Delimiter: ";"}},
		{"quoted.csv", "\"a;b;c\",d\n1,2\n", `quoted.csv: CSV, "," separated, utf-8, 2 columns`, Options{}},
		{"quoted-header.csv", "\"a;b;c\",d\n", `quoted-header.csv: CSV, "," separated, utf-8, 2 columns`, Options{}},
		{"consistent.csv", "a,b;c\n1;2\n1;2\n", `consistent.csv: CSV, ";" separated, utf-8, 2 columns`, Options{}},
		{"stray.csv", "a;b\n\"x;2\n1;2\n3,3;4\n", `stray.csv: CSV, ";" separated, utf-8, 2 columns`, Options{}},
		{"mark.csv", "\ufeffa,b\n\xff,2\n", `mark.csv: CSV, "," separated, utf-8 (1 line is not UTF-8, the first is line 2), 2 columns`, Options{}},
		{"latin.csv", "a,b\n1,2\ncaf\xe9,2\n", `latin.csv: CSV, "," separated, windows-1252 (1 line is not UTF-8, the first is line 3), 2 columns`, Options{}},
		{"mostly-latin.csv", "a,b\ncaf\u00e9,2\n" + latin, `mostly-latin.csv: CSV, "," separated, windows-1252 (20 lines are not UTF-8, the first is line 3; 1 other looks like UTF-8), 2 columns`, Options{}},
		{"mixed.csv", "a,b\n" + strings.Repeat(many+"caf\xe9,2\n", 3), `mixed.csv: CSV, "," separated, utf-8 (3 lines are not UTF-8, the first is line 5), 2 columns`, Options{}},
		{"utf32.csv", "\xff\xfe\x00\x00a\x00\x00\x00,\x00\x00\x00b\x00\x00\x00\n\x00\x00\x00", `utf32.csv: CSV, "," separated, utf-32le, 2 columns`, Options{}},
		{"set.csv", "a,b\ncaf\xe9,2\n", `set.csv: CSV, "," separated, utf-8 (1 line is not UTF-8, the first is line 2), 2 columns`, Options{Encoding: "UTF-8"}},
		{"latin1.csv", "a,b\n1,2\n", `latin1.csv: CSV, "," separated, windows-1252, 2 columns`, Options{Encoding: "latin1"}},
		{"utf16.csv", "\xff\xfea\x00,\x00b\x00\n\x00", `utf16.csv: CSV, "," separated, utf-16le, 2 columns`, Options{}},
		{"utf16be.csv", "\x00a\x00,\x00b\x00\n", `utf16be.csv: CSV, "," separated, utf-16be, 2 columns`, Options{}},
		{"utf16set.csv", "\xfe\xff\x00a\x00,\x00b\x00\n", `utf16set.csv: CSV, "," separated, utf-16be, 2 columns`, Options{Encoding: "utf-16"}},
		{"list.jsonl", `{"a":1,"b":{"c":2}}`, `list.jsonl: JSON lines, utf-8, 2 columns`, Options{}},
		{"list.ndjson", "\n {\"a\":1}\n\xff\n", `list.ndjson: JSON lines, utf-8 (1 line is not UTF-8, the first is line 3), 1 column`, Options{}},
		{"list", "\n {\"a\":1}", `list: JSON lines, utf-8, 1 column`, Options{}},
		{"list.json", `{"a":1}`, `list.json: JSON lines, utf-8, 1 column`, Options{}},
		{"brace.csv", "{a,b\n", `brace.csv: CSV, "," separated, utf-8, 2 columns`, Options{}},
		{"forced.txt", "{a,b\n", `forced.txt: CSV, "," separated, utf-8, 2 columns`, Options{Format: CSV}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := write(t, test.name, test.content)
			set := survey(t, test.options, path)
			if got := strings.TrimPrefix(set.Files[0].Summary(), filepath.Dir(path)+"/"); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// TestTitles: messages name an input by its title, never by its path.
func TestTitles(t *testing.T) {
	good, bad := write(t, "spool", "a,b\n1,2\n"), write(t, "other", "a,a\n")
	set, err := Survey(context.Background(), []Input{{Path: good, Title: "standard input"}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := set.Files[0].Summary(); got != `standard input: CSV, "," separated, utf-8, 2 columns` {
		t.Error(got)
	}
	_, err = Survey(context.Background(), []Input{{Path: good, Title: "first"}, {Path: bad, Title: "second"}, {Path: good, Title: "third"}, {Path: write(t, "wide", "a,b,c\n"), Title: "fourth"}}, Options{})
	equal(t, strings.Split(err.Error(), "\n"), []string{`second:1: columns 1 and 2 have the same name`, "third: this input is named twice"})
	_, err = Survey(context.Background(), []Input{{Path: good, Title: "first"}, {Path: write(t, "wide", "a,b,c\n"), Title: "second"}}, Options{})
	if got := err.Error(); got != `second: its columns differ from those of first: it also has "c"` {
		t.Error(got)
	}
	if err := os.Remove(good); err != nil {
		t.Fatal(err)
	}
	if _, err := set.Open(); err == nil || err.Error() != "standard input: the file cannot be opened any more: the input changed while it was being read: file does not exist" {
		t.Error(err)
	}
}

func TestHeaderCellsAreTrimmed(t *testing.T) {
	set := survey(t, Options{}, write(t, "list.csv", "\ufeff\ufeff a\u00a0,\"\tb c\n\",D\r\n"))
	equal(t, set.Header, []string{"a", "b c", "D"})
}

func TestUnusableInputs(t *testing.T) {
	dir := t.TempDir()
	tests := []struct {
		name, content string
		options       Options
		want          []string
	}{
		{"empty.csv", "", Options{}, []string{"empty.csv: the file is empty; hint: an input has at least a header line"}},
		{"mark.csv", "\ufeff", Options{}, []string{"mark.csv: there is nothing in it; hint: an input has at least a header line"}},
		{"blank.csv", "\n\r\n", Options{}, []string{"blank.csv: all of its lines are blank; hint: an input has at least a header line"}},
		{"mac.csv", "a,b\r1,2\r", Options{LineEnds: LineEndsLF}, []string{"mac.csv:1: the header cannot be read: column 2 holds a carriage return outside quotes; hint: a line break inside a cell needs quotes around the cell; where CR ends a line, set line_ends: any under input: in the job file"}},
		{"mac.jsonl", "{\"a\":1}\r{\"a\":2}\r", Options{}, []string{"mac.jsonl: its lines end with a carriage return alone; hint: save it with the line ends of Unix or Windows"}},
		{"header.csv", "\na,, a ,b,\n", Options{}, []string{
			`header.csv:2: columns 1 and 3 have the same name; hint: rename one of them; where this line is a row, write input: {columns: [column 1, column 2, column 3, column 4]} in the job file`,
		}},
		{"quote.csv", "a,\"b\n1,2\n", Options{}, []string{"quote.csv:1: the header cannot be read: a quote opened on this line is never closed; hint: close or remove the quote on this line"}},
		{"swallows.csv", "a,b,c,\"d\n5,6,7,8\n9,9,9,9\"\n1,2,3,4\n", Options{}, []string{"swallows.csv:1: the header cannot be read: a quote opened on this line runs on over 2 lines that are rows by themselves; hint: close or remove the quote on this line; where the lines do belong to its cell, join them"}},
		{"name.csv", "a," + strings.Repeat("x", 2000), Options{}, []string{"name.csv:1: the name of column 2 has 2000 bytes; hint: the first record of the list names its columns"}},
		{"wide.csv", "a,b,c\n", Options{Limits: Limits{Columns: 2}}, []string{"wide.csv:1: the header cannot be read: the row has more than 2 cells; hint: put cells that contain the delimiter in quotes"}},
		{"long.csv", strings.Repeat("a,", 3000), Options{Limits: Limits{Record: 1000}}, []string{"long.csv:1: the header cannot be read: the line has more than 1000 bytes; hint: shorten its cells, or export the list without the column that holds the long ones"}},
		{"nul.csv", "a,b\x00\n", Options{}, []string{"nul.csv:1: the header cannot be read: column 2 holds a NUL character; hint: remove the character, which no text has"}},
		{"tie.csv", "a,b;c\n", Options{}, []string{"tie.csv:1: two characters could be its delimiter; hint: write input: {delimiter: \",\"} or input: {delimiter: \";\"} in the job file"}},
		{"marked.csv", "\ufeffa,b\n", Options{Encoding: "windows-1252"}, []string{"marked.csv: it begins with the byte order mark of utf-8, and windows-1252 is set; hint: leave the encoding unset"}},
		{"unmarked.csv", "a,b\n", Options{Encoding: "utf-16"}, []string{"unmarked.csv: it has no byte order mark; hint: use utf-16le or utf-16be"}},
		{"sheet.xlsx", "PK\x03\x04xxxxxxxx", Options{}, []string{"sheet.xlsx: the zip data is damaged or cut off: zip: not a valid zip file; hint: export or download the file again"}},
		{"array.json", ` [{"a":1}]`, Options{Format: JSONL}, []string{"array.json: it is one JSON array, and jsonl is set; hint: use json, or leave the format unset"}},
		{"broken.jsonl", "\n{\"a\":\n[]\n", Options{}, []string{"broken.jsonl:2: no row can be read; the first: the row ends within the object; hint: a row is one JSON object"}},
		{"members.jsonl", "{}\n{}\n", Options{}, []string{"members.jsonl: none of its rows has a member; hint: a row is one JSON object"}},
		{"keys.jsonl", "{\"a\":1}\n{\"b\":1}\n{\"c\":1}\n", Options{Limits: Limits{Columns: 2}}, []string{"keys.jsonl:3: the rows up to here have more than 2 different members; hint: members of a row are columns; are these names, or values?"}},
		{"cut.csv.gz", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", Options{}, []string{"cut.csv.gz: the gzip data is damaged or cut off: unexpected EOF; hint: export or download the file again"}},
		{"options.csv", "a\n", Options{Delimiter: "\""}, []string{`"\"" cannot separate cells; hint: write the characters between the cells, such as ";", "||", tab or "\x01", after delimiter: under input: in the job file`}},
		{"options.csv", "a\n", Options{Delimiter: "semicolan"}, []string{`"semicolan" cannot separate cells; hint: write the characters between the cells, such as ";", "||", tab or "\x01", after delimiter: under input: in the job file`}},
		{"options.csv", "a\n", Options{Delimiter: "\n"}, []string{`"\n" cannot separate cells; hint: write the characters between the cells, such as ";", "||", tab or "\x01", after delimiter: under input: in the job file`}},
		{"options.csv", "a\n", Options{Limits: Limits{Record: 2 << 30, Cell: 1, Columns: 1, Lines: 1, Depth: 1, Expansion: 1, Expanded: 1}}, []string{
			"a limit is out of range: {Cell:1 Record:2147483648 Columns:1 Lines:1 Depth:1 Expansion:1 Expanded:1}; hint: limits are positive, and a record is at most 1 GiB"}},
		{"options.csv", "a\n", Options{Encoding: "ebcdic"}, []string{`unknown encoding "ebcdic"; hint: use ` + orList(Encodings())}},
		{"options.csv", "a\n", Options{Format: "xml"}, []string{`unknown format "xml"; hint: use csv, tsv, jsonl, json or xlsx`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			equal(t, problems(t, test.options, write(t, test.name, test.content)), test.want)
		})
	}
	t.Run("no file", func(t *testing.T) {
		pipe := filepath.Join(dir, "list.csv")
		equal(t, problems(t, Options{}, dir, pipe, "-", "/dev/null"), []string{
			filepath.Base(dir) + ": this is a folder; hint: name the files in it",
			"list.csv: the file cannot be opened: file does not exist; hint: check the path; a list on standard input is named -",
			"-: standard input can be read only once; hint: keep a copy of it first",
			"null: this is no ordinary file, and an input is read more than once; hint: pipe it to standard input and name it -",
		})
		equal(t, problems(t, Options{}), []string{"no input is named; hint: name a CSV, JSON or .xlsx file, or - for standard input"})
	})
}

func TestSurveyStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Survey(ctx, []Input{{Path: write(t, "list.csv", "a\n1\n")}}, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestSeveralInputs(t *testing.T) {
	first := write(t, "first.csv", "a,b,c\n1,2,3\n")
	second := write(t, "second.csv", "c;a;b\n6;4;5\nx\n\xff;7;8\n")
	third := write(t, "third.jsonl", `{"b":"11","a":"10"}`)
	set := survey(t, Options{Encoding: "", Limits: Limits{}}, first, second, third)
	rows := readAll(t, set)
	equal(t, shorts(rows), []string{
		"1 @2 6:12 1|2|3",
		"2 @2 6:12 4|5|6", "3 @3 12:14 !ragged_row", "4 @4 14:20 7|8|\u00ff",
		"5 @1 0:19 10|11|",
	})
	for i, input := range []int{0, 1, 1, 1, 2} {
		if rows[i].Input != input {
			t.Errorf("row %d is of input %d", i+1, rows[i].Input)
		}
	}
	if set.Size() != 12+20+19 {
		t.Errorf("size is %d", set.Size())
	}

	t.Run("broken cells move too", func(t *testing.T) {
		rows := readAll(t, survey(t, Options{Encoding: UTF8}, first, second))
		equal(t, rows[3].Broken.Cells, []string{"7", "8", "\u00ff"})
	})
	t.Run("columns differ", func(t *testing.T) {
		other := write(t, "other.csv", "a,b,d,e\n")
		object := write(t, "object.jsonl", `{"a":1,"f":2}`)
		got := problems(t, Options{}, first, other, object)
		for i := range got {
			got[i] = strings.ReplaceAll(got[i], filepath.Dir(first)+"/", "")
		}
		const hint = "; hint: inputs of one run have the same columns, in any order; import lists of different columns one by one"
		equal(t, got, []string{
			`other.csv: its columns differ from those of first.csv: it lacks "c"; it also has "d", "e"` + hint,
			`object.jsonl: its columns differ from those of first.csv: it also has "f"` + hint,
		})
	})
	t.Run("many columns differ", func(t *testing.T) {
		got := problems(t, Options{}, first, write(t, "other.csv", "a,b,c,1,2,3,4,5,6,7,8,9,10,11,12\n"))
		if len(got) != 1 || !strings.Contains(got[0], `it also has "1", "2", "3", "4", "5", "6", "7", "8", "9", "10" and 2 more; hint`) {
			t.Errorf("got %q", got)
		}
	})
	t.Run("JSONL alone makes one header of all", func(t *testing.T) {
		set := survey(t, Options{}, write(t, "1.jsonl", `{"a":1,"b":2}`), write(t, "2.jsonl", `{"c":3,"b":4}`))
		equal(t, set.Header, []string{"a", "b", "c"})
		equal(t, shorts(readAll(t, set)), []string{"1 @1 0:13 1|2|", "2 @1 0:13 |4|3"})
	})
	t.Run("named twice", func(t *testing.T) {
		link := filepath.Join(t.TempDir(), "link.csv")
		if err := os.Symlink(first, link); err != nil {
			t.Fatal(err)
		}
		equal(t, problems(t, Options{}, first, link), []string{"link.csv: this input is named twice; hint: name it once"})
	})
}

func TestDigest(t *testing.T) {
	a, b := "a;b\n1,2;3\n", "a;b\n1,2;4\n"
	digest := func(o Options, contents ...string) string {
		var paths []string
		for _, c := range contents {
			paths = append(paths, write(t, "list.csv", c))
		}
		return string(survey(t, o, paths...).Digest())
	}
	other, err := Survey(context.Background(), []Input{{Path: write(t, "list.csv", a), Title: "other"}}, Options{Limits: Limits{Cell: 5}})
	if err != nil {
		t.Fatal(err)
	}
	if digest(Options{}, a) != string(other.Digest()) {
		t.Error("name, place or a limit on cells count")
	}
	seen := map[string]int{}
	for i, d := range []string{
		digest(Options{}, a), digest(Options{}, b), digest(Options{}, a, b), digest(Options{}, b, a),
		digest(Options{Delimiter: ","}, a), digest(Options{Encoding: "cp1252"}, a), digest(Options{Limits: Limits{Lines: 5}}, a),
	} {
		if len(d) != 32 {
			t.Errorf("digest %d has %d bytes", i, len(d))
		}
		if j, ok := seen[d]; ok {
			t.Errorf("digests %d and %d are the same", j, i)
		}
		seen[d] = i
	}
}
