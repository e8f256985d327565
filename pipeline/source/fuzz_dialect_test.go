package source

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// dialectOfBits makes one dialect of each number.
func dialectOfBits(bits byte) dialect {
	d := dialect{backslash: bits&1 != 0, anyEnd: bits&2 != 0, ragged: []string{"", RaggedPad, RaggedMerge, ""}[bits>>2&3], quotes: []string{"", QuotesLoose, QuotesNone, QuotesLine}[bits>>4&3]}
	if bits&64 != 0 {
		d.comment = '#'
	}
	d.backslash = d.backslash && d.quotes != QuotesNone && d.quotes != QuotesLine
	d.surplus = int(bits>>2&1) * int(bits>>7)
	d.trailing = bits&128 != 0
	return d
}

// FuzzDialects checks for every dialect that every byte belongs to one row, a comment or a blank line; that a row's bytes by themselves make the same
// row; and that rows have as many cells as the header.
func FuzzDialects(f *testing.F) {
	for _, seed := range []string{"1,2\n3,4\n", "\"a\\\"b\",2\r3,4\r\n#x\"\n", "5\" x,\"y\n\"\"\",\n1,2,3,\n", "\\,\\\\,\\\"\n\"\\", "1\n\n\r\r\n1,2,3\n\"1\n2,3\"\n", "\"1,2\"\n\"1,\"\"2\n\"\"\"\n1,2\n"} {
		for bits := range 9 {
			f.Add([]byte(seed), byte(bits*37))
		}
	}
	f.Fuzz(func(t *testing.T, content []byte, bits byte) {
		file := File{Format: CSV, Encoding: UTF8, Delimiter: ",", Header: []string{"a", "b"}, dialect: dialectOfBits(bits)}
		file.dialect.noHeader = true
		limits := Limits{Record: 200, Lines: 5}.withDefaults()
		rows, begin := readCSV(t, &file, content, limits)
		accountLines(t, content, begin, rows, blankIn(file.dialect), file.dialect.anyEnd)
		for _, r := range rows {
			if r.Broken == nil && len(r.Cells) != 2 {
				t.Errorf("row %d has cells %q", r.Number, r.Cells)
			}
		}
		reread(t, content, &Set{Files: []File{file}, limits: limits}, rows)
	})
}

// FuzzRoundTrip writes cells in a dialect and reads them back.
func FuzzRoundTrip(f *testing.F) {
	f.Add("x", "y", byte(0))
	f.Add("a\"b,c", "\\\"\n", byte(1))
	f.Add("\r\n\r", "#", byte(2))
	f.Add("5\" pipe", "\"", byte(16))
	f.Fuzz(func(t *testing.T, one, two string, bits byte) {
		d := dialectOfBits(bits)
		if d.quotes == QuotesNone || !utf8.ValidString(one) || !utf8.ValidString(two) || strings.ContainsRune(one+two, 0) {
			return
		}
		d.ragged = ""
		escape := strings.NewReplacer(`"`, `""`)
		if d.backslash {
			escape = strings.NewReplacer(`"`, `\"`, `\`, `\\`)
		}
		line := `"` + escape.Replace(one) + `","` + escape.Replace(two) + `"`
		if d.trailing {
			line += strings.Repeat(",", 1+d.surplus)
		}
		if d.quotes == QuotesLine {
			line = `"` + strings.ReplaceAll(line, `"`, `""`) + `"`
		}
		file := File{Format: CSV, Encoding: UTF8, Delimiter: ",", Header: []string{"a", "b"}, dialect: d}
		file.dialect.noHeader = true
		rows := newCSVRows(&file, strings.NewReader(line+"\n"), Limits{Record: 1 << 20, Lines: 1 << 20}.withDefaults())
		row, err := rows.next()
		if err != nil {
			t.Fatal(err)
		}
		if row.Broken == nil && !slices.Equal(row.Cells, []string{one, two}) {
			t.Errorf("%q is read as %q", line, row.Cells)
		}
		if swallow := strings.Contains(one+two, "\n") || strings.Contains(one+two, "\r"); row.Broken != nil && !swallow {
			t.Errorf("%q is refused: %v", line, row.Broken)
		}
	})
}

// FuzzJSONArray holds the array reader to encoding/json: what it reads to the end is JSON, every element is one row, and lies where the row says.
func FuzzJSONArray(f *testing.F) {
	for _, seed := range []string{`[]`, `[{"a":1}]`, ` [ {"a":"]}\\\""} , 2 ]`, `[{"a":1}`, `[1,]`, `[{"a":tru}]`, `[[],[{"b":[1]}]]x`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		limits := Limits{}.withDefaults()
		file := File{Format: JSON, Encoding: UTF8}
		rows := newJSONRows(&file, newArray(bytes.NewReader(content), &file, limits), limits)
		rows.learn = true
		n, at := 0, int64(0)
		for {
			row, err := rows.next()
			if err == io.EOF {
				break
			}
			if err != nil {
				if !reasoned(err) {
					t.Error(err)
				}
				return
			}
			if n++; row.Offset < at || row.End <= row.Offset || row.End > int64(len(content)) {
				t.Fatalf("row %d lies at %d:%d after %d", n, row.Offset, row.End, at)
			}
			at = row.End
		}
		if utf8.Valid(content) && !isJSON(string(content)) {
			t.Errorf("%q is read to its end", content)
		}
		if elements, ok := laxElements(content); ok && elements != n {
			t.Errorf("%q: %d rows, and %d elements for encoding/json", content, n, elements)
		}
	})
}
