package source

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestEveryEncoding reads names in each encoding of the table, by its name and its other names, with the offsets that its doc promises.
func TestEveryEncoding(t *testing.T) {
	names := map[string]string{
		"windows-1251": "Петрова", "windows-1253": "Γιώργος", "windows-1254": "Işık", "windows-1255": "שלום", "windows-1256": "محمد", "windows-1257": "Žukauskas",
		"windows-1258": "Đặng", "iso-8859-5": "Петрова", "iso-8859-7": "Γιώργος", "iso-8859-13": "Žukauskas", "ibm866": "Петрова", "koi8-r": "Петрова", "koi8-u": "Їжак",
		"windows-1250": "Dvořák", "iso-8859-2": "Dvořák", "cp852": "Dvořák", "gbk": "小明", "gb18030": "小明", "big5": "許功蓋", "shift_jis": "表ポ十", "euc-jp": "山田", "euc-kr": "김철수",
	}
	for _, c := range charsets {
		name := names[c.name]
		if name == "" || c.name == "windows-1258" { // whose marks stand apart
			name = "Müller"
		}
		list := "Mail|Name\nann@example.com|" + name + "\n\"bob\n\"|\"" + name + "\"\n"
		content := encoded(t, c.name, list)
		for _, as := range append([]string{c.name, strings.ToUpper(c.name)}, c.also...) {
			set := survey(t, Options{Encoding: as, Quote: QuoteBackslash}, write(t, "list.csv", content))
			rows := readAll(t, set)
			if len(rows) != 2 || rows[0].Cells[1] != name || rows[1].Cells[1] != name || set.Files[0].Encoding != c.name {
				t.Errorf("%s: %s is read as %q in %s", as, name, shorts(rows), set.Files[0].Encoding)
				continue
			}
			of := content
			if !set.Files[0].InPlace() {
				of = list
			}
			if got := of[rows[1].Offset:rows[1].End]; !strings.HasPrefix(got, "\"bob\n\"|\"") || !strings.HasSuffix(got, "\"\n") {
				t.Errorf("%s: the second row is said to lie at %q", as, got)
			}
		}
	}
}

