package source

import (
	"bytes"
	"strings"
	"testing"
)

func TestDialects(t *testing.T) {
	backslash, loose, none := Options{Quote: QuoteBackslash}, Options{Quotes: QuotesLoose}, Options{Quotes: QuotesNone, Format: TSV}
	tests := []struct {
		name, content string
		options       Options
		want          []string
	}{
		{"backslash", "a,b\n\"x \\\"y\\\"\",2\n\"C:\\\\\",\"a\\,b\"\n", backslash, []string{`1 @2 4:16 x "y"|2`, `2 @3 16:30 C:\|a,b`}},
		{"backslash outside quotes", "a,b\nx\\,y,\\\"2\\\\\n", backslash, []string{`1 @2 4:15 x,y|"2\`}},
		{"backslash beside doubled quotes", "a,b\n\"x\"\"\\\"\",2\n", backslash, []string{`1 @2 4:14 x""|2`}},
		{"backslash before a letter", "a,b\n\"C:\\new\",2\nC:\\new,2\n1,2\\\n3,4\n", backslash, []string{"1 @2 4:15 !bad_quote", "2 @3 15:24 !bad_quote", "3 @4 24:29 !bad_quote", "4 @5 29:33 3|4"}},
		{"backslash before the last quote", "a,b\n\"C:\\\",2\n1,2\n", backslash, []string{"1 @2 4:12 !bad_quote", "2 @3 12:16 1|2"}},
		{"backslash over lines", "a,b\n\"x\\\"\ny\",2\n", backslash, []string{"1 @2 4:14 x\"\ny|2"}},
		{"backslash and a bare quote", "a,b\n1\\\"\",2\n3,4\n", backslash, []string{"1 @2 4:11 !bad_quote", "2 @3 11:15 3|4"}},
		{"backslash is text where nobody says so", "a,b\nC:\\new,\"\\\"\n", Options{}, []string{`1 @2 4:15 C:\new|\`}},

		{"loose", "a,b\n5\" pipe,Bob \"B\" Box\nx\",\"y,\"\"z\"\n", loose, []string{`1 @2 4:24 5" pipe|Bob "B" Box`, `2 @3 24:35 x"|y,"z`}},
		{"loose over lines", "a,b\n5\",\"x\n\"\"y\n\"\n1,2\n", loose, []string{"1 @2 4:16 5\"|x\n\"y\n", "2 @5 16:20 1|2"}},
		{"loose, text after a closing quote", "a,b\n\"Bob\" Box,2\n1,2\n", loose, []string{"1 @2 4:16 !bad_quote", "2 @3 16:20 1|2"}},
		{"loose, never closed", "a,b\n1,\"2\n3,4\n", loose, []string{"1 @2 4:9 !bad_quote", "2 @3 9:13 3|4"}},
		{"loose with backslash", "a,b\nx\"\\,y,\"z\\\"\"\n", Options{Quotes: QuotesLoose, Quote: QuoteBackslash}, []string{`1 @2 4:16 x",y|z"`}},
		{"loose, doubled quotes in text stay", "a,b\nx\"\"y,2\n", Options{Quotes: QuotesLoose, Quote: QuoteBackslash}, []string{`1 @2 4:11 x""y|2`}},
		{"none", "a\tb\n\"x\t\"\"\n\"\t2\n", none, []string{`1 @2 4:10 "x|""`, `2 @3 10:14 "|2`}},

		{"comments", "# a list\na,b\n#x,\"y\n1,2\n3,#4\n \n# end", Options{Comment: '#'}, []string{"1 @4 19:23 1|2", "2 @5 23:28 3|#4", "3 @6 28:30 !ragged_row"}},
		{"a comment sign in quotes", "a,b\n\"1\n# no comment\",2\n\"#\",3\n", Options{Comment: '#'}, []string{"1 @2 4:23 1\n# no comment|2", "2 @4 23:29 #|3"}},
		{"a comment that a row may hide in", "a,b\n#x\r1,2\n#y\r#z\r\r\n3,4\n#\r", Options{Comment: '#'}, []string{"1 @2 4:11 !control_character", "2 @4 19:23 3|4"}},
		{"a comment before a row, CR ends lines", "a,b\n#x\r1,2\n", Options{Comment: '#', LineEnds: LineEndsAny}, []string{"1 @3 7:11 1|2"}},
		{"a comment too long to be looked at", "a,b\n#" + strings.Repeat("x", 40) + "\n#1\n2,3\n", Options{Comment: '#', Limits: Limits{Record: 32}}, []string{"1 @2 4:46 !row_too_long", "2 @4 49:53 2|3"}},
		{"a comment at the end that a row may hide in", "a,b\n#x\"\"2\r3", Options{Comment: '#'}, []string{"1 @2 4:11 !control_character"}},
		{"comments where nobody says so", "a,b\n#1,2\n", Options{}, []string{"1 @2 4:9 #1|2"}},

		{"CR ends lines", "a,b\r1,2\r\r\"x\ry\",4\r", Options{}, []string{"1 @2 4:8 1|2", "2 @4 9:17 x\ry|4"}},
		{"CR ends lines, last without", "a,b\r1,2\r3,4", Options{}, []string{"1 @2 4:8 1|2", "2 @3 8:11 3|4"}},
		{"LF in cells, CR between rows", "a,b\r\"1\n2\",3\r4,5\r", Options{LineEnds: LineEndsAny}, []string{"1 @2 4:12 1\n2|3", "2 @4 12:16 4|5"}},
		{"all line ends", "a,b\r\n1,2\n3,4\r5,6\r\r\n7,8", Options{LineEnds: LineEndsAny}, []string{"1 @2 5:9 1|2", "2 @3 9:13 3|4", "3 @4 13:17 5|6", "4 @6 19:22 7|8"}},
		{"stray quotes between CRs", "a,b,c,d\r1,2,3,\"4\r5,6,7,8\r9,9,9,9\"\r1,2,3,4\r", Options{}, []string{"1 @2 8:17 !bad_quote", "2 @3 17:25 5|6|7|8", "3 @4 25:34 !bad_quote", "4 @5 34:42 1|2|3|4"}},

		{"preamble", "Report of 2024\n\"by Ann\n\na,b\n1,2\n", Options{HeaderRow: 4}, []string{"1 @5 28:32 1|2"}},
		{"preamble before a blank line", "x\n\na,b\n1,2\n", Options{HeaderRow: 2}, []string{"1 @4 7:11 1|2"}},
		{"sep=", "sep=;\r\na;b,c\r\n1;2\r\n", Options{}, []string{"1 @3 14:19 1|2"}},
		{"sep= in quotes", "\"sep=|\"\na|b,c\n1|2\n", Options{}, []string{"1 @3 14:18 1|2"}},
		{"sep= against a delimiter that is set", "sep=;\na,b\n1,2\n", Options{Delimiter: ","}, []string{"1 @3 10:14 1|2"}},
		{"sep= after a mark, before a preamble", "\ufeffsep=;\nx\na;b\n1;2\n", Options{HeaderRow: 3}, []string{"1 @4 15:19 1|2"}},
		{"no header", "1,2\n3,4\n", Options{Columns: []string{"a", "b"}}, []string{"1 @1 0:4 1|2", "2 @2 4:8 3|4"}},
		{"no header, sep=, semicolons", "sep=;\n1;2\n", Options{Columns: []string{"a", "b"}}, []string{"1 @2 6:10 1|2"}},

		{"delimiter at the end", "a,b,\n1,2,\n3,4\n5,6,7\n8,\n\"9\",\"\",\"\"\n", Options{}, []string{"1 @2 5:10 1|2", "2 @3 10:14 !ragged_row", "3 @4 14:20 !ragged_row", "4 @5 20:23 !ragged_row", "5 @6 23:33 9|"}},
		{"padded", "a,b,c\n1\n1,2\n1,2,3\n1,2,3,4\n", Options{Ragged: RaggedPad}, []string{"1 @2 6:8 1||", "2 @3 8:12 1|2|", "3 @4 12:18 1|2|3", "4 @5 18:26 !ragged_row"}},
		{"merged", "a,b\n1\n1,2,\"3\"\n1,2,,\n", Options{Ragged: RaggedMerge}, []string{"1 @2 4:6 !ragged_row", "2 @3 6:14 1|2,3", "3 @4 14:20 1|2,,"}},
		{"delimiter and a blank of windows-1252 at the end", "a,b,\xa0\n1,2,\xa0\n3,4,\n5,6\n", Options{Encoding: Windows1252}, []string{"1 @2 6:12 1|2", "2 @3 12:17 3|4", "3 @4 17:21 !ragged_row"}},
		{"padded with a delimiter at the end", "a,b,\n1,\n1\n1,2,\n1,2,3\n", Options{Ragged: RaggedPad}, []string{"1 @2 5:8 1|", "2 @3 8:10 1|", "3 @4 10:15 1|2", "4 @5 15:21 !ragged_row"}},
		{"merged with a delimiter at the end", "a,b,\n1,2,3,\n1,2,3\n1,2,3,4\n", Options{Ragged: RaggedMerge}, []string{"1 @2 5:12 1|2,3", "2 @3 12:18 !ragged_row", "3 @4 18:26 !ragged_row"}},
		{"a swallowed row is not merged", "a,b\n1,\"2\n3,4\n5,6\",7\n", Options{Ragged: RaggedMerge}, []string{"1 @2 4:9 !bad_quote", "2 @3 9:13 3|4", "3 @4 13:20 !bad_quote"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			set := survey(t, test.options, write(t, "list.csv", test.content))
			rows := readAll(t, set)
			equal(t, shorts(rows), test.want)
			d := set.Files[0].dialect
			accountLines(t, []byte(test.content), headerEnd(t, []byte(test.content), set), rows, blankIn(d), d.anyEnd)
			reread(t, []byte(test.content), set, rows)
		})
	}
}

// blankIn is true for what belongs to no row: blank lines and comments.
func blankIn(d dialect) func([]byte) bool {
	return func(between []byte) bool {
		for _, line := range bytes.FieldsFunc(between, func(r rune) bool { return r == '\r' || r == '\n' }) {
			if d.comment == 0 || line[0] != d.comment {
				return false
			}
		}
		return true
	}
}

func TestDialectSaid(t *testing.T) {
	tests := []struct {
		content string
		options Options
		want    string
	}{
		{"x\na,b\n1,2\n", Options{HeaderRow: 2, Quote: QuoteBackslash, Comment: '#', Ragged: RaggedPad}, "list.csv: CSV, \",\" separated, utf-8, header on line 2, quotes by backslash, comments after \"#\", short rows padded, 2 columns"},
		{"sep=;\ra;\r1;\r", Options{Quotes: QuotesLoose, Ragged: RaggedMerge}, "list.csv: CSV, \";\" separated, utf-8, after a sep= line, lines end with CR too, loose quotes, a delimiter at the end of every row, surplus cells merged, 1 column"},
		{"1\n", Options{Quotes: QuotesNone, Columns: []string{"x"}}, "list.csv: CSV, \",\" separated, utf-8, no header, no quotes, 1 column"},
	}
	for _, test := range tests {
		set := survey(t, test.options, write(t, "list.csv", test.content))
		said := set.Files[0].Summary()
		if said = said[strings.LastIndexByte(said, '/')+1:]; said != test.want {
			t.Errorf("said %s\nwant %s", said, test.want)
		}
	}
}

func TestDialectHints(t *testing.T) {
	for content, want := range map[string]string{
		"a,b\n\"x \\\"y\\\" z\",2\n": "quote: backslash",
		"a,b\n\"x\\\"\",2\n1,2\n":    "quote: backslash",
		"a,b\n5\" pipe,2\n":          "quotes: loose",
		"a,b\n1\r2,3\n":              "line_ends: any",
	} {
		rows := readAll(t, survey(t, Options{}, write(t, "list.csv", content)))
		if len(rows) == 0 || rows[0].Broken == nil || !strings.Contains(rows[0].Broken.Hint, want) {
			t.Errorf("%q: %+v, want a hint with %s", content, rows, want)
		}
	}
}

func TestDialectFaults(t *testing.T) {
	tests := []struct {
		content string
		options Options
		want    string
	}{
		{"a\n", Options{Quote: "single"}, `quote "single" is unknown; hint: use double or backslash`},
		{"a\n", Options{Quotes: "lax"}, `quotes "lax" is unknown; hint: use strict, loose, none or line`},
		{"a\n", Options{Ragged: "drop"}, `ragged "drop" is unknown; hint: use invalid, pad or merge`},
		{"a\n", Options{LineEnds: "cr"}, `line_ends "cr" is unknown; hint: use lf or any`},
		{"a\n", Options{Comment: 'x'}, `'x' cannot begin a comment; hint: a comment begins with one ASCII character, such as #`},
		{"a\n", Options{Comment: ';', Delimiter: ";"}, `';' is both comment and delimiter; hint: change one of them`},
		{"a\n", Options{Quote: QuoteBackslash, Quotes: QuotesNone}, `quote: backslash and quotes: none exclude each other; hint: leave one of the two out`},
		{"a\n", Options{HeaderRow: -1}, `header_row -1 is out of range; hint: it is a line's number, 1 to 10000`},
		{"a\n", Options{Quote: QuoteBackslash, Quotes: QuotesLine}, `quote: backslash and quotes: line exclude each other; hint: leave one of the two out`},
		{"a\n", Options{HeaderRow: 2}, `list.csv: there is no header after line 1; hint: header_row is the line with the names of the columns`},
		{"a\n", Options{Sheet: "x"}, `sheet is set, and no input is a workbook; hint: leave it out`},
		{"{\"a\":1}\n", Options{Ragged: RaggedPad}, `ragged is set, and no input is CSV; hint: leave it out`},
		{"{\"a\":1}\n", Options{Columns: []string{"a"}}, `columns is set, and rows in JSON name their own; hint: leave it out`},
		{"a,b\x07\n", Options{}, `list.csv:1: the name of column 2 holds a control character; hint: remove it`},
		{"a,a\u200b\n", Options{}, `list.csv:1: columns 1 and 2 have the same name; hint: rename one of them; where this line is a row, write input: {columns: [column 1, column 2]} in the job file`},
	}
	for _, test := range tests {
		name := "list.csv"
		if strings.HasPrefix(test.content, "{") {
			name = "list.jsonl"
		}
		equal(t, problems(t, test.options, write(t, name, test.content)), []string{test.want})
	}
	if err := (Options{Columns: []string{"a", "a"}}).check(Limits{}); err == nil || !strings.Contains(err.Error(), "columns 1 and 2 are both named") {
		t.Errorf("two columns of one name: %v", err)
	}
}

// TestDigestKnowsTheForm: the same bytes read in another way are another input.
func TestDigestKnowsTheForm(t *testing.T) {
	path := write(t, "list.csv", "a,b\n1,2\n")
	seen := map[string]int{}
	for i, o := range []Options{{}, {Quote: QuoteBackslash}, {Quotes: QuotesLoose}, {Quotes: QuotesNone}, {Comment: '#'}, {Ragged: RaggedPad}, {LineEnds: LineEndsAny},
		{HeaderRow: 2}, {Columns: []string{"a", "b"}}, {Columns: []string{"a", "c"}}} {
		digest := string(survey(t, o, path).Digest())
		if earlier, ok := seen[digest]; ok {
			t.Errorf("options %d and %d have one digest", earlier, i)
		}
		seen[digest] = i
	}
	if string(survey(t, Options{HeaderRow: 1, Quote: QuoteDouble, Quotes: QuotesStrict, LineEnds: LineEndsLF, Ragged: RaggedInvalid}, path).Digest()) != string(survey(t, Options{}, path).Digest()) {
		t.Error("the usual form has two digests, said and not said")
	}
}
