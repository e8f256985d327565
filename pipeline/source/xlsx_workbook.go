package source

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"importer/mapping/problem"
)

// xlsxFormat is a sheet of an Excel workbook.
func xlsxFormat() format {
	return format{
		name: XLSX, noun: "a workbook", endings: []string{".xlsx"}, tabular: true,
		settings: []string{"header_row", "columns", "sheet", "hidden"},
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
	f.sheet.named = o.Sheet != ""
	f.sheet.skipHidden = o.Hidden == HiddenSkip
	f.Lines = int64(f.sheet.facts.last)
	f.dialect = dialect{noHeader: len(o.Columns) > 0, skip: o.skipped()}
	if f.dialect.noHeader {
		f.Header = o.Columns
		f.countHidden(0, len(o.Columns))
		f.nameDates(f.sheet.dropped(l))
		return nil
	}
	return f.sheet.beside(surveySheet(ctx, f, packed, o, l))
}

// surveySheet finds the header.
func surveySheet(ctx context.Context, f *File, packed []byte, o Options, l Limits) error {
	rows, err := newSheetRows(ctx, f, packed, l)
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
	if len(cells) > l.Columns {
		return unusableAt(line, "", "the header has more than %d columns", l.Columns)
	}
	if flaws := rows.flaws(len(cells)); len(flaws) > 0 {
		if header, _ := headerAmong(rows.below(), line, knownNames(cells), withinHeader); header != nil { // below a line of groups
			better := o
			better.HeaderRow = int(header.line)
			return f.advise(o, better, line, "", "this row does not name the columns; row %d looks as if it did", header.line)
		}
		return unusableAt(line, flaws[0].Hint, "the header cannot be read: column %d %s", flaws[0].Column+1, flaws[0].Message)
	}
	if n := column(cells, func(cell string) bool { return slices.Contains(errorTexts, cell) }); n > 0 {
		return unusableAt(line, "fix the formula, or type the name", "the header cannot be read: column %d holds an error of the spreadsheet", n)
	}
	header, width, dropped := rows.row, rows.width, slices.Clone(rows.dropped)
	if err := f.judgeSheetHeader(cells, line, rows.below(), o); err != nil {
		return err
	}
	f.countHidden(header, width)
	f.nameDates(dropped)
	return nil
}

// errorTexts are what cells with errors show. A text cell that holds one was copied from such a cell.
var errorTexts = []string{"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}

// countHidden counts what is not shown: rows behind the header, and those of so many columns.
func (f *File) countHidden(header, width int) {
	f.HiddenRows = f.sheet.facts.hidden.after(header)
	for at := 1; at <= width; at++ {
		if f.sheet.isHidden(at) {
			f.HiddenColumns++
		}
	}
}

// nameDates lists the columns with dates; those that are left out do not count.
func (f *File) nameDates(dropped []int) {
	for _, at := range slices.Sorted(maps.Keys(f.sheet.facts.dates)) {
		left, found := slices.BinarySearch(dropped, at-1)
		if place := at - 1 - left; !found && place < len(f.Header) {
			column := f.sheet.facts.dates[at]
			column.Name = f.Header[place]
			f.Dates = append(f.Dates, column)
		}
	}
}

// findSheet finds the sheet in a workbook and looks at all of it.
func findSheet(ctx context.Context, packed []byte, wanted string, l Limits) (s sheet, err error) {
	b, err := readBook(ctx, packed, l)
	if err != nil {
		return s, err
	}
	if err := b.countStrings(ctx); err != nil {
		return s, err
	}
	if s, err = b.choose(wanted); err != nil {
		return s, err
	}
	src, err := openPart(b.archive, s.part)
	if err != nil {
		return s, err
	}
	defer src.Close()
	s.facts, err = checkSheet(ctx, src, b, l)
	b.archive, s.book = nil, b // the archive holds the whole file
	return s, err
}

// maxWorkbook bounds the size of a workbook, packed and unpacked: unlike a CSV, it is held in memory.
const maxWorkbook = 512 << 20

// book is what a workbook says of itself.
type book struct {
	archive    *zip.Reader
	sheets     []sheet
	date1904   bool   // days are counted from 1904
	recomputes bool   // it asks for all formulas to be computed when it is opened: what is stored of them may be anything
	strings    string // the part with the shared strings, which there need not be
	count      int    // of the shared strings, once they were counted
	stylesAt   string // the part with the styles, which there need not be
	styles     numberStyles
}

// readBook reads all but the sheets and the strings of a workbook.
func readBook(ctx context.Context, packed []byte, l Limits) (*book, error) {
	archive, err := openArchive(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return nil, badWorkbook(err)
	}
	most := min(maxWorkbook, l.unpacked(int64(len(packed))))
	left, seen := uint64(most), map[string]bool{}
	for _, f := range archive.File {
		if f.UncompressedSize64 > left {
			return nil, unusable("save the sheet as CSV UTF-8", "the workbook grows to more than %d bytes", most)
		}
		left -= f.UncompressedSize64
		name := strings.ToLower(partName(f))
		if seen[name] {
			return nil, unusable(hintWorkbook, "the workbook has two parts of one name, and which of them counts cannot be known")
		}
		seen[name] = true
	}
	b := &book{archive: archive, strings: stringsPart, stylesAt: stylesPart}
	if err := b.readSheets(ctx); err != nil {
		return nil, err
	}
	return b, b.readStyles(ctx)
}

// readPacked reads a workbook's file.
func readPacked(t *text) ([]byte, error) {
	if t.raw.size > maxWorkbook {
		return nil, unusable("save the sheet as CSV UTF-8", "the workbook has more than %d bytes", maxWorkbook)
	}
	packed := bytes.NewBuffer(make([]byte, 0, t.raw.size+bytes.MinRead))
	_, err := packed.ReadFrom(t)
	return packed.Bytes(), err
}

// isWorkbook reports whether the file is an .xlsx, by what is in it.
func isWorkbook(raw *rawFile) bool {
	head := make([]byte, 4)
	if _, err := raw.file.ReadAt(head, 0); err != nil || string(head) != "PK\x03\x04" {
		return false
	}
	archive, err := openArchive(raw.file, raw.size)
	return err == nil && partOf(archive, workbookPart) != nil
}

const (
	workbookPart  = "xl/workbook.xml"
	relationsPart = "xl/_rels/workbook.xml.rels"
)

// partOf returns the named part of a package, nil when there is none. Names of parts do not differ in case (ECMA-376 part 2, 6.2.2).
func partOf(archive *zip.Reader, name string) *zip.File {
	for _, f := range archive.File {
		if strings.EqualFold(partName(f), name) {
			return f
		}
	}
	return nil
}

func partName(f *zip.File) string { return strings.ReplaceAll(f.Name, `\`, "/") }

// openPart opens a part, which ends with an error where it is longer than the archive says.
func openPart(archive *zip.Reader, name string) (io.ReadCloser, error) {
	part := partOf(archive, name)
	if part == nil {
		return nil, unusable(hintWorkbook, "the workbook has no part %s", name)
	}
	src, err := part.Open()
	if err != nil {
		return nil, badWorkbook(err)
	}
	return &declared{src, part.UncompressedSize64}, nil
}

// declared reads what an archive says is so long.
type declared struct {
	io.ReadCloser
	left uint64
}

func (d *declared) Read(p []byte) (int, error) {
	n, err := d.ReadCloser.Read(p)
	if uint64(n) > d.left {
		return 0, unusable(hintWorkbook, "a part of the workbook is longer than the archive says")
	}
	d.left -= uint64(n)
	return n, err
}

const (
	hintWorkbook = "open it in a spreadsheet program and save it again, or save the sheet as CSV UTF-8"
	hintLarge    = "save the sheet as CSV UTF-8, or copy the list to a workbook of its own"
)

// badWorkbook is the error of a workbook that cannot be read; one that says more is kept.
func badWorkbook(err error) error {
	if _, ours := errors.AsType[*problem.Error](err); ours {
		return err
	}
	return failed(err, hintWorkbook, "the workbook is damaged")
}