func TestEncodingNames(t *testing.T) {
	for name, want := range map[string]string{
		"latin1": Windows1252, "ISO-8859-1": Windows1252, "iso-8859-9": "windows-1254", "GB2312": "gbk", "sjis": "shift_jis", "Shift-JIS": "shift_jis", "ks_c_5601-1987": "euc-kr",
		"mac": "macintosh", "MacRoman": "macintosh", "latin2": "iso-8859-2", "cp1251": "windows-1251", "win-1251": "", "iso-2022-jp": "", "x-user-defined": "", "utf-7": "", "": "",
	} {
		if got := encodingNamed(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// TestBytesOfNoCharacter breaks the rows that have them, and no others, in every kind of encoding.
func TestBytesOfNoCharacter(t *testing.T) {
	tests := []struct{ encoding, bad, good string }{
		{"windows-1250", "\x81", "Dvořák"}, {"windows-1257", "\xa1", "Žukauskas"}, {"iso-8859-2", "\x93", "Dvořák"}, {"iso-8859-15", "\x80", "Œuvre"},
		{"gbk", "\xff", "小明"}, {"gb18030", "\xff", "小明"}, {"gb18030", "\x84\x31\xa4\x37", "小明"}, {"big5", "\xff", "大文"}, {"shift_jis", "\xfd", "表"}, {"euc-jp", "\xff", "山田"}, {"euc-kr", "\xc8\xff", "김철수"},
		{UTF32LE, "\x00\xd8\x00\x00", "Žižek"}, {UTF32BE, "\x00\x11\x00\x00", "Žižek"},
	}
	for _, test := range tests {
		encode := func(s string) string { return encoded(t, test.encoding, s) }
		content := encode("a,b\n"+test.good+",1\n") + test.bad + encode(",2\n"+test.good+",3\n")
		rows := readAll(t, survey(t, Options{Encoding: test.encoding}, write(t, "list.csv", content)))
		if len(rows) != 3 || rows[0].Broken != nil || rows[2].Broken != nil || rows[1].Broken == nil || rows[1].Broken.Code != CodeEncoding {
			t.Errorf("%s: %q", test.encoding, shorts(rows))
			continue
		}
		if b := rows[1].Broken; !strings.Contains(b.Message, test.encoding) || !utf8.ValidString(b.Raw) {
			t.Errorf("%s: %+v", test.encoding, b)
		}
	}
}

// TestCutCharacters: a character that is cut by the end of a cell takes nothing of its neighbours along, or breaks them too.
func TestCutCharacters(t *testing.T) {
	for name, lead := range map[string]string{"gbk": "\xd0", "big5": "\xa4", "shift_jis": "\x95", "euc-jp": "\xbb", "euc-kr": "\xb1"} {
		content := "a,b\n1," + lead + "\n2,3\nx" + lead + ",4\n5,6\n7,8" + lead
		rows := readAll(t, survey(t, Options{Encoding: name}, write(t, "list.csv", content)))
		good := 0
		for _, r := range rows {
			if r.Broken == nil {
				good++
				if text := strings.Join(r.Cells, "|"); text != "2|3" && text != "5|6" {
					t.Errorf("%s: a row is read as %q", name, text)
				}
			}
		}
		if good != 2 {
			t.Errorf("%s: %q", name, shorts(rows))
		}
	}
}

// TestJoinedFiles refuses what no one encoding reads, and says where it changes.
func TestJoinedFiles(t *testing.T) {
	utf := "a,b\nZoë,1\nMüller,2\n"
	latin := "Zo\xeb,3\nM\xfcller,4\n"
	tests := []struct {
		name, content string
		options       Options
		want          string // "" where it is read
	}{
		{"UTF-8, then not", utf + latin, Options{}, "list.csv:4: its encoding changes: up to here it is UTF-8, and from byte 21 on it is not (2 lines are not UTF-8, 2 are)"},
		{"with a setting", utf + latin, Options{Encoding: Windows1252}, "list.csv:4: its encoding changes"},
		{"with UTF-8 set, row by row", utf + latin, Options{Encoding: UTF8}, ""},
		{"not UTF-8, then UTF-8", "a,b\n" + latin + utf, Options{}, "list.csv:5: its encoding changes: up to here it is not UTF-8, and from byte 23 on it is UTF-8"},
		{"with a mark between", "a,b\n" + latin + "\ufeff" + utf, Options{}, "list.csv:4: its encoding changes: up to here it is not UTF-8, and from byte 19 on it is UTF-8"},
		{"one stray row", utf + "Zo\xeb,3\n", Options{}, ""},
		{"rows of both kinds in turn", "a,b\n" + strings.Repeat("Zoë,1\nZo\xeb,1\n", 9), Options{}, ""},
		{"UTF-8, then UTF-16", utf + "\xff\xfe" + string(toUTF16(utf, false)), Options{}, "list.csv:4: its encoding changes: from byte 21 on it looks like UTF-16"},
		{"UTF-16, then UTF-8", "\xff\xfe" + string(toUTF16(utf, false)) + strings.Repeat("ann@example.com,Ann\n", 4), Options{}, "list.csv: its encoding changes: it begins as utf-16le, and from byte 40 on it is not"},
		{"UTF-8 where another is set", utf, Options{Encoding: "windows-1250"}, "list.csv: windows-1250 is set, and all of it is UTF-8 (2 lines have letters beyond ASCII)"},
		{"ASCII where another is set", "a,b\n1,2\n", Options{Encoding: "windows-1250"}, ""},
	}
	for _, test := range tests {
		got := strings.Join(problems(t, test.options, write(t, "list.csv", test.content)), "\n")
		if test.want == "" && got != "" || !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: got  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestStrayUTF8: a row of UTF-8 in a list of another encoding is refused, not read as nonsense.
func TestStrayUTF8(t *testing.T) {
	content := "a,b\n" + strings.Repeat("M\xfcller,1\n", 30) + "Zoë,2\nx,3\n"
	rows := readAll(t, survey(t, Options{Encoding: Windows1252}, write(t, "list.csv", content)))
	if b := rows[30].Broken; b == nil || b.Code != CodeEncoding || b.Cells[0] != "Zoë" || b.Raw != "Zoë,2" || rows[31].Broken != nil {
		t.Errorf("%q", shorts(rows[29:]))
	}
}

// FuzzDecode checks that a conversion does not depend on how the content is cut, and that what is text afterwards is what was written.
func FuzzDecode(f *testing.F) {
	for i := range charsets {
		f.Add([]byte("a,\xd0\xa1\xc3\xf7\x95\x5c\n\xff\x81"), i, 3)
	}
	f.Fuzz(func(t *testing.T, content []byte, which, step int) {
		c := charsets[(which%len(charsets)+len(charsets))%len(charsets)]
		if c.stream == nil {
			if text, ok := c.page.decode(string(content)); ok && encoded(t, c.name, text) != string(content) && !strings.Contains(c.name, "1258") {
				t.Errorf("%s: %q is read as %q", c.name, content, text)
			}
			return
		}
		whole, err := io.ReadAll(newDecodingReader(bytes.NewReader(content), c.name))
		if err != nil {
			t.Fatal(err)
		}
		pieces, err := io.ReadAll(newDecodingReader(&stepReader{content, max(1, min(step, 1000))}, c.name))
		if err != nil || !bytes.Equal(whole, pieces) {
			t.Errorf("%s: in pieces of %d: %q, %v; at once %q", c.name, step, pieces, err, whole)
		}
		if bytes.Contains(whole, []byte(replaced)) {
			t.Errorf("%s: a character is lost in silence: %q", c.name, whole)
		}
	})
}

// FuzzSurveyEncodings reads any bytes: no reading without doubt holds a character that is not there.
func FuzzSurveyEncodings(f *testing.F) {
	for _, seed := range []string{"a,b\nS\xf8ren,1\n", "a\n\xcf\xe5\xf2\xf0\xee\xe2\xe0\n", "a\n\xd0\xa1\xc3\xf7\n", "a\nZo\xeb\nZoë\n", "\xff\xfea\x00\n\x00", "a\n" + strings.Repeat("\x00", 40)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		set, rows, err := readContent(t, "list.csv", string(content), Options{})
		if err != nil {
			return
		}
		file := set.Files[0]
		if file.Doubt != nil && (len(file.Doubt.Candidates) < 2 || file.Doubt.Candidates[0] != file.Encoding) {
			t.Errorf("%s, %+v", file.Encoding, file.Doubt)
		}
		for _, r := range rows {
			for _, cell := range r.Cells {
				if !utf8.ValidString(cell) {
					t.Errorf("%q", cell)
				}
			}
		}
	})
}
