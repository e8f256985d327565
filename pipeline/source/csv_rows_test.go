package source

import (
	"bytes"
	"strings"
	"testing"
)

func TestCSVRows(t *testing.T) {
	tests := []struct {
		name, content string
		options       Options
		want          []string
	}{
		{"plain", "a,b\n1,2\n3,4\n", Options{}, []string{"1 @2 4:8 1|2", "2 @3 8:12 3|4"}},
		{"last line without line end", "a,b\n1,2", Options{}, []string{"1 @2 4:7 1|2"}},
		{"last line with CR alone", "a,b\n1,2\r", Options{}, []string{"1 @2 4:8 1|2"}},
		{"CRLF", "a,b\r\n1,2\r\n3,4\r\n", Options{}, []string{"1 @2 5:10 1|2", "2 @3 10:15 3|4"}},
		{"mixed line ends", "a,b\n1,2\r\n3,4\n", Options{}, []string{"1 @2 4:9 1|2", "2 @3 9:13 3|4"}},
		{"header only", "a,b\n", Options{}, nil},
		{"header only, no line end", "a,b", Options{}, nil},
		{"blank lines", "\n\na,b\n\n1,2\n\r\n3,4\n\n", Options{}, []string{"1 @5 7:11 1|2", "2 @7 13:17 3|4"}},
		{"line break in a cell", "a,b\n\"x\ny\",2\n3,4\n", Options{}, []string{"1 @2 4:12 x\ny|2", "2 @4 12:16 3|4"}},
		{"CRLF in a cell stays", "a,b\r\n\"x\r\ny\",2\r\n", Options{}, []string{"1 @2 5:15 x\r\ny|2"}},
		{"lone CR in quotes stays", "a,b\n\"x\ry\",2\n", Options{}, []string{"1 @2 4:12 x\ry|2"}},
		{"blank line in a cell", "a,b\n\"\n\n\",2\n3,4\n", Options{}, []string{"1 @2 4:11 \n\n|2", "2 @5 11:15 3|4"}},
		{"line break in the header", "\"a\nx\",b\n1,2\n", Options{}, []string{"1 @3 8:12 1|2"}},
		{"quotes and delimiters in quotes", "a,b\n\"x,\"\"y\"\"\",\"\"\n", Options{}, []string{"1 @2 4:17 x,\"y\"|"}},
		{"quoted last cell, no line end", "a,b\n1,\"2\"", Options{}, []string{"1 @2 4:9 1|2"}},
		{"cells keep their space", "a,b\n 1 ,\t2\u00a0\n", Options{}, []string{"1 @2 4:13  1 |\t2\u00a0"}},
		{"leading zeros and plus", "a,b\n007,+353\n", Options{}, []string{"1 @2 4:13 007|+353"}},
		{"one column", "a\n1\n\n\"\"\n3\n", Options{}, []string{"1 @2 2:4 1", "2 @4 5:8 ", "3 @5 8:10 3"}},
		{"byte order mark", "\ufeffa,b\n1,2\n", Options{}, []string{"1 @2 7:11 1|2"}},
		{"byte order mark before a quoted header", "\ufeff\"a\",\"b\"\n1,2\n", Options{}, []string{"1 @2 11:15 1|2"}},
		{"given delimiter", "a#b,c\n1#2,3\n", Options{Delimiter: "#"}, []string{"1 @2 6:12 1|2,3"}},

		{"too few cells", "a,b,c\n1,2\n1,2,3\n", Options{}, []string{"1 @2 6:10 !ragged_row", "2 @3 10:16 1|2|3"}},
		{"too many cells", "a,b\n1,2,3\n1,2\n", Options{}, []string{"1 @2 4:10 !ragged_row", "2 @3 10:14 1|2"}},
		{"empty cells at the end are cells", "a,b\n1,2,\n", Options{}, []string{"1 @2 4:9 !ragged_row"}},
		{"a line of space", "a,b\n  \n1,2\n", Options{}, []string{"1 @2 4:7 !ragged_row", "2 @3 7:11 1|2"}},
		{"ragged over several lines", "a,b\n\"x\ny\nz\"\n1,2\n", Options{}, []string{"1 @2 4:12 !ragged_row", "2 @5 12:16 1|2"}},
		{"quote inside a cell", "a,b\nx\"y\"z,2\n1,2\n", Options{}, []string{"1 @2 4:12 !bad_quote", "2 @3 12:16 1|2"}},
		{"text after a closing quote", "a,b\n\"x\"y,2\n1,2\n", Options{}, []string{"1 @2 4:11 !bad_quote", "2 @3 11:15 1|2"}},
		{"space before a quote", "a,b\n \"x\",2\n1,2\n", Options{}, []string{"1 @2 4:11 !bad_quote", "2 @3 11:15 1|2"}},
		{"stray quote up to the end", "a,b\nx\",2\n1,2\n3,4\n", Options{}, []string{"1 @2 4:9 !bad_quote", "2 @3 9:13 1|2", "3 @4 13:17 3|4"}},
		{"opened and never closed", "a,b\n\"x,2\n1,2\n3,4", Options{}, []string{"1 @2 4:9 !bad_quote", "2 @3 9:13 1|2", "3 @4 13:16 3|4"}},
		{"opened on the last line", "a,b\n1,2\n\"x,2", Options{}, []string{"1 @2 4:8 1|2", "2 @3 8:12 !bad_quote"}},
		{"two stray quotes", "a,b\nx\",2\n1,2\n3\",4\n5,6\n", Options{},
			[]string{"1 @2 4:9 !bad_quote", "2 @3 9:13 1|2", "3 @4 13:18 !bad_quote", "4 @5 18:22 5|6"}},
		// The quotes of lines 2 and 4 look like one cell; the record has one cell, and line 3 by itself is a row.
		{"a stray quote that swallows a row", "a,b\n\"x,2\n1,2\n3,4\"\n5,6\n", Options{},
			[]string{"1 @2 4:9 !bad_quote", "2 @3 9:13 1|2", "3 @4 13:18 !bad_quote", "4 @5 18:22 5|6"}},
		// Here the record is well-formed and of the right width.
		{"two stray quotes that make one cell of rows", "a,b,c,d\n1,2,3,\"4\n5,6,7,8\n9,9,9,9\"\n1,2,3,4\n", Options{},
			[]string{"1 @2 8:17 !bad_quote", "2 @3 17:25 5|6|7|8", "3 @4 25:34 !bad_quote", "4 @5 34:42 1|2|3|4"}},
		{"prose in a cell that is like a row", "a,b,c,d,e,f,g\n1,2,3,4,5,6,\"Bob\nwell, as you know, it is, so far, fine, and so on\"\n", Options{},
			[]string{"1 @2 14:82 1|2|3|4|5|6|Bob\nwell, as you know, it is, so far, fine, and so on"}},
		{"too few rows in a cell to tell", "a,b,c\n1,2,\"3\n4,5,6\"\n", Options{}, []string{"1 @2 6:20 1|2|3\n4,5,6"}},
		{"NUL", "a,b\n1,\x00\n1,2\n", Options{}, []string{"1 @2 4:8 !control_character", "2 @3 8:12 1|2"}},
		{"CR outside quotes", "a,b\n1\r,2\n1,2\n", Options{}, []string{"1 @2 4:9 !control_character", "2 @3 9:13 1|2"}},
		{"CR twice before LF", "a,b\n1,2\r\r\n1,2\n", Options{}, []string{"1 @2 4:10 !control_character", "2 @3 10:14 1|2"}},

		{"too many bytes in a line", "a,b\n" + strings.Repeat("x", 40) + ",2\n1,2\n", Options{Limits: Limits{Record: 32}},
			[]string{"1 @2 4:47 !row_too_long", "2 @3 47:51 1|2"}},
		{"too many bytes in the last line", "a,b\n" + strings.Repeat("x", 40), Options{Limits: Limits{Record: 32}}, []string{"1 @2 4:44 !row_too_long"}},
		{"exactly as many bytes as allowed", "a,b\n" + strings.Repeat("x", 29) + ",2\n", Options{Limits: Limits{Record: 32}},
			[]string{"1 @2 4:36 " + strings.Repeat("x", 29) + "|2"}},
		{"too many bytes in quotes", "a,b\n\"x,2\n1,2\n3,4\n5,6\n7,8\n", Options{Limits: Limits{Record: 12}},
			[]string{"1 @2 4:9 !row_too_long", "2 @3 9:13 1|2", "3 @4 13:17 3|4", "4 @5 17:21 5|6", "5 @6 21:25 7|8"}},
		{"too many lines in quotes", "a,b\n\"x,2\n1,2\n3,4\n", Options{Limits: Limits{Lines: 2}},
			[]string{"1 @2 4:9 !row_too_long", "2 @3 9:13 1|2", "3 @4 13:17 3|4"}},
		{"exactly as many lines as allowed", "a,b\n\"x\ny\",2\n", Options{Limits: Limits{Lines: 2}}, []string{"1 @2 4:12 x\ny|2"}},
		{"a cell too long", "a,b\n12345,2\n1234,2\n", Options{Limits: Limits{Cell: 4}}, []string{"1 @2 4:12 !cell_too_long", "2 @3 12:19 1234|2"}},
		{"too many cells to count", "a,b\n1,2,3,4,5\n1,2\n", Options{Limits: Limits{Columns: 3}}, []string{"1 @2 4:14 !too_many_columns", "2 @3 14:18 1|2"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			set := survey(t, test.options, write(t, "list.csv", test.content))
			rows := readAll(t, set)
			equal(t, shorts(rows), test.want)
			account(t, []byte(test.content), headerEnd(t, []byte(test.content), set), rows, blankCSV)
			reread(t, []byte(test.content), set, rows)
		})
	}
}

