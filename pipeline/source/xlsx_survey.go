package source

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
)

// xlsxFormat is a sheet of an Excel workbook.
func xlsxFormat() format {
	return format{
		name: XLSX, noun: "a workbook", endings: []string{".xlsx"}, tabular: true,
		settings: []string{"header_row", "columns", "sheet"},
		describe: func(f *File) string { return "Excel, " + f.sheet.describe() },
		holds:    isWorkbook,
		survey:   surveyWorkbook,
		open:     openSheet,
	}
}

// surveyWorkbook finds the sheet in a workbook, and its header.
func surveyWorkbook(ctx context.Context, f *File, packed []byte, o Options, l Limits) (err error) {
	if f.sheet, err = findSheet(ctx, packed, o.Sheet, l); err != nil {
		return err
	}
	f.Lines = int64(f.sheet.faults.last)
	f.dialect = dialect{noHeader: len(o.Columns) > 0, skip: int64(max(o.HeaderRow, 1)) - 1}
	if f.dialect.noHeader {
		f.Header = o.Columns
		return nil
	}
	rows, err := newSheetRows(f, packed, l)
	if err != nil {
		return err
	}
	defer rows.close()
	cells, err := rows.header()
	if err == io.EOF {
		return unusable("name the sheet with sheet, and the row with header_row, under input: in the job file",
			"sheet %q has no header after row %d", f.sheet.name, f.dialect.skip)
	}
	if err != nil {
		return err
	}
	line := int64(rows.row)
	if broken := f.sheet.faults.of(rows.row, len(cells)); broken != nil {
		return unusableAt(line, broken.Hint, "the header cannot be read: %s", broken.Message)
	}
	if f.Header = headerNames(cells); len(f.Header) > l.Columns {
		return unusableAt(line, "", "the header has more than %d columns", l.Columns)
	}
	return checkNames(f.Header, line)
}

// findSheet finds the sheet in a workbook and looks at all of it.
func findSheet(ctx context.Context, packed []byte, wanted string, l Limits) (s sheet, err error) {
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return s, badWorkbook(err)
	}
	most := min(maxWorkbook, l.unpacked(int64(len(packed))))
	left := uint64(most)
	for _, f := range archive.File {
		if f.UncompressedSize64 > left {
			return s, unusable("save the sheet as CSV UTF-8", "the workbook grows to more than %d bytes", most)
		}
		left -= f.UncompressedSize64
	}
	list, err := worksheetsOf(archive)
	if err != nil {
		return s, err
	}
	if s, err = choose(list, wanted); err != nil {
		return s, err
	}
	src, err := openPart(archive, s.part)
	if err != nil {
		return s, err
	}
	defer src.Close()
	s.faults, err = checkSheet(ctx, src)
	return s, err
}
