package runs_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"importer/cmd/importer/internal/runs"
	"importer/pipeline/journal"
)

// TestAFailedFileFromAWorkbook: a failed.csv that was opened in a spreadsheet and kept as a workbook has numbers and dates in the place of texts.
func TestAFailedFileFromAWorkbook(t *testing.T) {
	t.Parallel()
	service, dir := inFolder(t, map[string]string{
		"job.yaml": "vendor: thanx\nfields: {email: Mail, first_name: Name, last_name: Surname, legacy_id: No, phone: {column: Mobile, country: IE}, birth_date: {column: Born, format: DD/MM/YYYY}}\n",
		"list.csv": "No,Mail,Name,Surname,Mobile,Born\n00010,ada@example,Ada,Stone,+353861234567,15/05/1990\n00020,ben@example,Ben,Stone,+353861234568,16/06/1991\n",
	})
	result, err := service.Start(t.Context(), runs.StartRequest{Request: runs.Request{Options: practising("job=job.yaml")}, Inputs: []string{"list.csv"}})
	if err != nil || result.Summary.Counts[journal.Invalid] != 2 {
		t.Fatalf("%+v, %v", result.Summary.Counts, err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "reports", "*-thanx-list", "failed.csv"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	asWorkbook(t, files[0], filepath.Join(dir, "failed.xlsx"))

	changes := map[string]string{}
	retry := runs.RetryRequest{Of: "failed.xlsx", Request: runs.Request{Options: map[string]string{"sandbox-state": "kept"}, Observe: func(e runs.Event) {
		if c, ok := e.(runs.FailedFileCompared); ok {
			for _, change := range c.Changes {
				changes[change.Column] = change.Damage.String() + " " + strconv.FormatInt(change.Cells, 10)
			}
		}
	}}}
	if _, err := service.Retry(t.Context(), retry); err == nil || !strings.HasPrefix(err.Error(), "6 cells of failed.xlsx changed as if a spreadsheet had done it") {
		t.Errorf("retried with %v", err)
	}
	for column, want := range map[string]string{"No": "leading zeros lost 2", "Mobile": "the + lost 2", "Born": "dates rewritten 2", "Mail": " 2"} {
		if changes[column] != want {
			t.Errorf("%s: %q, want %q", column, changes[column], want)
		}
	}
}

// asWorkbook does to a CSV file what a person does with it in a spreadsheet: what looks like a number is one, what looks like a date is one; the addresses
// are fixed.
func asWorkbook(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	book := excelize.NewFile()
	defer book.Close()
	day, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for r, row := range rows {
		for c, cell := range row {
			at, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				t.Fatal(err)
			}
			var value any = strings.ReplaceAll(cell, "@example", "@example.com")
			if n, err := strconv.ParseInt(cell, 10, 64); err == nil {
				value = n
			}
			if d, err := time.Parse("02/01/2006", cell); err == nil {
				value = d
			}
			if err := book.SetCellValue("Sheet1", at, value); err != nil {
				t.Fatal(err)
			}
			if _, date := value.(time.Time); date {
				if err := book.SetCellStyle("Sheet1", at, at, day); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := book.SaveAs(to); err != nil {
		t.Fatal(err)
	}
}
