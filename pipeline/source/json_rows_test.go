package source

import (
	"strings"
	"testing"
)

func TestJSONLRows(t *testing.T) {
	tests := []struct {
		name, content string
		options       Options
		header        string
		want          []string
	}{
		{"values as written", `{"s":"a\n\u00e9","n":-0.10,"e":1E400,"z":12345678901234567890,"t":true,"f":false,"x":null}`, Options{},
			"s n e z t f x", []string{"1 @1 0:90 a\n\u00e9|-0.10|1E400|12345678901234567890|true|false|"}},
		{"columns in order of first appearance", "{\"b\":1}\n{\"a\":2,\"b\":3}\n", Options{}, "b a", []string{"1 @1 0:8 1|", "2 @2 8:22 3|2"}},
		{"nested", `{"address":{"city":"Cork","geo":{"lat":1}},"phones":["1",{"n":2}],"none":{},"no":[]}`, Options{},
			"address.city address.geo.lat phones[0] phones[1].n", []string{"1 @1 0:84 Cork|1|1|2"}},
		{"nothing in it", "{\"a\":1}\n{}\n", Options{}, "a", []string{"1 @1 0:8 1", "2 @2 8:11 "}},
		{"blank lines and CRLF", "\r\n{\"a\":1}\r\n \t\n{\"a\":2}", Options{}, "a", []string{"1 @2 2:11 1", "2 @4 14:21 2"}},
		{"byte order mark", "\ufeff{\"a\":1}\n", Options{}, "a", []string{"1 @1 3:11 1"}},
		{"windows-1252 when set", "{\"a\":\"M\xfcller\"}\n{\"a\":\"\x81\"}\n", Options{Encoding: "windows-1252"}, "a", []string{"1 @1 0:15 M\u00fcller", "2 @2 15:25 !bad_encoding"}},

		{"a name twice", "{\"a\":1,\"a\":2}\n{\"a\":3}\n", Options{}, "a", []string{"1 @1 0:14 !duplicate_json_key", "2 @2 14:22 3"}},
		{"a name twice, escaped", `{"ab":1,"\u0061b":2}` + "\n{\"a\":3}\n", Options{}, "a", []string{"1 @1 0:21 !duplicate_json_key", "2 @2 21:29 3"}},
		{"a name twice within", "{\"a\":{\"b\":1,\"b\":2}}\n{\"a\":3}\n", Options{}, "a", []string{"1 @1 0:20 !duplicate_json_key", "2 @2 20:28 3"}},
		{"a flattened name twice", "{\"a.b\":1,\"a\":{\"b\":2}}\n{\"a\":3}\n", Options{}, "a", []string{"1 @1 0:22 !duplicate_json_key", "2 @2 22:30 3"}},
		{"names differ by case", `{"a":1,"A":2}`, Options{}, "a A", []string{"1 @1 0:13 1|2"}},
		{"no JSON", "{\"a\":1}\n{\"a\":01}\n{'a':1}\n{\"a\":1,}\n{\"a\":1}}\n{\"a\":NaN}\n{\"a\"\n", Options{}, "a",
			[]string{"1 @1 0:8 1", "2 @2 8:17 !bad_json", "3 @3 17:25 !bad_json", "4 @4 25:34 !bad_json", "5 @5 34:43 !bad_json", "6 @6 43:53 !bad_json", "7 @7 53:58 !bad_json"}},
		{"no object", "{\"a\":1}\n[1]\n\"a\"\nnull\n3\n", Options{}, "a",
			[]string{"1 @1 0:8 1", "2 @2 8:12 !bad_json", "3 @3 12:16 !bad_json", "4 @4 16:21 !bad_json", "5 @5 21:23 !bad_json"}},
		{"two objects", "{\"a\":1}{\"a\":2}\n{\"a\":3}\n", Options{}, "a", []string{"1 @1 0:7 1", "2 @1 7:14 2", "3 @2 15:22 3"}},
		{"two objects on a later line", "{\"a\":3}\n{\"a\":1}{\"a\":2}\n", Options{}, "a", []string{"1 @1 0:8 3", "2 @2 8:23 !bad_json"}},
		{"an object over two lines", "{\"a\":1,\n\"b\":2}\n{\"a\":3}\n", Options{}, "a b", []string{"1 @1 0:14 1|2", "2 @3 15:22 3|"}},
		{"a later object over two lines", "{\"a\":3}\n{\"a\":1,\n\"b\":2}\n", Options{}, "a", []string{"1 @1 0:8 3", "2 @2 8:16 !bad_json", "3 @3 16:23 !bad_json"}},
		{"commas behind objects", "{\"a\":1},\n{\"a\":2}, \r\n{\"a\":3,}\n{\"a\":4}\n", Options{}, "a", []string{"1 @1 0:9 1", "2 @2 9:20 2", "3 @3 20:29 !bad_json", "4 @4 29:37 4"}},
		{"an empty name", "{\"\":1}\n{\"a\":3}\n", Options{}, "a", []string{"1 @1 0:7 !bad_json", "2 @2 7:15 3"}},
		{"no UTF-8", "{\"a\":\"\xff\"}\n{\"a\":3}\n", Options{}, "a", []string{"1 @1 0:10 !bad_encoding", "2 @2 10:18 3"}},
		{"half a surrogate pair", `{"a":"\ud800"}` + "\n{\"a\":3}\n", Options{}, "a", []string{"1 @1 0:15 !bad_json", "2 @2 15:23 3"}},
		{"NUL", `{"a":"\u0000"}` + "\n" + `{"\u0000":1}` + "\n{\"a\":3}\n", Options{}, "a", []string{"1 @1 0:15 !control_character", "2 @2 15:28 !control_character", "3 @3 28:36 3"}},
		{"broken rows teach no columns", "{\"a\":1}\n{\"b\":1,\"a\":{\"\":1}}\n{\"c\":1", Options{}, "a", []string{"1 @1 0:8 1", "2 @2 8:27 !bad_json", "3 @3 27:33 !bad_json"}},

		{"too deep", "{\"a\":{\"b\":{\"c\":1}}}\n{\"a\":{\"b\":[]}}\n{\"a\":{\"b\":1}}\n", Options{Limits: Limits{Depth: 2}}, "a.b",
			[]string{"1 @1 0:20 !json_too_deep", "2 @2 20:35 !json_too_deep", "3 @3 35:49 1"}},
		{"too many members", "{\"a\":[1,2,3]}\n{\"a\":[1,2]}\n", Options{Limits: Limits{Columns: 2}}, "a[0] a[1]", []string{"1 @1 0:14 !too_many_columns", "2 @2 14:26 1|2"}},
		{"a value too long", "{\"a\":\"12345\"}\n{\"a\":\"1234\"}\n", Options{Limits: Limits{Cell: 4}}, "a", []string{"1 @1 0:14 !cell_too_long", "2 @2 14:27 1234"}},
		{"a line too long", "{\"a\":\"" + strings.Repeat("x", 30) + "\"}\n{\"a\":1}\n", Options{Limits: Limits{Record: 20}}, "a", []string{"1 @1 0:39 !row_too_long", "2 @2 39:47 1"}},
		{"a name too long", "{\"" + strings.Repeat("x", 2000) + "\":1}\n{\"a\":1}\n", Options{}, "a", []string{"1 @1 0:2007 !bad_json", "2 @2 2007:2015 1"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			set := survey(t, test.options, write(t, "list.jsonl", test.content))
			if got := strings.Join(set.Header, " "); got != test.header {
				t.Errorf("columns are %q, want %q", got, test.header)
			}
			rows := readAll(t, set)
			equal(t, shorts(rows), test.want)
			account(t, []byte(test.content), int64(set.Files[0].markLength), rows, blankJSON)
			for _, r := range rows {
				if r.Broken != nil && r.Broken.Raw == "" {
					t.Errorf("row %d leaves nothing for failed.csv", r.Number)
				}
			}
		})
	}
}

func TestUnknownMember(t *testing.T) {
	file, text := File{Format: JSONL, Encoding: UTF8, Header: []string{"a"}}, strings.NewReader("{\"a\":1,\"b\":2}\n{\"a\":1,\"b\":2,\"b\":3}\n{\"a\":3}\n")
	limits := Limits{}.withDefaults()
	rows := newJSONRows(&file, newLines(text, &file, limits), limits)
	var got []string
	for range 3 {
		row, err := rows.next()
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, short(row))
	}
	equal(t, got, []string{"0 @1 0:14 !unknown_column", "0 @2 14:34 !duplicate_json_key", "0 @3 34:42 3"})
}
