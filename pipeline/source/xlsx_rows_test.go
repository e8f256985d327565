package source

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// workbook makes an .xlsx. edit changes parts of it as text before they are packed; it may be nil.
func workbook(t *testing.T, fill func(*excelize.File) error, edit func(part, text string) string) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	if err := fill(book); err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	if err := book.Write(&packed); err != nil {
		t.Fatal(err)
	}
	if edit == nil {
		return packed.String()
	}
	in, err := zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = edit(f.Name, string(text))
	}
	return archiveOf(t, parts)
}

func archiveOf(t *testing.T, parts map[string]string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(parts[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// put fills the first sheet; a nil leaves its cell out.
func put(rows ...[]any) func(*excelize.File) error {
	return func(b *excelize.File) error {
		for r, row := range rows {
			for c, v := range row {
				if v == nil {
					continue
				}
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err == nil {
					err = b.SetCellValue("Sheet1", at, v)
				}
				if err != nil {
					return err
				}
			}
		}
		return nil
	}
}

// lineShorts writes rows of a sheet as `@2 a|b`.
func lineShorts(rows []Row) []string {
	var out []string
	for _, r := range rows {
		text := short(r)
		out = append(out, text[strings.IndexByte(text, '@'):])
	}
	return out
}

func TestSheetCells(t *testing.T) {
	styled := func(format string, value any) func(*excelize.File) error {
		return func(b *excelize.File) error {
			style, err := b.NewStyle(&excelize.Style{CustomNumFmt: &format})
			if err != nil {
				return err
			}
			if err := put([]any{"a"}, []any{value})(b); err != nil {
				return err
			}
			return b.SetCellStyle("Sheet1", "A2", "A2", style)
		}
	}
	day := time.Date(1985, 1, 31, 14, 5, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		fill func(*excelize.File) error
		want string
	}{
		"a long number":               {put([]any{"a"}, []any{353861234567}), "353861234567"},
		"fifteen digits":              {put([]any{"a"}, []any{123456789012345}), "123456789012345"},
		"more digits than are kept":   {put([]any{"a"}, []any{1234567890123456789}), "#N/A"},
		"a long number as text":       {put([]any{"a"}, []any{"1234567890123456789"}), "1234567890123456789"},
		"leading zeros as text":       {put([]any{"a"}, []any{"007"}), "007"},
		"leading zeros by format":     {styled("00000", 107), "00107"},
		"scientific, but whole":       {styled("0.00E+00", 353861234567), "353861234567"},
		"text that looks scientific":  {put([]any{"a"}, []any{"12E+4"}), "12E+4"},
		"a sum that is not quite":     {put([]any{"a"}, []any{0.1 + 0.2}), "0.3"},
		"two places":                  {styled("0.00", 3.14159), "3.14"},
		"a date of any display":       {styled("dd/mm/yyyy", day), "1985-01-31 14:05:00"},
		"a date with month's name":    {styled("d mmm yyyy", day), "1985-01-31 14:05:00"},
		"true":                        {put([]any{"a"}, []any{true}), "TRUE"},
		"text kept as it is":          {put([]any{"a"}, []any{"  x\ny\t"}), "  x\ny\t"},
		"an error as text":            {put([]any{"a"}, []any{"#N/A"}), "#N/A"},
		"a date in the usual writing": {put([]any{"a"}, []any{day.Truncate(24 * time.Hour)}), "1985-01-31"},
	} {
		t.Run(name, func(t *testing.T) {
			rows := readAll(t, survey(t, Options{}, write(t, "list.xlsx", workbook(t, test.fill, nil))))
			got := lineShorts(rows)
			for i := range got {
				_, got[i], _ = strings.Cut(got[i], " 0:0 ")
			}
			equal(t, got, []string{test.want})
		})
	}
}

func TestSheetRows(t *testing.T) {
	preamble := put([]any{"Members"}, nil, []any{"Name", "Mail", "Note"}, []any{"Ann", "a@x.ie"}, nil, []any{"Bob", nil, "x"}, []any{nil, "c@x.ie"}, []any{"Dora", "d", "e", "f"})
	set := survey(t, Options{HeaderRow: 3}, write(t, "list.xlsx", workbook(t, preamble, nil)))
	equal(t, set.Header, []string{"Name", "Mail", "Note"})
	equal(t, lineShorts(readAll(t, set)), []string{"@4 0:0 Ann|a@x.ie|", "@6 0:0 Bob||x", "@7 0:0 |c@x.ie|", "@8 0:0 !ragged_row"})
	if said := set.Files[0].Summary(); !strings.HasSuffix(said, `list.xlsx: Excel, sheet "Sheet1", header on line 3, 3 columns`) {
		t.Error(said)
	}
	bare := survey(t, Options{Columns: []string{"a", "b"}}, write(t, "list.xlsx", workbook(t, put([]any{1, 2}, []any{3, 4}), nil)))
	equal(t, lineShorts(readAll(t, bare)), []string{"@1 0:0 1|2", "@2 0:0 3|4"})
}

func TestSheetChoice(t *testing.T) {
	path := write(t, "list.xlsx", workbook(t, func(b *excelize.File) error {
		for _, name := range []string{"Hidden", "Zwei", "Drei"} {
			if _, err := b.NewSheet(name); err != nil {
				return err
			}
			if err := b.SetCellStr(name, "A1", "in "+name); err != nil {
				return err
			}
		}
		if err := b.SetCellStr("Sheet1", "A1", "in Sheet1"); err != nil {
			return err
		}
		return b.SetSheetVisible("Hidden", false)
	}, nil))
	for wanted, want := range map[string]string{
		"": `sheet "Sheet1" (1 of 3); there are also "Zwei", "Drei"; hidden are "Hidden", 1 column`, "1": `sheet "Sheet1" (1 of 3), 1 column`, "2": `sheet "Zwei" (2 of 3), 1 column`, "Drei": `sheet "Drei" (3 of 3), 1 column`,
		"Hidden": `hidden sheet "Hidden", 1 column`,
	} {
		set := survey(t, Options{Sheet: wanted}, path)
		if said := set.Files[0].Summary(); !strings.HasSuffix(said, want) || set.Header[0] != "in "+set.Files[0].sheet.name {
			t.Errorf("sheet %q: %s, header %q", wanted, said, set.Header)
		}
	}
	equal(t, problems(t, Options{Sheet: "4"}, path), []string{`list.xlsx: the workbook has no sheet "4"; hint: there are "Sheet1", "Hidden", "Zwei", "Drei"`})
	equal(t, problems(t, Options{Format: CSV}, path), []string{`list.xlsx: it is a workbook (.xlsx), and csv is set; hint: leave the format unset`})
}

// TestSheetFaults: what a sheet's cells do not show breaks their rows, and what is damaged is refused.
func TestSheetFaults(t *testing.T) {
	sheet1 := func(old, by string) func(string, string) string {
		return func(part, text string) string {
			if part == "xl/worksheets/sheet1.xml" {
				if changed := regexp.MustCompile(old).ReplaceAllString(text, by); changed != text {
					return changed
				}
				t.Fatalf("%s is not in %s", old, text)
			}
			return text
		}
	}
	list := put([]any{"a", "b"}, []any{1, 2}, []any{3, 4}, []any{5, 6})
	merged := func(b *excelize.File) error {
		if err := list(b); err != nil {
			return err
		}
		return b.MergeCell("Sheet1", "A2", "A3")
	}
	across := func(b *excelize.File) error {
		if err := list(b); err != nil {
			return err
		}
		return b.MergeCell("Sheet1", "A3", "B3")
	}
	formula := func(b *excelize.File) error {
		if err := list(b); err != nil {
			return err
		}
		return b.SetCellFormula("Sheet1", "B3", "A3+1")
	}
	for name, test := range map[string]struct {
		fill func(*excelize.File) error
		edit func(string, string) string
		want string
	}{
		"merged over rows":          {merged, nil, "1|2 !1|4 5|6"},
		"merged over columns":       {across, nil, "1|2 3|!2 5|6"},
		"a formula never computed":  {formula, sheet1(`(<f>[^<]*</f>)<v>[^<]*</v>`, "$1"), "1|2 3|!2 5|6"},
		"a formula with nothing":    {formula, sheet1(`<c r="B3" t="str"><f>([^<]*)</f><v>[^<]*</v>`, `<c r="B3"><f>$1</f><v></v>`), "1|2 3|!2 5|6"},
		"a formula that is empty":   {formula, sheet1(`<c r="B3" t="str"><f>([^<]*)</f><v>[^<]*</v>`, `<c r="B3" t="str"><f>$1</f><v></v>`), "1|2 3| 5|6"},
		"a formula with its value":  {formula, nil, "1|2 3|4 5|6"},
		"an error":                  {list, sheet1(`<c r="A3"><v>3</v>`, `<c r="A3" t="e"><v>#DIV/0!</v>`), "1|2 !1 #DIV/0!|4 5|6"},
		"an error that is not said": {list, sheet1(`<c r="A3"><v>3</v>`, `<c r="A3" t="e"><v></v>`), "1|2 !1|4 5|6"},
		"a text under a merged one": {merged, sheet1(`<row r="3">`, `<row r="3"><c r="A3"><v>3</v></c>`), "1|2 !1|4 5|6"},
		"computed when it is opened": {formula, func(part, text string) string {
			if part == "xl/workbook.xml" {
				return strings.Replace(text, "</workbook>", `<calcPr calcId="1" fullCalcOnLoad="1"/></workbook>`, 1)
			}
			if part == "xl/worksheets/sheet1.xml" {
				return regexp.MustCompile(`(<f>[^<]*</f>)<v>[^<]*</v>`).ReplaceAllString(text, "$1<v>0</v>")
			}
			return text
		}, "1|2 3|!2 5|6"},
		"cut off":               {list, sheet1(`<row r="4"(.|\n)*`, ""), "unusable"},
		"rows out of order":     {list, sheet1(`<row r="3"`, `<row r="2"`), "unusable"},
		"cells out of order":    {list, sheet1(`r="B3"`, `r="A3"`), "unusable"},
		"a cell in another row": {list, sheet1(`r="B3"`, `r="B7"`), "unusable"},
		"no sheet where it should be": {list, func(part, text string) string {
			return strings.ReplaceAll(text, "worksheets/sheet1.xml", "worksheets/sheet9.xml")
		}, "unusable"},
		"no workbook": {list, func(part, text string) string {
			if part == "xl/workbook.xml" {
				return "<workbook>"
			}
			return text
		}, "unusable"},
	} {
		t.Run(name, func(t *testing.T) {
			set, rows, err := readContent(t, "list.xlsx", workbook(t, test.fill, test.edit), Options{})
			if err != nil {
				if !reasoned(err) || test.want != "unusable" {
					t.Error(err)
				}
				return
			}
			var got []string
			for _, r := range rows {
				if r.Broken != nil {
					got = append(got, "!"+r.Broken.Code)
					continue
				}
				for _, f := range r.Flaws {
					if f.Code != CodeCellError || f.Message == "" || f.Hint == "" {
						t.Errorf("a flaw in %q: %+v", r.Cells, f)
					}
					r.Cells[f.Column] = strings.TrimSuffix("!"+strconv.Itoa(f.Column+1)+" "+r.Cells[f.Column], " #N/A")
				}
				got = append(got, strings.Join(r.Cells, "|"))
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("%q of %q, want %s", got, set.Header, test.want)
			}
		})
	}
}

func TestZip(t *testing.T) {
	list := "a,b\n1,2\n"
	set := survey(t, Options{}, write(t, "list.zip", archiveOf(t, map[string]string{"folder/list.csv": list, "folder/": "", "__MACOSX/list.csv": "x"})))
	equal(t, shorts(readAll(t, set)), []string{"1 @2 4:8 1|2"})
	if said := set.Files[0].Summary(); !strings.HasSuffix(said, `list.zip: CSV, "," separated, utf-8, zip, 2 columns`) {
		t.Error(said)
	}
	lines := survey(t, Options{}, write(t, "list.zip", archiveOf(t, map[string]string{"list.tsv": "a;\tb\n1\t2\n"})))
	equal(t, lines.Header, []string{"a;", "b"})

	whole := archiveOf(t, map[string]string{"list.csv": list + strings.Repeat("3,4\n", 100)})
	at := strings.Index(whole, "list.csv") + len("list.csv") + 4
	damage := whole[:at] + "\xff\xff" + whole[at+2:]
	for name, test := range map[string]struct{ content, want string }{
		"two members":  {archiveOf(t, map[string]string{"a.csv": list, "b.csv": list}), "the zip archive has 2 members"},
		"no members":   {archiveOf(t, nil), "the zip archive has no members"},
		"packed twice": {archiveOf(t, map[string]string{"list.zip": whole}), "it is packed twice"},
		"a bomb":       {archiveOf(t, map[string]string{"list.csv": strings.Repeat("x", 64<<20)}), "grows to more than"},
		"cut off":      {whole[:len(whole)-30], "damaged or cut off"},
		"damaged":      {damage, "damaged or cut off"},
		"OpenDocument": {archiveOf(t, map[string]string{"META-INF/manifest.xml": "", "content.xml": ""}), "OpenDocument"},
	} {
		got := problems(t, Options{}, write(t, "list.zip", test.content))
		if len(got) != 1 || !strings.Contains(got[0], test.want) {
			t.Errorf("%s: %q, want %s", name, got, test.want)
		}
	}
}

func TestJSONArray(t *testing.T) {
	content := "\ufeff [\n {\"id\": 1, \"p\": [\"x\", {\"y\": \"a,]\\\"}\"}]},\n {\"id\": 2, \"id\": 3}\n, 7, {\"id\":4}]\n"
	set := survey(t, Options{}, write(t, "list.json", content))
	equal(t, set.Header, []string{"id", "p[0]", "p[1].y"})
	rows := readAll(t, set)
	equal(t, shorts(rows), []string{"1 @2 7:45 1|x|a,]\"}", "2 @3 48:66 !duplicate_json_key", "3 @4 69:70 !bad_json", "4 @4 72:80 4||"})
	for _, r := range rows {
		if text := content[r.Offset:r.End]; strings.TrimSpace(text) != text || text == "" {
			t.Errorf("row %d lies at %q", r.Number, text)
		}
	}
	if said := set.Files[0].Summary(); !strings.HasSuffix(said, "list.json: JSON array, utf-8, 3 columns") {
		t.Error(said)
	}
	for content, want := range map[string]string{
		"[{\"a\":1},\n{\"a\":tru}]":                      "list.json:2: the element that begins here is not JSON",
		"[{\"a\":1}\n{\"a\":2}]":                         "list.json:2: there is no comma between two elements",
		"[{\"a\":1}]\n[]":                                "list.json:2: something follows the array",
		"[{\"a\":1},\n":                                  "list.json:2: the array is not closed",
		"[{\"a\":\"" + strings.Repeat("x", 100) + "\"}]": "list.json:1: the element has more than 64 bytes",
	} {
		got := problems(t, Options{Limits: Limits{Record: 64}}, write(t, "list.json", content))
		if len(got) != 1 || !strings.HasPrefix(got[0], want) {
			t.Errorf("%.40q: %q, want %s", content, got, want)
		}
	}
}

// sheetsOf fills sheets in this order.
func sheetsOf(content map[string][][]any, order ...string) func(*excelize.File) error {
	return func(b *excelize.File) error {
		for _, name := range order {
			if _, err := b.NewSheet(name); err != nil {
				return err
			}
			for r, cells := range content[name] {
				if err := b.SetSheetRow(name, "A"+strconv.Itoa(r+1), &cells); err != nil {
					return err
				}
			}
		}
		return nil
	}
}
