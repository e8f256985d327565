package source

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
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
	f.dialect = dialect{noHeader: len(o.Columns) > 0, skip: o.skipped()}
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
	if len(cells) > l.Columns {
		return unusableAt(line, "", "the header has more than %d columns", l.Columns)
	}
	return f.judgeSheetHeader(cells, line, rows.below(), o)
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

// maxWorkbook bounds the size of an unpacked workbook: unlike a CSV, it is held in memory.
const maxWorkbook = 512 << 20

// sheet is the worksheet that an input's rows are in.
type sheet struct {
	name    string
	hidden  bool
	part    string // its path in the package
	number  int    // among the visible ones, 1-based; 0 for a hidden one
	visible int    // how many are visible
	faults  *faults
}

func (s sheet) describe() string {
	switch {
	case s.number == 0:
		return fmt.Sprintf("hidden sheet %q", s.name)
	case s.visible == 1:
		return fmt.Sprintf("sheet %q", s.name)
	}
	return fmt.Sprintf("sheet %q (%d of %d)", s.name, s.number, s.visible)
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

// worksheetsOf lists the worksheets in the order of their tabs, without sheets of other kinds, such as charts.
func worksheetsOf(archive *zip.Reader) ([]sheet, error) {
	var book struct {
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
	if err := readPart(archive, "xl/workbook.xml", &book); err != nil {
		return nil, err
	}
	if err := readPart(archive, "xl/_rels/workbook.xml.rels", &relations); err != nil {
		return nil, err
	}
	var list []sheet
	for _, s := range book.Sheets {
		for _, r := range relations.All {
			if r.ID != s.ID+s.Loose || !strings.HasSuffix(r.Type, "/worksheet") {
				continue
			}
			part := path.Join("xl", r.Target)
			if strings.HasPrefix(r.Target, "/") {
				part = path.Clean(r.Target[1:])
			}
			list = append(list, sheet{name: s.Name, hidden: s.State == "hidden" || s.State == "veryHidden", part: part})
		}
	}
	if len(list) == 0 {
		return nil, unusable("save the list as CSV UTF-8", "the workbook has no worksheet")
	}
	return list, nil
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

// choose finds the sheet that is wanted: by name; else by number among the visible ones; the first visible one where nothing is set.
func choose(list []sheet, wanted string) (sheet, error) {
	var visible []sheet
	var names []string
	for _, s := range list {
		if names = append(names, strconv.Quote(s.name)); !s.hidden {
			visible = append(visible, s)
		}
	}
	there := "there are " + strings.Join(names, ", ")
	number, err := strconv.Atoi(cmp.Or(wanted, "1"))
	byName := slices.IndexFunc(list, func(s sheet) bool { return wanted != "" && s.name == wanted })
	var s sheet
	switch {
	case byName >= 0:
		s = list[byName]
	case err == nil && number >= 1 && number <= len(visible):
		s = visible[number-1]
	case wanted == "":
		return s, unusable("name one with sheet under input: in the job file; "+there, "all sheets of the workbook are hidden")
	default:
		return s, unusable(there, "the workbook has no sheet %q", wanted)
	}
	s.number, s.visible = slices.Index(visible, s)+1, len(visible)
	return s, nil
}
