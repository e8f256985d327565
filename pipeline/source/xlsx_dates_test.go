package source

import (
	"fmt"
	"strings"
	"testing"
)

// plainBook is a workbook as small as can be: one sheet with this content, cell styles with these number formats (style 1 is the first), and members of
// the workbook part before its sheets. A format that is a number is a built-in one.
func plainBook(t *testing.T, properties, sheet string, formats ...string) string {
	t.Helper()
	var own, cells strings.Builder
	for i, f := range formats {
		id := fmt.Sprint(164 + i)
		if strings.Trim(f, "0123456789") == "" && f[0] != '0' {
			id = f
		} else {
			fmt.Fprintf(&own, `<numFmt numFmtId="%s" formatCode="%s"/>`, id, strings.NewReplacer(`"`, "&quot;", "<", "&lt;").Replace(f))
		}
		fmt.Fprintf(&cells, `<xf numFmtId="%s"/>`, id)
	}
	const main, office = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	relation := func(id, kind, target string) string {
		return fmt.Sprintf(`<Relationship Id="%s" Type="%s/%s" Target="%s"/>`, id, office, kind, target)
	}
	relations := func(all ...string) string {
		return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + strings.Join(all, "") + `</Relationships>`
	}
	return archiveOf(t, map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
		"_rels/.rels":                relations(relation("r1", "officeDocument", "xl/workbook.xml")),
		"xl/workbook.xml":            `<workbook xmlns="` + main + `" xmlns:r="` + office + `">` + properties + `<sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": relations(relation("r1", "worksheet", "worksheets/sheet1.xml"), relation("r2", "styles", "styles.xml")),
		"xl/worksheets/sheet1.xml":   `<worksheet xmlns="` + main + `">` + sheet + `</worksheet>`,
		"xl/styles.xml": `<styleSheet xmlns="` + main + `"><numFmts>` + own.String() + `</numFmts><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders>` +
			`<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>` + cells.String() + `</cellXfs></styleSheet>`,
	})
}

// oneCell is a sheet with a header and one cell, as its attributes and content.
func oneCell(attributes, content string) string {
	return `<sheetData><row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="A2" ` + attributes + `>` + content + `</c></row></sheetData>`
}

// TestDateCells: a cell that is a date is the day that it holds, whatever its format shows of it.
func TestDateCells(t *testing.T) {
	const y1904 = `<workbookPr date1904="1"/>`
	for _, test := range []struct{ format, value, properties, want string }{
		{"14", "33000", "", "1990-05-07"}, {"15", "33000", "", "1990-05-07"}, {"16", "33000", "", "1990-05-07"}, {"17", "33000", "", "1990-05-07"},
		{"22", "33000.25", "", "1990-05-07 06:00:00"}, {"27", "33000", "", "1990-05-07"}, {"57", "33000", "", "1990-05-07"}, {"31", "33000", "", "1990-05-07"},
		{"dd/mm/yy", "33000", "", "1990-05-07"}, {"d/m/yy", "33000", "", "1990-05-07"}, {"dd/mm/yyyy", "33000", "", "1990-05-07"}, {"m/d/yy;@", "33000", "", "1990-05-07"},
		{"[$-409]d-mmm-yy;@", "33000", "", "1990-05-07"}, {"[$-F800]dddd\\, mmmm dd\\, yyyy", "33000", "", "1990-05-07"}, {`yyyy"年"m"月"d"日"`, "33000", "", "1990-05-07"},
		{"DD.MM.YY", "33000", "", "1990-05-07"}, {"mmmm", "33000", "", "1990-05-07"}, {"mmm yy", "33000", "", "1990-05-07"}, {"[Red]dd/mm/yy", "33000", "", "1990-05-07"},
		{"dd/mm/yyyy hh:mm:ss.000", "33000.5", "", "1990-05-07 12:00:00"}, {"d/m/yy", "33000.999999999", "", "1990-05-08"}, {"d/m/yy", "33000.0000001", "", "1990-05-07"},
		{"dd/mm/yy", "31538", y1904, "1990-05-07"}, {"14", "31538", `<workbookPr date1904="true"/>`, "1990-05-07"}, {"14", "33000", `<workbookPr date1904="0"/>`, "1990-05-07"},
		{"14", "0", y1904, "1904-01-01"}, {"14", "1", "", "1900-01-01"}, {"14", "59", "", "1900-02-28"}, {"14", "61", "", "1900-03-01"}, {"14", "2958465", "", "9999-12-31"},
		{"14", "33000.0", "", "1990-05-07"}, {"14", "3.3E4", "", "1990-05-07"},

		// What is no day.
		{"14", "60", "", "1900-02-29"}, {"14", "0", "", "1900-01-00"}, {"14", "-5", "", "-5"}, {"14", "2958466", "", "2958466"}, {"14", "0.25", "", "06:00:00"},
		{"14", "2957004", y1904, "2957004"}, {"14", "1e300", "", "#N/A"},

		// What is no date: a number in words, a time, money, a share, a text.
		{`0" days"`, "33000", "", "33000 days"}, {`0\d`, "33", "", "33d"}, {"00000", "1067", "", "01067"}, {"[Red]0", "7", "", "7"}, {"0.00E+00", "33000", "", "33000"},
		{"h:mm", "0.25", "", "6:00"}, {"hh:mm:ss", "0.5", "", "12:00:00"}, {"mm:ss", "0.01", "", "14:24"}, {"9", "0.5", "", "50%"}, {"0", "33000", "", "33000"},
		{"#,##0", "33000", "", "33,000"}, {"@", "33000", "", "33000"}, {"[$USD] 0", "33000", "", "USD 33000"}, {"General", "33000", "", "33000"},
	} {
		book := plainBook(t, test.properties, oneCell(`s="1"`, "<v>"+test.value+"</v>"), test.format)
		rows := readAll(t, survey(t, Options{}, write(t, "list.xlsx", book)))
		if len(rows) != 1 || rows[0].Cells[0] != test.want {
			t.Errorf("%s with the format %s: %+v, want %s", test.value, test.format, rows, test.want)
		}
	}
}

// TestTextInDateFormat: a cell is a date by its number, not by its format alone.
func TestTextInDateFormat(t *testing.T) {
	for _, cell := range []struct{ attributes, content, want string }{
		{`s="1" t="str"`, "<v>07/05/90</v>", "07/05/90"}, {`s="1" t="inlineStr"`, "<is><t>33000</t></is>", "33000"}, {`s="1" t="b"`, "<v>1</v>", "TRUE"},
		{`s="1" t="e"`, "<v>#N/A</v>", "#N/A"}, {"", "<v>33000</v>", "33000"}, {`s="7"`, "<v>33000</v>", "33000"},

		// A date that is written as text, as in the strict variant of the format.
		{`s="1" t="d"`, "<v>1990-05-07</v>", "1990-05-07"}, {`t="d"`, "<v>1990-05-07T00:00:00</v>", "1990-05-07"}, {`s="1" t="d"`, "<v>1990-05-07T14:05:00.000</v>", "1990-05-07 14:05:00"},
		{`s="1" t="d"`, "<v>1990-05-07T14:05:00Z</v>", "1990-05-07 14:05:00"}, {`t="d"`, "<v>1990-05-07T00:00:00Z</v>", "1990-05-07"},
		{`t="d"`, "<v>soon</v>", "soon"},
	} {
		for _, properties := range []string{"", `<workbookPr date1904="1"/>`} {
			book := plainBook(t, properties, oneCell(cell.attributes, cell.content), "dd/mm/yy")
			rows := readAll(t, survey(t, Options{}, write(t, "list.xlsx", book)))
			if len(rows) != 1 || rows[0].Cells[0] != cell.want {
				t.Errorf("%s %s: %+v, want %s", cell.attributes, cell.content, rows, cell.want)
			}
		}
	}
}

// TestDateColumns: columns with dates are named, and dates that are shown in part are counted.
func TestDateColumns(t *testing.T) {
	sheet := `<cols><col min="1" max="1" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="str"><v>x</v></c><c r="B1" t="str"><v>born</v></c><c r="C1" t="str"><v>since</v></c><c r="D1" t="str"><v>n</v></c></row>` +
		`<row r="2"><c r="A2" s="1"><v>33000</v></c><c r="B2" s="1"><v>33000</v></c><c r="C2" s="2"><v>33000</v></c><c r="D2"><v>33000</v></c></row>` +
		`<row r="3"><c r="B3" s="3"><v>33000</v></c><c r="C3" t="d"><v>1990-05-07</v></c></row><row r="4"><c r="B4" s="4"><v>33000</v></c></row></sheetData>`
	path := write(t, "list.xlsx", plainBook(t, "", sheet, "14", "d/m/yy", "16", "mmm yyyy"))
	for _, test := range []struct {
		options Options
		want    string
	}{
		{Options{}, "[{x 0 0} {born 2 3} {since 0 0}]"},
		{Options{Hidden: HiddenSkip}, "[{born 2 3} {since 0 0}]"},
		{Options{Columns: []string{"a", "b"}}, "[{a 0 0} {b 2 3}]"},
	} {
		if got := fmt.Sprint(survey(t, test.options, path).Files[0].Dates); got != test.want {
			t.Errorf("%+v: %s, want %s", test.options, got, test.want)
		}
	}
}
