package source

import (
	"context"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestSheetsAsInputs: several sheets of one workbook are several inputs, read one after the other; the same one twice is a slip.
func TestSheetsAsInputs(t *testing.T) {
	t.Parallel()
	path := write(t, "failed.xlsx", workbook(t, func(b *excelize.File) error {
		for i, name := range []string{"overview", "phone", "secret", "date", "empty"} {
			if _, err := b.NewSheet(name); err != nil {
				return err
			}
			if name == "empty" {
				continue
			}
			for _, cell := range []struct{ at, text string }{{"A2", "email"}, {"B2", "name"}, {"A3", name + "@example.com"}, {"B3", string(rune('a' + i))}} {
				if err := b.SetCellStr(name, cell.at, cell.text); err != nil {
					return err
				}
			}
		}
		return b.SetSheetVisible("secret", false)
	}, nil))
	sheets, err := Sheets(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, s := range sheets {
		found = append(found, s.Name+": "+strings.Join(s.Header, ","))
	}
	equal(t, found, []string{"Sheet1: ", "overview: email,name", "phone: email,name", "date: email,name", "empty: "})

	inputs := []Input{{Path: path, Title: "phone", Sheet: "phone"}, {Path: path, Title: "date", Sheet: "date"}}
	set, err := Survey(context.Background(), inputs, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range readAll(t, set) {
		got = append(got, row.Cells[0])
	}
	equal(t, got, []string{"phone@example.com", "date@example.com"})
	if err := onlyHeader(path, "date"); err != nil {
		t.Fatal(err)
	}
	if set, err = Survey(context.Background(), inputs, Options{}); err != nil || len(readAll(t, set)) != 1 {
		t.Errorf("a sheet whose rows are done and deleted: %v", err)
	}
	one, err := Survey(context.Background(), inputs[:1], Options{})
	other, err2 := Survey(context.Background(), inputs[1:], Options{})
	if err != nil || err2 != nil || string(one.Digest()) == string(other.Digest()) {
		t.Errorf("two sheets have one digest, or cannot be read: %v %v", err, err2)
	}
	_, err = Survey(context.Background(), []Input{inputs[0], {Path: path, Title: "again", Sheet: "phone"}}, Options{})
	if err == nil || err.Error() != "again: this input is named twice" {
		t.Errorf("the same sheet twice: %v", err)
	}
	if sheets, err := Sheets(context.Background(), write(t, "list.csv", "a,b\n")); sheets != nil || err != nil {
		t.Errorf("a CSV file has sheets %v: %v", sheets, err)
	}
}

// onlyHeader deletes the rows of a sheet, as a person may who has fixed them elsewhere.
func onlyHeader(path, sheet string) error {
	book, err := excelize.OpenFile(path)
	if err != nil {
		return err
	}
	defer book.Close()
	if err := book.RemoveRow(sheet, 3); err != nil {
		return err
	}
	return book.Save()
}
