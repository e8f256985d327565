package source

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
)

// TestFlawsTakeNoMemory: a column full of formulas that were never computed is one span, and all rows are read, each with its flaw.
func TestFlawsTakeNoMemory(t *testing.T) {
	t.Parallel()
	const rows = 20_000
	var sheet strings.Builder
	sheet.WriteString(`<sheetData><row r="1"><c r="A1" t="str"><v>mail</v></c><c r="B1" t="str"><v>age</v></c><c r="C1" t="str"><v>x</v></c></row>`)
	for r := 2; r <= rows+1; r++ {
		fmt.Fprintf(&sheet, `<row r="%d"><c r="A%d" t="str"><v>a</v></c><c r="B%d"><f>A%d+1</f><v></v></c>`, r, r, r, r)
		if r%2 == 0 {
			fmt.Fprintf(&sheet, `<c r="C%d"><v>1234567890123456</v></c>`, r)
		}
		sheet.WriteString(`</row>`)
	}
	sheet.WriteString(`</sheetData>`)
	set := survey(t, Options{}, write(t, "list.xlsx", plainBook(t, "", sheet.String())))
	facts := set.Files[0].sheet.facts
	if n := len(facts.cells[place{2, uncomputed}]); n != 1 || facts.count != 1+rows/2 {
		t.Errorf("%d spans for a column full of formulas, %d in all", n, facts.count)
	}
	found := 0
	for i, row := range readAll(t, set) {
		if len(row.Flaws) == 0 || row.Flaws[0].Column != 1 || row.Cells[1] != noValue || len(row.Flaws) != 2-i%2 {
			t.Fatalf("row %d: %q %+v", row.Number, row.Cells, row.Flaws)
		}
		found++
	}
	if found != rows {
		t.Errorf("%d rows of %d", found, rows)
	}
}

// TestMergedManyTimes: rows times merged cells would be a long time.
func TestMergedManyTimes(t *testing.T) {
	t.Parallel()
	const rows = 40_000
	var sheet strings.Builder
	sheet.WriteString(`<sheetData><row r="1"><c r="A1" t="str"><v>mail</v></c><c r="B1" t="str"><v>city</v></c></row>`)
	for r := 2; r <= rows+1; r++ {
		fmt.Fprintf(&sheet, `<row r="%d"><c r="A%d" t="str"><v>a</v></c></row>`, r, r)
	}
	sheet.WriteString(`</sheetData><mergeCells>`)
	for r := 2; r <= rows+1; r += 2 {
		fmt.Fprintf(&sheet, `<mergeCell ref="B%d:B%d"/>`, r, r+1)
	}
	sheet.WriteString(`</mergeCells>`)
	for i, row := range readAll(t, survey(t, Options{}, write(t, "list.xlsx", plainBook(t, "", sheet.String())))) {
		if len(row.Flaws) != i%2 {
			t.Fatalf("row %d: %+v", row.Number, row.Flaws)
		}
	}
}

// TestOnlyFormulas: a row of formulas that were never computed is no empty one; a row under a merged cell is.
func TestOnlyFormulas(t *testing.T) {
	sheet := `<sheetData><row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c></row>` +
		`<row r="2"><c r="A2"><f>X1</f></c><c r="B2"><f>Y1</f></c></row><row r="3"><c r="A3" t="str"><v>x</v></c></row><row r="4"><c r="A4"/></row><row r="5"><c r="C5"><f>X1</f></c></row></sheetData>` +
		`<mergeCells><mergeCell ref="A3:A4"/></mergeCells>`
	equal(t, lineShorts(readAll(t, survey(t, Options{}, write(t, "list.xlsx", plainBook(t, "", sheet))))), []string{"@2 0:0 #N/A|#N/A", "@3 0:0 x|"})
}

// TestFlawInHeader: the name of a column is read for certain, or the sheet is not.
func TestFlawInHeader(t *testing.T) {
	for cell, want := range map[string]string{
		`<c r="B1"><f>X1</f></c>`:               "list.xlsx:1: the header cannot be read: column 2 holds a formula that was never computed; hint: " + computeHint,
		`<c r="B1" t="e"><v>#REF!</v></c>`:      "list.xlsx:1: the header cannot be read: column 2 holds an error of the spreadsheet; hint: fix the formula, or type the value",
		`<c r="B1"><v>1234567890123456</v></c>`: "list.xlsx:1: the header cannot be read: column 2 holds a number of more than 15 digits, of which a spreadsheet keeps only 15; hint: format the column as text and type the number again",
	} {
		sheet := `<sheetData><row r="1"><c r="A1" t="str"><v>a</v></c>` + cell + `<c r="C1" t="str"><v>c</v></c></row><row r="2"><c r="A2" t="str"><v>1</v></c></row></sheetData>`
		equal(t, problems(t, Options{}, write(t, "list.xlsx", plainBook(t, "", sheet))), []string{want})
	}
}

const hiddenSheet = `<cols><col min="2" max="2" hidden="1"/></cols><sheetData>` +
	`<row r="1" hidden="1"><c r="A1" t="str"><v>mail</v></c><c r="B1" t="str"><v>note</v></c><c r="C1" t="str"><v>name</v></c></row>` +
	`<row r="2" hidden="1"><c r="A2" t="str"><v>gone</v></c><c r="C2" t="str"><v>Gus</v></c></row>` +
	`<row r="3"><c r="A3" t="str"><v>ann</v></c><c r="B3" t="str"><v>x</v></c><c r="C3"><f>X</f></c></row>` +
	`<row r="4" hidden="true"><c r="A4"/></row><row r="5" hidden="0"><c r="A5" t="str"><v>bob</v></c><c r="B5"><f>X</f></c><c r="C5" t="str"><v>Bob</v></c></row>` +
	`<row r="6" hidden="1"><c r="A6" t="str"><v>late</v></c></row></sheetData>`

