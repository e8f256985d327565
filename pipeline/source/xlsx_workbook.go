package source

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
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
	return f.sheet.beside(surveySheet(f, packed, o, l))
}

// surveySheet finds the header.
func surveySheet(f *File, packed []byte, o Options, l Limits) error {
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
	b, err := readBook(packed, l)
	if err != nil {
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

// maxWorkbook bounds the size of an unpacked workbook: unlike a CSV, it is held in memory.
const maxWorkbook = 512 << 20

// book is what a workbook says of itself.
type book struct {
	archive    *zip.Reader
	sheets     []sheet
	date1904   bool        // days are counted from 1904
	recomputes bool        // it asks for all formulas to be computed when it is opened: what is stored of them may be anything
	dates      []dateStyle // by cell style
	strings    int         // texts that its cells share
}

// readBook reads all but the sheets of a workbook.
func readBook(packed []byte, l Limits) (*book, error) {
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return nil, badWorkbook(err)
	}
	most := min(maxWorkbook, l.unpacked(int64(len(packed))))
	left := uint64(most)
	for _, f := range archive.File {
		if f.UncompressedSize64 > left {
			return nil, unusable("save the sheet as CSV UTF-8", "the workbook grows to more than %d bytes", most)
		}
		left -= f.UncompressedSize64
	}
	b := &book{archive: archive}
	if err := b.readSheets(); err != nil {
		return nil, err
	}
	if b.strings, err = sharedStrings(archive); err != nil {
		return nil, err
	}
	b.dates, err = dateStyles(archive)
	return b, err
}

// sharedStrings counts the texts that the cells of a workbook share.
func sharedStrings(archive *zip.Reader) (n int, err error) {
	const part = "xl/sharedStrings.xml"
	if partOf(archive, part) == nil {
		return 0, nil
	}
	src, err := openPart(archive, part)
	if err != nil {
		return 0, err
	}
	defer src.Close()
	d := xml.NewDecoder(io.LimitReader(src, maxWorkbook))
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return 0, badWorkbook(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "si" {
			n++
		}
	}
}

// isWorkbook reports whether the file is an .xlsx, by what is in it.
func isWorkbook(raw *rawFile) bool {
	head := make([]byte, 4)
	if _, err := raw.file.ReadAt(head, 0); err != nil || string(head) != "PK\x03\x04" {
		return false
	}
	archive, err := zip.NewReader(raw.file, raw.size)
	return err == nil && partOf(archive, "xl/workbook.xml") != nil
}

// partOf returns the named part of a package, nil when there is none. Names of parts do not differ in case (ECMA-376 part 2, 6.2.2).
func partOf(archive *zip.Reader, name string) *zip.File {
	for _, f := range archive.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), name) {
			return f
		}
	}
	return nil
}

// readSheets lists the worksheets in the order of their tabs, without sheets of other kinds, such as charts.
func (b *book) readSheets() error {
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Calculation struct {
			OnLoad string `xml:"fullCalcOnLoad,attr"`
		} `xml:"calcPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
			Loose string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"` // the same in the strict variant
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
			Type   string `xml:"Type,attr"`
		} `xml:"Relationship"`
	}
	if err := readPart(b.archive, "xl/workbook.xml", &book); err != nil {
		return err
	}
	if err := readPart(b.archive, "xl/_rels/workbook.xml.rels", &relations); err != nil {
		return err
	}
	b.date1904, b.recomputes = isTrue(book.Properties.Date1904), isTrue(book.Calculation.OnLoad)
	for _, s := range book.Sheets {
		for _, r := range relations.All {
			if r.ID != s.ID+s.Loose || !strings.HasSuffix(r.Type, "/worksheet") {
				continue
			}
			part := path.Join("xl", r.Target)
			if strings.HasPrefix(r.Target, "/") {
				part = path.Clean(r.Target[1:])
			}
			b.sheets = append(b.sheets, sheet{name: s.Name, hidden: s.State == "hidden" || s.State == "veryHidden", part: part})
		}
	}
	if len(b.sheets) == 0 {
		return unusable("save the list as CSV UTF-8", "the workbook has no worksheet")
	}
	return nil
}

func readPart(archive *zip.Reader, name string, to any) error {
	src, err := openPart(archive, name)
	if err != nil {
		return err
	}
	defer src.Close()
	if err := xml.NewDecoder(io.LimitReader(src, maxWorkbook)).Decode(to); err != nil {
		return badWorkbook(err)
	}
	return nil
}

func openPart(archive *zip.Reader, name string) (io.ReadCloser, error) {
	part := partOf(archive, name)
	if part == nil {
		return nil, unusable(hintWorkbook, "the workbook has no part %s", name)
	}
	src, err := part.Open()
	if err != nil {
		return nil, badWorkbook(err)
	}
	return src, nil
}

const hintWorkbook = "open it in a spreadsheet program and save it again, or save the sheet as CSV UTF-8"

func badWorkbook(err error) error {
	return failed(err, hintWorkbook, "the workbook is damaged")
}
