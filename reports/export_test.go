package reports

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"importer/mapping/problem"
	"importer/pipeline/journal"
	"importer/pipeline/source"
)

// awkward are cells that spreadsheets are known to change.
var awkward = []string{
	"00353861234567", "+353861234567", "=cmd|' /C calc'!A0", "4111111111111111", "Zoë 👩‍👧 東京", "1.10", "3.5E+11", "2026-01-02", "TRUE",
	" two  blanks ", "line one\nline two", "carriage\r\nreturn", "tab\there", "<b>&amp;\"</b>", "_x0041_", "_x005F_x0041_", "'quoted", "@name", "-1", "#N/A?",
}

// failedRows is a run whose rows fail in turn with the codes, over cells.
func failedRows(t *testing.T, cells [][]string, codes ...string) RunData {
	t.Helper()
	var records []journal.Record
	for i := range cells {
		r := settle(int64(i+1), journal.Invalid, codes[i%len(codes)])
		r.Message = "=not a formula"
		records = append(records, r)
	}
	store, run := keep(t, journal.Run{Name: "20260304T050600Z-distinct-list", Vendor: "distinct", Account: "distinct a"}, journal.Complete, records...)
	d := plain(t, store, run, int64(len(cells)))
	d.Format.Header = []string{"email", "note"}
	d.Open = func(context.Context) (Rows, error) {
		return &numbered{count: int64(len(cells)), cells: func(row int64) []string { return cells[row-1] }}, nil
	}
	return d
}

