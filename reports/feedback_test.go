package reports

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"importer/pipeline/journal"
	"importer/pipeline/source"
)

// readAll reads an input as the program does.
func readAll(t *testing.T, path string) (*source.Set, []source.Row) {
	t.Helper()
	set := survey(t, path)
	in, err := set.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var rows []source.Row
	for {
		row, err := in.Next()
		if errors.Is(err, io.EOF) {
			return set, rows
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
}

// failAll writes the reports of a run in which every row of the input was rejected.
func failAll(t *testing.T, path string) Summary {
	t.Helper()
	set, rows := readAll(t, path)
	var records []journal.Record
	for _, row := range rows {
		status := journal.Rejected
		if row.Broken != nil {
			status = journal.Invalid
			records = append(records, settle(row.Number, status, row.Broken.Code))
			continue
		}
		r := settle(row.Number, status, "odd")
		r.Message = "=cmd|' /C calc'!A0"
		records = append(records, intent(row.Number, 1), r)
	}
	store, run := keep(t, journal.Run{Name: "first"}, journal.Complete, records...)
	return mustWrite(t, RunData{
		Folder: t.TempDir(), Run: run, States: store, Open: opener(set),
		Format: Format{Header: set.Header, Comma: set.Files[0].Comma(), JSONL: set.Files[0].Format == source.JSONL},
	})
}

// Cells that come back from failed.csv are the cells that went in, whatever is in them, and each row knows where it came from.
func TestFailedRowsComeBackAsTheyWere(t *testing.T) {
	const naughty = "a,b,c\n" +
		"001,+353871234567,=1+1\n" +
		"'007,-5,@home\n" +
		"\"a \"\"quoted\"\" one\",\"two\nlines\",\"three\r\nlines, \"\n" +
		"\" leading\",trailing ,\"\"\n" +
		"\\.,\"\t=x\",\u00a0\u202e\n" +
		"Ünï,日本,👩‍👧\n" +
		"[secret],'=x,\"\"\"\"\n"
	folder := t.TempDir()
	files := map[string]string{
		"comma.csv": naughty, "marked.csv": "\ufeff" + naughty,
		"semicolon.csv": "a;b;c\n1;\"x;y\";'z\n,;|;\t\n", "tab.tsv": "a\tb\tc\n1\t2,3\t4;5\n", "bar.csv": "a|b|c\n1|2|3\n4|\"|\"|6\n",
		"one.csv": "a\nx\ny\n", "rows.jsonl": `{"a":"=1","b":{"c":["x","\u0007\"\\ \u2028"]}}` + "\n" + `{"a":" ","d":1e3}` + "\n" + `{"a":null,"d":true}` + "\n",
	}
	files["workbook.xlsx"] = naughtyWorkbook(t)
	for name, text := range files {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(folder, name)
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			_, want := readAll(t, path)
			failed := failAll(t, path).Files.Failed
			set, got := readAll(t, failed)
			if len(got) != len(want) {
				t.Fatalf("%d rows come back, want %d", len(got), len(want))
			}
			links, found, err := FindLinks(set.Header)
			if err != nil || !found {
				t.Fatal(found, err)
			}
			for i := range want {
				width := len(want[i].Cells)
				if !slices.Equal(got[i].Cells[:width], want[i].Cells) {
					t.Errorf("row %d: %q, want %q", i+1, got[i].Cells[:width], want[i].Cells)
				}
				link, found, err := links.Of(got[i].Cells)
				if wanted := (Link{"first", int64(i + 1), journal.Rejected, "odd"}); err != nil || !found || link != wanted {
					t.Errorf("row %d: link %v, %v, %v", i+1, link, found, err)
				}
			}
			again := mustRead(t, failAll(t, failed).Files.Failed)
			if !bytes.Equal(again, mustRead(t, failed)) {
				t.Errorf("failing twice changes it:\n%s\n%s", mustRead(t, failed), again)
			}
		})
	}
}