// headerEnd returns where the header record ends.
func headerEnd(t testing.TB, content []byte, set *Set) int64 {
	t.Helper()
	f := set.Files[0]
	rows := newCSVRows(&f, bytes.NewReader(content[f.markLength:]), set.limits)
	if err := rows.skipHeader(); err != nil {
		t.Fatal(err)
	}
	if f.dialect.noHeader {
		for range f.dialect.skip {
			if err := rows.lines.skipLine(); err != nil {
				t.Fatal(err)
			}
		}
	}
	return rows.lines.offset
}

// reread checks that the bytes between a row's offsets make that row, and no other, when they are read by themselves.
func reread(t testing.TB, content []byte, set *Set, rows []Row) {
	t.Helper()
	f := set.Files[0]
	f.markLength, f.dialect.skip = 0, 0
	for _, want := range rows {
		alone := newCSVRows(&f, bytes.NewReader(content[want.Offset:want.End]), set.limits)
		got, err := alone.next()
		if err != nil {
			t.Errorf("row %d by itself: %v", want.Number, err)
			continue
		}
		if strings.Join(got.Cells, "\x01") != strings.Join(want.Cells, "\x01") || (got.Broken == nil) != (want.Broken == nil) {
			t.Errorf("row %d by itself is %q %v, was %q %v", want.Number, got.Cells, got.Broken, want.Cells, want.Broken)
		}
	}
}

