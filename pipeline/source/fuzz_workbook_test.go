package source

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// FuzzWorkbook checks that no workbook makes the reader panic, and that what is refused is refused with a reason. Its parts are the input, in
// an archive that is in order; FuzzFile has archives that are not.
func FuzzWorkbook(f *testing.F) {
	f.Add(bookXML("S"), `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="3"><c r="A3"><v>1</v></c></row></sheetData></worksheet>`, "", "")
	f.Add(bookXML("S", "T"), `<worksheet><sheetData><row><c t="s"><v>1</v></c><c t="inlineStr"><is><t>b</t></is></c></row><row><c s="1"><v>44197.5</v></c><c t="e"><v>#N/A</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A9"/></mergeCells></worksheet>`,
		`<sst><si/><si><t>a</t></si><si><r><t>b</t></r><r><t>c</t></r></si></sst>`,
		`<styleSheet><numFmts><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="d/m/yy"/></numFmts><cellXfs><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`)
	path := filepath.Join(f.TempDir(), "list.xlsx")
	f.Fuzz(func(t *testing.T, book, sheet, texts, styles string) {
		fuzzFile(t, path, archiveOf(t, bookParts(map[string]string{"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheet, stringsPart: texts, stylesPart: styles})))
	})
}

// FuzzFile checks the same of any file.
func FuzzFile(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("a,b\n1,2\n"))
	path := filepath.Join(f.TempDir(), "list")
	f.Fuzz(func(t *testing.T, content []byte) { fuzzFile(t, path, string(content)) })
}

func fuzzFile(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	set, err := Survey(context.Background(), []Input{{Path: path}}, Options{})
	if err == nil {
		readAll(t, set)
	} else if !reasoned(err) {
		t.Error(err)
	}
}