// naughtyWorkbook has dates, leading zeros of a format, line breaks, delimiters, and cells that cannot be read for certain, in columns with such names.
func naughtyWorkbook(t *testing.T) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	style := func(format string) int {
		id, err := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	day, code := style("d/m/yy"), style("00000")
	rows := [][]any{
		{"Name,\nas written", "Born; about", "Code\tof post", "Age"},
		{"two\nlines, \"quoted\"", 31417.6, 1067, nil},
		{" a;b\tc ", 31417, 7, "=1+1"},
		{"'x", "05/01/86", "00107", "-5"},
		{"last is empty", 60, 12345678901234567, nil},
		{"", "", "", "x"},
	}
	for r, cells := range rows {
		if err := book.SetSheetRow("Sheet1", "A"+strconv.Itoa(r+1), &cells); err != nil {
			t.Fatal(err)
		}
	}
	var packed bytes.Buffer
	if err := errors.Join(book.SetCellStyle("Sheet1", "B2", "B5", day), book.SetCellStyle("Sheet1", "C2", "C4", code), book.MergeCell("Sheet1", "D4", "D5"), book.Write(&packed)); err != nil {
		t.Fatal(err)
	}
	return packed.String()
}

// TestWorkbookRowsAreApart: each cell of a workbook stays in its column, as the text that a person sees or, of a date, as the day.
func TestWorkbookRowsAreApart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "in.xlsx")
	if err := os.WriteFile(path, []byte(naughtyWorkbook(t)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, rows := readAll(t, failAll(t, path).Files.Failed)
	want := [][]string{
		{"two\nlines, \"quoted\"", "1986-01-05 14:24:00", "01067", ""}, {" a;b\tc ", "1986-01-05", "00007", "=1+1"}, {"'x", "05/01/86", "00107", "-5"},
		{"last is empty", "1900-02-29", "#N/A", "#N/A"}, {"", "", "", "x"},
	}
	for i, row := range rows {
		if !slices.Equal(row.Cells[:4], want[i]) {
			t.Errorf("row %d comes back as %q, want %q", i+1, row.Cells[:4], want[i])
		}
	}
	if len(rows) != len(want) {
		t.Errorf("%d rows come back, want %d", len(rows), len(want))
	}
}

// A broken row that nobody fixed must not pass for a whole one when it comes back.
func TestABrokenRowStaysRecognisable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "in.csv")
	if err := os.WriteFile(path, []byte("id,email\n1,a@example.com\n2\n3,c@example.com,more\n4,d@exa\x00mple.com\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, rows := readAll(t, failAll(t, path).Files.Failed)
	if len(rows) != 4 {
		t.Fatalf("%d rows", len(rows))
	}
	for i, want := range []string{"1", "2", "3,c@example.com,more"} {
		if got := rows[i].Cells[0]; got != want {
			t.Errorf("row %d begins with %q, want %q", i+1, got, want)
		}
	}
	if rows[1].Cells[1] != "" || rows[2].Cells[1] != "" {
		t.Errorf("a ragged row was filled up: %q, %q", rows[1].Cells, rows[2].Cells)
	}
}

func TestFindLinks(t *testing.T) {
	full := append([]string{"a"}, LinkColumns()...)
	if _, found, err := FindLinks([]string{"a", "b"}); found || err != nil {
		t.Error(found, err)
	}
	if _, _, err := FindLinks(full[:4]); err == nil || !strings.Contains(err.Error(), "_import_code is missing") {
		t.Error(err)
	}
	if _, _, err := FindLinks(append(full, "_import_row")); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Error(err)
	}
	links, found, err := FindLinks(full)
	if !found || err != nil {
		t.Fatal(found, err)
	}
	for name, c := range map[string]struct {
		cells []string
		found bool
		want  string
	}{
		"linked":           {[]string{"x", "run", "7", "rejected", "c", "", ""}, true, ""},
		"added by hand":    {[]string{"x", "", "", "", "", "", ""}, false, ""},
		"short":            {[]string{"x", "run"}, false, "ends before"},
		"half a link":      {[]string{"x", "", "7", "rejected", "", "", ""}, false, "name no row"},
		"row 0":            {[]string{"x", "run", "0", "rejected", "", "", ""}, false, "name no row"},
		"a row like 7.0":   {[]string{"x", "run", "7.0", "rejected", "", "", ""}, false, "_import_row: \"7.0\" is not a whole number"},
		"another's status": {[]string{"x", "run", "7", "fine", "", "", ""}, false, "_import_status: unknown status"},
	} {
		link, found, err := links.Of(c.cells)
		if found != c.found || (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, %v, %v", name, link, found, err)
		}
	}
}
