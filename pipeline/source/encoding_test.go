package source

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// TestEncodings writes one list in every encoding and reads the same rows from each.
func TestEncodings(t *testing.T) {
	list := "Name,Note\nJos\u00e9,\u201cna\u00efve\u201d\n\u0160koda,\u20ac 5\n\"M\u00fcller,\nH.\",\u0192\n" + strings.Repeat("\u00e9,x\n", 40)
	wide := list + "\u0141\u00f3d\u017a,\u65e5\u672c \U0001F600\n"
	utf16 := func(e unicode.Endianness, b unicode.BOMPolicy) encoding.Encoding { return unicode.UTF16(e, b) }
	tests := []struct {
		name, list, want string
		encoding         encoding.Encoding
		options          Options
	}{
		{"utf-8", wide, UTF8, encoding.Nop, Options{}},
		{"utf-8 with mark", "\ufeff" + wide, UTF8, encoding.Nop, Options{}},
		{"windows-1252", list, Windows1252, charmap.Windows1252, Options{}},
		{"windows-1252 set", list, Windows1252, charmap.Windows1252, Options{Encoding: "CP1252"}},
		{"utf-16le with mark", wide, UTF16LE, utf16(unicode.LittleEndian, unicode.UseBOM), Options{}},
		{"utf-16be with mark", wide, UTF16BE, utf16(unicode.BigEndian, unicode.UseBOM), Options{}},
		{"utf-16le", wide, UTF16LE, utf16(unicode.LittleEndian, unicode.IgnoreBOM), Options{}},
		{"utf-16be", wide, UTF16BE, utf16(unicode.BigEndian, unicode.IgnoreBOM), Options{}},
		{"utf-16le set", wide, UTF16LE, utf16(unicode.LittleEndian, unicode.IgnoreBOM), Options{Encoding: "utf-16le"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			content, err := test.encoding.NewEncoder().String(test.list)
			if err != nil {
				t.Fatal(err)
			}
			set := survey(t, test.options, write(t, "list.csv", content))
			if set.Files[0].Encoding != test.want {
				t.Errorf("taken for %s", set.Files[0].Encoding)
			}
			plain := survey(t, Options{}, write(t, "list.csv", strings.TrimPrefix(test.list, "\ufeff")))
			rows, want := readAll(t, set), readAll(t, plain)
			if len(rows) != len(want) {
				t.Fatalf("%d rows, want %d", len(rows), len(want))
			}
			for i, r := range rows {
				equal(t, r.Cells, want[i].Cells)
				sameMeasure := test.want != Windows1252 && !strings.HasPrefix(content, "\ufeff")
				if sameMeasure && (r.Offset != want[i].Offset || r.End != want[i].End) || r.Line != want[i].Line {
					t.Errorf("row %d lies at %s, want %s", r.Number, short(r), short(want[i]))
				}
			}
		})
	}
}

func TestBrokenEncoding(t *testing.T) {
	tests := []struct {
		name, content string
		options       Options
		want          []string
	}{
		{"a windows-1252 row in a UTF-8 list", "a,b\nJos\u00e9,1\nJos\xe9,2\nx,3\n", Options{}, []string{"1 @2 4:12 Jos\u00e9|1", "2 @3 12:19 !bad_encoding", "3 @4 19:23 x|3"}},
		{"a UTF-8 character cut short", "a,b\nJos\u00e9,1\nJos\xc3,2\n", Options{}, []string{"1 @2 4:12 Jos\u00e9|1", "2 @3 12:19 !bad_encoding"}},
		{"surrogates and overlong forms in UTF-8", "\ufeffa,b\n\xed\xa0\x80,1\n\xc0\xaf,2\n", Options{}, []string{"1 @2 7:13 !bad_encoding", "2 @3 13:18 !bad_encoding"}},
		{"bytes without meaning in windows-1252", "a,b\n\xe9,1\n\x81,2\n\x80,3\n", Options{Encoding: Windows1252}, []string{"1 @2 4:8 \u00e9|1", "2 @3 8:12 !bad_encoding", "3 @4 12:16 \u20ac|3"}},
		{"half a surrogate pair in UTF-16", "\xff\xfe" + string(toUTF16("a,b\n", false)) + "\x3d\xd8" + string(toUTF16(",1\nx,2\n", false)), Options{},
			[]string{"1 @2 4:10 !bad_encoding", "2 @3 10:14 x|2"}},
		{"an odd byte at the end of UTF-16", "\xfe\xff" + string(toUTF16("a,b\nx,2\ny,3", true)) + "\x00", Options{}, []string{"1 @2 4:8 x|2", "2 @3 8:12 !bad_encoding"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows := readAll(t, survey(t, test.options, write(t, "list.csv", test.content)))
			equal(t, shorts(rows), test.want)
			for _, r := range rows {
				if r.Broken != nil && !utf8.ValidString(r.Broken.Raw+strings.Join(r.Broken.Cells, "")) {
					t.Errorf("row %d: what is left of it for failed.csv is no text: %q %q", r.Number, r.Broken.Raw, r.Broken.Cells)
				}
			}
		})
	}
}

// TestTextCountsInPieces checks that the survey's counts do not depend on how the content is cut.
func TestTextCountsInPieces(t *testing.T) {
	content := []byte("a,b\r\n\u00e9\u65e5\U0001F600,1\n\xff,2\n\xc3\n\u00e9\xe6\x97\n\n\U0001F600")
	want := textCounts{bytes: int64(len(content)), lf: 6, cr: 1, multibyte: 2, notUTF8: 3, firstNot: 3, last: content[len(content)-1]}
	for step := 1; step <= len(content); step++ {
		var s textCounts
		for rest := content; len(rest) > 0; {
			n := min(step, len(rest))
			s.Write(rest[:n])
			rest = rest[n:]
		}
		s.finish()
		s.carry = nil
		if s.lines(false) != 7 || s.bytes != want.bytes || s.cr != want.cr || s.multibyte != want.multibyte || s.notUTF8 != want.notUTF8 || s.firstNot != want.firstNot {
			t.Errorf("in pieces of %d: %+v, want %+v", step, s, want)
		}
	}
}