// TestWorkbookKeepsCells opens the workbook with a reader of its own: every cell is the text that it was, in a cell for texts.
func TestWorkbookKeepsCells(t *testing.T) {
	t.Parallel()
	var cells [][]string
	for _, text := range awkward {
		cells = append(cells, []string{text, "n"})
	}
	d := failedRows(t, cells, "date_invalid")
	d.Hint = func(string) string { return "write the year with four digits" }
	list, err := Export(context.Background(), d, Ask{Workbook: true, Notes: []string{"importer retry failed.xlsx"}})
	if err != nil || len(list) != 1 || list[0].Rows != int64(len(awkward)) || list[0].Left != 0 {
		t.Fatalf("%+v %v", list, err)
	}
	book, err := excelize.OpenFile(list[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if got, want := book.GetSheetList(), []string{overviewSheet, "date_invalid"}; !slices.Equal(got, want) {
		t.Fatalf("sheets %q, want %q", got, want)
	}
	for i, want := range awkward {
		at, _ := excelize.CoordinatesToCellName(1, i+2)
		got, err := book.GetCellValue("date_invalid", at)
		if err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", at, got, want, err)
		}
		if formula, _ := book.GetCellFormula("date_invalid", at); formula != "" {
			t.Errorf("%s is the formula %q", at, formula)
		}
		index, _ := book.GetCellStyle("date_invalid", at)
		if style, err := book.GetStyle(index); err != nil || style.NumFmt != textFormat {
			t.Errorf("%s is no cell for texts: %+v %v", at, style, err)
		}
	}
	overview, err := book.GetRows(overviewSheet)
	want := [][]string{{"code", "status", "rows", "sheet", "what to do"},
		{"date_invalid", "invalid", "20", "date_invalid", "write the year with four digits"}, nil, {"importer retry failed.xlsx"}}
	if diff := cmp.Diff(want, overview); diff != "" || err != nil {
		t.Errorf("overview (-want +got):\n%s %v", diff, err)
	}
	if info, err := os.Stat(list[0].Path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the workbook can be read by others: %v %v", info, err)
	}
	checkRead(t, list[0].Path, awkward)
}

// checkRead reads the second sheet as a retry does.
func checkRead(t *testing.T, path string, want []string) {
	t.Helper()
	set, err := source.Survey(context.Background(), []source.Input{{Path: path, Sheet: "2"}}, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	links, found, err := FindLinks(set.Header)
	if !found || err != nil {
		t.Fatalf("no links in %q: %v", set.Header, err)
	}
	rows, err := set.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for row, err := range source.All(rows) {
		if err != nil || row.Broken != nil {
			t.Fatalf("row %d: %v %+v", row.Number, err, row.Broken)
		}
		if got := row.Cells[0]; got != want[row.Number-1] {
			t.Errorf("row %d is read as %q, want %q", row.Number, got, want[row.Number-1])
		}
		link, linked, err := links.Of(row.Cells)
		if !linked || err != nil || link.Row != row.Number || link.Status != journal.Invalid {
			t.Errorf("row %d is linked to %+v: %v", row.Number, link, err)
		}
	}
}

// TestWorkbookLeavesOutWhatItWouldChange: such a row is counted and named, never cut in silence.
func TestWorkbookLeavesOutWhatItWouldChange(t *testing.T) {
	t.Parallel()
	d := failedRows(t, [][]string{
		{"fits", strings.Repeat("x", mostCell)}, {"long", strings.Repeat("x", mostCell+1)}, {"emoji", strings.Repeat("👍", mostCell/2+1)},
		{"control\x01", ""}, {"bytes\xff", ""},
	}, "date_invalid")
	list, err := Export(context.Background(), d, Ask{Workbook: true})
	if err != nil || list[0].Rows != 1 || list[0].Left != 4 {
		t.Fatalf("%+v %v", list, err)
	}
	book, err := excelize.OpenFile(list[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if text, _ := book.GetCellValue(overviewSheet, "A4"); !strings.HasPrefix(text, "4 rows left out") {
		t.Errorf("the overview says %q", text)
	}
}

// TestWorkbookSplitsSheets: a sheet that is full goes on in the next.
func TestWorkbookSplitsSheets(t *testing.T) {
	t.Parallel()
	d := failedRows(t, [][]string{{"a", ""}, {"b", ""}, {"c", ""}, {"d", ""}, {"e", ""}}, "phone_invalid")
	book, err := newWorkbook(d.Folder, d.Format, 3)
	if err != nil {
		t.Fatal(err)
	}
	defer book.file.Close()
	if _, err := eachFailed(context.Background(), &d, Ask{}, book.add); err != nil {
		t.Fatal(err)
	}
	if book.size == 0 {
		t.Error("nobody counts the size of the sheets")
	}
	var out bytes.Buffer
	if err := book.write(&out, nil, nil); err != nil {
		t.Fatal(err)
	}
	read, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	var firsts []string
	for _, name := range read.GetSheetList()[1:] {
		rows, err := read.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		firsts = append(firsts, name)
		for _, row := range rows[1:] {
			firsts = append(firsts, row[0])
		}
	}
	if want := []string{"phone_invalid", "a", "b", "phone_invalid (2)", "c", "d", "phone_invalid (3)", "e"}; !slices.Equal(firsts, want) {
		t.Errorf("got %q, want %q", firsts, want)
	}
	if text, _ := read.GetCellValue(overviewSheet, "D2"); text != "phone_invalid, phone_invalid (2), phone_invalid (3)" {
		t.Errorf("the overview names %q", text)
	}
}

// TestSheetNames: a spreadsheet refuses a workbook with a name that it does not take.
func TestSheetNames(t *testing.T) {
	t.Parallel()
	book, err := newWorkbook(t.TempDir(), Format{Header: []string{"a"}}, mostRows)
	if err != nil {
		t.Fatal(err)
	}
	defer book.file.Close()
	long := strings.Repeat("long_", 10)
	for _, c := range []struct{ code, want string }{
		{"phone_invalid", "phone_invalid"}, {"Phone_Invalid", "Phone_Invalid (2)"}, {"Overview", "Overview (2)"}, {"History", "rejected History"},
		{"", "rejected"}, {`a[b]:*?/\'c`, "a-b-------c"}, {long, long[:31]}, {long, long[:27] + " (2)"}, {strings.Repeat("👍", 20), strings.Repeat("👍", 15)},
	} {
		got := book.sheetName(c.code, "rejected")
		if got != c.want {
			t.Errorf("%q is %q, want %q", c.code, got, c.want)
		}
		if _, err := book.file.NewSheet(got); err != nil {
			t.Errorf("%q is refused: %v", got, err)
		}
	}
}

// TestExportByCode: a file for each code, in the form of failed.csv; a slip in a code writes nothing.
func TestExportByCode(t *testing.T) {
	t.Parallel()
	d := failedRows(t, [][]string{{"a@example.com", "1"}, {"b@example.com", "2"}, {"c@example.com", "3"}}, "phone_invalid", "../odd code")
	list, err := Export(context.Background(), d, Ask{Codes: []string{"phone_invalid", "../odd code"}})
	if err != nil || len(list) != 2 || list[0].Rows != 1 || list[1].Rows != 2 || filepath.Base(list[0].Path) != "failed-..-odd-code.csv" {
		t.Fatalf("%+v %v", list, err)
	}
	got := string(mustRead(t, filepath.Join(d.Folder, "failed-phone_invalid.csv")))
	want := "\ufeffemail,note,_import_run,_import_row,_import_status,_import_code,_import_field,_import_message\n" +
		"a@example.com,1,20260304T050600Z-distinct-list,1,invalid,phone_invalid,,'=not a formula\n" +
		"c@example.com,3,20260304T050600Z-distinct-list,3,invalid,phone_invalid,,'=not a formula\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, ask := range []Ask{{Codes: []string{"phone_invalid", "phone_invald"}}, {Workbook: true, Codes: []string{"phone_invald"}},
		{Codes: []string{"phone_invalid"}, Statuses: []journal.Status{journal.Rejected}}} {
		_, err := Export(context.Background(), d, ask)
		if problem.KindOf(err) != problem.Input || !strings.Contains(problem.Hint(err), "phone_invalid") {
			t.Errorf("%+v: %v, hint %q", ask, err, problem.Hint(err))
		}
	}
	entries, err := os.ReadDir(d.Folder)
	if err != nil || len(entries) != 3 {
		t.Errorf("the folder holds %v: %v", entries, err)
	}
}

// TestEditedExportsAreKept: an export that a person has edited is moved aside, one that nobody touched is replaced; both are known for purge.
func TestEditedExportsAreKept(t *testing.T) {
	t.Parallel()
	d := failedRows(t, [][]string{{"a@example.com", "1"}}, "phone_invalid")
	ask := Ask{Codes: []string{"phone_invalid"}}
	export := func(ask Ask) Exported {
		t.Helper()
		list, err := Export(context.Background(), d, ask)
		if err != nil {
			t.Fatal(err)
		}
		return list[0]
	}
	path := export(ask).Path
	d.Format.Comma = ';' // what is written differs
	if again := export(ask); again.Kept != "" {
		t.Errorf("an untouched export is kept as %s", again.Kept)
	}
	if err := os.WriteFile(path, []byte("fixed\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, time.Time{}, at(0)); err != nil {
		t.Fatal(err)
	}
	kept := export(ask).Kept
	if want := filepath.Join(d.Folder, "failed-phone_invalid-edited-20260304T050600Z.csv"); kept != want || string(mustRead(t, kept)) != "fixed\n" {
		t.Errorf("kept as %s, want %s", kept, want)
	}
	book := export(Ask{Workbook: true}).Path
	if err := os.WriteFile(filepath.Join(d.Folder, "failed-notes.csv"), []byte("my own\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	found, err := ExportFiles(d.Folder)
	if want := []string{kept, path, book}; err != nil || !slices.Equal(found, want) {
		t.Errorf("found %q, want %q: %v", found, want, err)
	}
}

// TestWriteOpen: rows of several runs, and no file of a person's is ever overwritten.
func TestWriteOpen(t *testing.T) {
	t.Parallel()
	rows := func(yield func(OpenRow, error) bool) {
		_ = yield(OpenRow{Row: source.Row{Number: 4, Line: 5, Cells: []string{"00123", "hash"}}, Run: "run-2", File: "list.csv",
			Record: journal.Record{Row: 4, Status: journal.Rejected, Code: "password_too_short"}}, nil) &&
			yield(OpenRow{Row: source.Row{Number: 9, Line: 10, Cells: []string{"+49 30", ""}}, Run: "run-1", File: "list.csv",
				Record: journal.Record{Row: 9, Status: journal.InDoubt, Code: "timeout"}}, nil)
	}
	format := Format{Header: []string{"phone", "password"}, Secret: []string{"password"}}
	path := filepath.Join(t.TempDir(), OpenName)
	file, err := WriteOpen(path, false, format, rows)
	want := "\ufeffphone,password,_import_run,_import_row,_import_status,_import_code,_import_field,_import_message\n" +
		"00123,[secret],run-2,4,rejected,password_too_short,,\n+49 30,,run-1,9,in_doubt,timeout,,\n"
	if got := string(mustRead(t, path)); err != nil || file.Rows != 2 || got != want {
		t.Errorf("%+v %v: got\n%s\nwant\n%s", file, err, got, want)
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(path), ExportsName)); err == nil {
		t.Error("a person's folder gets a note of exports")
	}
	if _, err := WriteOpen(path, false, format, rows); problem.KindOf(err) != problem.Usage {
		t.Errorf("the file was there: %v", err)
	}
	fail := errors.New("no more")
	_, err = WriteOpen(path, true, format, func(yield func(OpenRow, error) bool) { yield(OpenRow{}, fail) })
	if !errors.Is(err, fail) || string(mustRead(t, path)) != want {
		t.Errorf("a failure changed the file: %v", err)
	}
}

// TestRemoveOpen: a file of open rows goes when nobody is open; what a person edited, or put there, stays.
func TestRemoveOpen(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, OpenName)
	none := func(func(OpenRow, error) bool) {}
	write := func() {
		t.Helper()
		if _, err := WriteOpen(path, true, Format{Header: []string{"email"}}, none); err != nil {
			t.Fatal(err)
		}
	}
	write()
	if err := RemoveOpen(folder); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the file is there")
	}
	if err := RemoveOpen(folder); err != nil {
		t.Errorf("it is gone already: %v", err)
	}
	write()
	other := t.TempDir()
	for _, own := range []string{path, filepath.Join(other, OpenName)} {
		if err := os.WriteFile(own, []byte("my own\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := RemoveOpen(filepath.Dir(own)); err != nil || string(mustRead(t, own)) != "my own\n" {
			t.Errorf("a person's file %s: %v", own, err)
		}
	}
}

// TestSizeOfWorkbook: what is counted as the size is what the sheets take, or a warning would come too late.
func TestSizeOfWorkbook(t *testing.T) {
	t.Parallel()
	var cells [][]string
	for range 5000 {
		cells = append(cells, []string{"somebody@example.com", "note"})
	}
	d := failedRows(t, cells, "phone_invalid")
	book, err := newWorkbook(d.Folder, d.Format, mostRows)
	if err != nil {
		t.Fatal(err)
	}
	defer book.file.Close()
	if _, err := eachFailed(context.Background(), &d, Ask{}, book.add); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := book.write(&out, nil, nil); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	is := int64(0)
	for _, f := range archive.File {
		if strings.HasPrefix(f.Name, "xl/worksheets/") {
			is += int64(f.UncompressedSize64)
		}
	}
	if book.size < is*95/100 || book.size > is*130/100 {
		t.Errorf("%d bytes of sheets are counted as %d", is, book.size)
	}
}