// TestHidden: what is not shown is counted, and read or left out, as the setting says; the digest tells the two apart.
func TestHidden(t *testing.T) {
	path := write(t, "list.xlsx", plainBook(t, "", hiddenSheet))
	read := survey(t, Options{}, path)
	equal(t, read.Header, []string{"mail", "note", "name"})
	equal(t, lineShorts(readAll(t, read)), []string{"@2 0:0 gone||Gus", "@3 0:0 ann|x|#N/A", "@5 0:0 bob|#N/A|Bob", "@6 0:0 late||"})
	skipped := survey(t, Options{Hidden: HiddenSkip}, path)
	equal(t, skipped.Header, []string{"mail", "name"})
	rows := readAll(t, skipped)
	equal(t, lineShorts(rows), []string{"@3 0:0 ann|#N/A", "@5 0:0 bob|Bob"})
	if len(rows[0].Flaws) != 1 || rows[0].Flaws[0].Column != 1 || len(rows[1].Flaws) != 0 {
		t.Errorf("flaws %+v and %+v", rows[0].Flaws, rows[1].Flaws)
	}
	for _, set := range []*Set{read, skipped} {
		if f := set.Files[0]; f.HiddenRows != 2 || f.HiddenColumns != 1 || f.SkipsHidden() != (set == skipped) {
			t.Errorf("%d hidden rows and %d columns, skipped %v", f.HiddenRows, f.HiddenColumns, f.SkipsHidden())
		}
	}
	if string(read.Digest()) == string(skipped.Digest()) {
		t.Error("a list with and without its hidden rows has one digest")
	}
	shown := write(t, "shown.xlsx", plainBook(t, "", oneCell("", "<v>1</v>")))
	if string(survey(t, Options{}, shown).Digest()) != string(survey(t, Options{Hidden: HiddenSkip}, shown).Digest()) {
		t.Error("hidden: skip changes the digest of a list of which all is shown")
	}
	bare := survey(t, Options{Columns: []string{"mail", "name"}, Hidden: HiddenSkip}, path)
	equal(t, lineShorts(readAll(t, bare)), []string{"@3 0:0 ann|#N/A", "@5 0:0 bob|Bob"})
}

// TestSheetsInOneJob: several sheets of a workbook are one list; a sheet's name may hold what separates names.
func TestSheetsInOneJob(t *testing.T) {
	path := write(t, "list.xlsx", workbook(t, sheetsOf(map[string][][]any{
		"Sheet1": {{"mail", "name"}, {"a", "Ann"}}, "More, later": {{"name", "mail"}, {"Bob", "b"}}, "Other": {{"x"}, {"1"}}, "Blank": nil, `Q"`: {{"mail", "name"}, {"c", "Cy"}},
	}, "Sheet1", "More, later", "Other", "Blank", `Q"`), nil))
	for wanted, want := range map[string][]string{
		`Sheet1,"More, later"`:    {"a|Ann", "b|Bob"},
		`"More, later", Sheet1`:   {"Bob|b", "Ann|a"},
		"More, later":             {"Bob|b"},
		`"More, later"`:           {"Bob|b"},
		`"Q""", 1`:                {"c|Cy", "a|Ann"},
		`Q"`:                      {"c|Cy"},
		"*":                       nil, // Other has other columns
		"Sheet1, Nowhere, 9":      nil,
		"Sheet1,Sheet1":           nil,
		`Sheet1,"More`:            nil,
		"Sheet1,Other":            nil,
		"Sheet1,2":                {"a|Ann", "b|Bob"},
		"Sheet1, More, later":     nil,
		`1,2,"Q"""`:               {"a|Ann", "b|Bob", "c|Cy"},
		"Sheet1,Blank":            nil,
		"Sheet1,\"Q\"\"\",Sheet1": nil,
	} {
		set, err := Survey(context.Background(), []Input{{Path: path, Title: "list.xlsx"}}, Options{Sheet: wanted})
		if err != nil {
			if !reasoned(err) || want != nil {
				t.Errorf("%s: %v", wanted, err)
			}
			continue
		}
		var got []string
		for _, row := range readAll(t, set) {
			got = append(got, strings.Join(row.Cells, "|"))
		}
		equal(t, got, want)
	}
	equal(t, problems(t, Options{Sheet: "Sheet1, Nowhere, 9"}, path), []string{
		`list.xlsx: the workbook has no sheet "Nowhere"; hint: there are "Sheet1", "More, later", "Other", "Blank", "Q\""`,
		`list.xlsx: the workbook has no sheet "9"; hint: there are "Sheet1", "More, later", "Other", "Blank", "Q\""`})
	equal(t, problems(t, Options{Sheet: "Sheet1,Sheet1"}, path), []string{`list.xlsx, sheet "Sheet1": this input is named twice; hint: name it once`})
	if got := problems(t, Options{Sheet: "*"}, path); len(got) != 1 || !strings.Contains(got[0], `sheet "Other": its columns differ from those of `) {
		t.Errorf("sheets of different columns: %q", got)
	}
	one, two := survey(t, Options{Sheet: "Sheet1"}, path), survey(t, Options{Sheet: `Sheet1,"Q"""`}, path)
	if string(one.Digest()) == string(two.Digest()) || two.Size() != 2*one.Size() {
		t.Errorf("one sheet and two have one digest, or sizes %d and %d", one.Size(), two.Size())
	}
	reader, err := two.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	for err == nil {
		_, err = reader.Next()
	}
	if err != io.EOF || reader.BytesRead() != two.Size() {
		t.Errorf("%v after %d bytes of %d", err, reader.BytesRead(), two.Size())
	}
}
