package source

import (
	"strings"
	"testing"
)

func TestReadDelimiter(t *testing.T) {
	for text, want := range map[string]string{
		"tab": "\t", "TAB": "\t", `\t`: "\t", "SOH": "\x01", `\x01`: "\x01", `\u0001`: "\x01", "0x1F": "\x1f", "U+001E": "\x1e", `\001`: "\x01", "^A": "\x01", "^_": "\x1f",
		"us": "\x1f", "semicolon": ";", "pipe": "|", "||": "||", "^": "^", "^|^": "^|^", ", ": ", ", "\x01": "\x01", "§": "§", "semicolan": "semicolan", `\u00a6`: "¦", "": "",
	} {
		if got := ReadDelimiter(text); got != want {
			t.Errorf("%q means %q, want %q", text, got, want)
		}
	}
	for _, d := range []string{"", ";", "||", "~|~", "\x01", "\t", ", ", "§", "；", "x", "::"} {
		if err := checkDelimiter(d); err != nil {
			t.Errorf("%q is refused: %v", d, err)
		}
	}
	for _, d := range []string{`"`, "\n", "a\r", "\x00", "bars", "a|", "ä", "\xff", "|||||||||", "\x7f"} {
		if checkDelimiter(d) == nil {
			t.Errorf("%q is taken", d)
		}
		if name := delimiterName(d); strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }) {
			t.Errorf("%q is shown as %s, which cannot be seen", d, name)
		}
	}
}

// TestDelimiters reads rows whose delimiter is not one ASCII character that everybody uses.
func TestDelimiters(t *testing.T) {
	tests := []struct {
		name, content, said string
		options             Options
		want                []string
	}{
		{"bars", "a||b\n1||2\n||\n1||\"2||3\"\n", `"||"`, Options{}, []string{"1 @2 5:10 1|2", "2 @4 13:23 1|2||3"}},
		{"bars, one within a cell", "a||b||c\n1|2||3||4\n", `"||"`, Options{Delimiter: "||"}, []string{"1 @2 8:18 1|2|3|4"}},
		{"bars, where a cell ends is not certain", "a||b\n1|||2\n1||2|\n|1||2\n\"1|\"||2\n\"1\"|||2\n", `"||"`, Options{},
			[]string{"1 @2 5:11 !ragged_row", "2 @3 11:17 1|2|", "3 @4 17:23 |1|2", "4 @5 23:31 1||2", "5 @6 31:39 1||2"}},
		{"bars, empty cells", "a||b||c\n1||||3\n||||\n1|||||3\n", `"||"`, Options{}, []string{"1 @2 8:15 1||3", "2 @4 20:28 !ragged_row"}},
		{"overlapping tildes", "a~|~b\n1~|~|~2\n1~|~2\n", `"~|~"`, Options{}, []string{"1 @2 6:14 !ragged_row", "2 @3 14:20 1|2"}},
		{"backslash before one", "a||b\n1\\||2||3\n", `"||"`, Options{Delimiter: "||", Quote: QuoteBackslash}, []string{"1 @2 5:14 1||2|3"}},
		{"SOH", "a\x01b\n1\x012\n", `"\x01"`, Options{}, []string{"1 @2 4:8 1|2"}},
		{"broken bar", "a¦b\n1¦2\n", `"¦"`, Options{}, []string{"1 @2 5:10 1|2"}},
		{"section sign in windows-1252", "a\xa7b\n\xe4\xa72\n", `"§"`, Options{}, []string{"1 @2 4:8 ä|2"}},
		{"full width", "a；b\n1；2\n", `"；"`, Options{}, []string{"1 @2 6:12 1|2"}},
		{"space behind commas", "\"a\", \"b\"\n\"1\", \"2, 3\"\n\"1\",\"2\"\n", `", "`, Options{Delimiter: ", "}, []string{"1 @2 9:21 1|2, 3", "2 @3 21:29 !bad_quote"}},
		{"merged", "a||b\n1||2||3\n", `"||"`, Options{Ragged: RaggedMerge}, []string{"1 @2 5:13 1|2||3"}},
		{"quotes over lines", "a||b\n\"1\n||\"||2\n", `"||"`, Options{}, []string{"1 @2 5:15 1\n|||2"}},
		{"loose quotes", "a||b\n5\"||\"2||3\"\n", `"||"`, Options{Delimiter: "||", Quotes: QuotesLoose}, []string{"1 @2 5:16 5\"|2||3"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			set := survey(t, test.options, write(t, "list.csv", test.content))
			if said := set.Files[0].Summary(); !strings.Contains(said, "CSV, "+test.said+" separated") {
				t.Error(said)
			}
			equal(t, shorts(readAll(t, set)), test.want)
		})
	}
}