// TestReadAll checks the part of gocsv's interface that this package does not use.
func TestReadAll(t *testing.T) {
	file := File{Format: CSV, Encoding: UTF8, Delimiter: ",", Header: []string{"a", "b"}}
	rows := newCSVRows(&file, strings.NewReader("a,b\n1,2\n3\n4,5\n"), Limits{}.withDefaults())
	all, err := rows.decoder.GetCSVRows()
	if len(all) != 2 || err == nil || err.Error() != "ragged_row: the row has 1 cell, the header has 2" {
		t.Errorf("%q, %v", all, err)
	}
	if all, err = rows.decoder.GetCSVRows(); len(all) != 1 || err != nil {
		t.Errorf("%q, %v", all, err)
	}
}

func TestBrokenRowForFailedFile(t *testing.T) {
	content := "a,b\n1,2,3\n\"x\"y,2\n1,M\xfcller\n\u00e9\u00e9,\u00e9\n" + strings.Repeat("z", 9000) + "\xe4\n"
	rows := readAll(t, survey(t, Options{Encoding: UTF8}, write(t, "list.csv", content)))
	var got []string
	for _, r := range rows {
		if r.Broken != nil {
			got = append(got, r.Broken.Code+" "+strings.Join(r.Broken.Fit(2), "|"))
		}
	}
	equal(t, got, []string{
		"ragged_row 1,2,3|",
		"bad_quote \"x\"y,2|",
		"bad_encoding 1|M\u00fcller",
		"ragged_row " + strings.Repeat("z", maxRaw) + "|",
	})
	if cells := (&Broken{Raw: "x"}).Fit(0); len(cells) != 0 {
		t.Errorf("no columns, and cells %q", cells)
	}
}
