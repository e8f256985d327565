package source

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/xuri/excelize/v2"
)

// surveyWorkbook reads a workbook from end to end and finds the sheet and its header. It closes raw.
func surveyWorkbook(ctx context.Context, f *File, raw *rawFile, o Options, l Limits) []error {
	defer raw.Close()
	if o.Format != "" && o.Format != XLSX {
		return []error{&Error{Message: "it is a workbook (.xlsx), and " + o.Format + " is set", Hint: "leave the format unset"}}
	}
	packed, err := io.ReadAll(raw)
	if err != nil {
		return []error{err}
	}
	f.Format, f.SHA256, f.state = XLSX, fmt.Sprintf("%x", raw.digest.Sum(nil)), raw.state()
	if f.sheet, err = inspect(ctx, packed, o.Sheet, l); err != nil {
		return []error{err}
	}
	f.Lines = int64(f.sheet.rows)
	f.dialect = dialect{noHeader: len(o.Columns) > 0}
	if o.HeaderRow > 0 {
		f.dialect.skip = int64(o.HeaderRow) - 1
	}
	if f.dialect.noHeader {
		f.Header = o.Columns
		return nil
	}
	rows, err := newSheetRows(f, packed, l)
	if err != nil {
		return []error{err}
	}
	defer rows.close()
	cells, err := rows.first()
	switch {
	case err == io.EOF:
		return []error{&Error{Message: fmt.Sprintf("sheet %q has no header after row %d", f.sheet.name, f.dialect.skip), Hint: "name the sheet with sheet, and the row with header_row, under input: in the job file"}}
	case err != nil:
		return []error{err}
	}
	if broken := f.sheet.findings.of(rows.row, len(cells)); broken != nil {
		return []error{&Error{Line: int64(rows.row), Message: "the header cannot be read: " + broken.Message, Hint: broken.Hint}}
	}
	f.Header = headerNames(cells)
	if len(f.Header) > l.Columns {
		return []error{&Error{Line: int64(rows.row), Message: fmt.Sprintf("the header has more than %d columns", l.Columns)}}
	}
	return headerProblems(f.Header, int64(rows.row))
}

// inspect finds the sheet in a workbook and looks at all of it.
func inspect(ctx context.Context, packed []byte, wanted string, l Limits) (sheet, error) {
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return sheet{}, badWorkbook(err)
	}
	if err := unpackable(archive, int64(len(packed)), l); err != nil {
		return sheet{}, err
	}
	list, err := worksheetsOf(archive)
	if err != nil {
		return sheet{}, err
	}
	l1, s, err := choose(list, wanted)
	if err != nil {
		return s, err
	}
	part := partOf(archive, l1.part)
	if part == nil {
		return s, badWorkbook(fmt.Errorf("sheet %q is not in it", s.name))
	}
	src, err := part.Open()
	if err != nil {
		return s, badWorkbook(err)
	}
	defer src.Close()
	if s.findings, err = auditSheet(ctx, src); err == nil {
		s.rows = s.findings.last
	}
	return s, err
}

// unpackable refuses a workbook that takes too much memory.
func unpackable(archive *zip.Reader, size int64, l Limits) error {
	most := min(maxWorkbook, l.Expanded, expansionFree+saturatingProduct(l.Expansion, size))
	left := uint64(most)
	for _, f := range archive.File {
		if f.UncompressedSize64 > left {
			return &Error{Message: fmt.Sprintf("the workbook grows to more than %d bytes", most), Hint: "save the sheet as CSV UTF-8"}
		}
		left -= f.UncompressedSize64
	}
	return nil
}

// sheetRows reads the rows of a worksheet as its cells are displayed, but for dates and times that are displayed differently from country to
// country: these come as 2006-01-02 and 15:04:05. A row's Line is its number in the sheet; Offset and End are 0.
type sheetRows struct {
	file  *File
	book  *excelize.File
	rows  *excelize.Rows
	exact *excelize.Rows // the same rows with numbers as stored; opened when first needed
	at    int            // the row that exact stands at
	raw   []string       // its cells
	row   int            // number of the row last read
	width int
	l     Limits
	told  *atomic.Int64 // counts the file's bytes in proportion to the rows read; may be nil
	count int64         // of them
}

// newSheetRows opens the sheet of f. packed is the whole file. Excelize is not trusted to bear every malformed file.
func newSheetRows(f *File, packed []byte, l Limits) (s *sheetRows, err error) {
	defer bear(&err)
	s = &sheetRows{file: f, width: len(f.Header), l: l}
	s.book, err = excelize.OpenReader(bytes.NewReader(packed), excelize.Options{
		UnzipSizeLimit: maxWorkbook, UnzipXMLSizeLimit: maxWorkbook, // all in memory: a part over its limit would be left in a file
		ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd", LongTimePattern: "hh:mm:ss",
	})
	if err != nil {
		return nil, badWorkbook(err)
	}
	if s.rows, err = s.book.Rows(f.sheet.name); err != nil {
		s.book.Close()
		return nil, badWorkbook(err)
	}
	return s, nil
}

func bear(err *error) {
	if r := recover(); r != nil {
		*err = badWorkbook(fmt.Errorf("%v", r))
	}
}

// first returns the cells of the header.
func (s *sheetRows) first() ([]string, error) {
	for {
		cells, err := s.read()
		if err != nil || len(cells) > 0 {
			return cells, err
		}
		if skip := s.file.dialect.skip; skip > 0 && int64(s.row) == skip+1 {
			return nil, &Error{Line: int64(s.row), Message: "the header row is empty", Hint: "header_row is the row in which the names of the columns stand"}
		}
	}
}

// read returns the cells of the next row without empty ones at the end, of none where it is blank or before the header.
func (s *sheetRows) read() (cells []string, err error) {
	defer bear(&err)
	if !s.rows.Next() {
		if err := s.rows.Error(); err != nil {
			return nil, badWorkbook(err)
		}
		if s.row < s.file.sheet.rows {
			return nil, badWorkbook(fmt.Errorf("it ends after row %d of %d", s.row, s.file.sheet.rows))
		}
		return nil, io.EOF
	}
	s.row++
	if cells, err = s.rows.Columns(); err != nil {
		return nil, badWorkbook(err)
	}
	if int64(s.row) <= s.file.dialect.skip {
		return nil, nil
	}
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	for i, cell := range cells {
		if scientific(cell) {
			if cells[i], err = s.exactly(i, cell); err != nil {
				return nil, err
			}
		}
	}
	return cells, nil
}

// scientific reports whether a text looks like a number that is displayed in part only, as 3.53862E+11.
func scientific(text string) bool {
	i := strings.IndexByte(text, 'E')
	return i > 0 && i+2 < len(text) && (text[i+1] == '+' || text[i+1] == '-') && strings.Trim(text, "-+.0123456789E") == ""
}

// exactly returns the digits of the cell where it holds a whole number, and the text otherwise.
func (s *sheetRows) exactly(column int, text string) (string, error) {
	if s.exact == nil {
		var err error
		if s.exact, err = s.book.Rows(s.file.sheet.name); err != nil {
			return "", badWorkbook(err)
		}
	}
	if s.at < s.row {
		for ; s.at < s.row; s.at++ {
			if !s.exact.Next() {
				return "", badWorkbook(s.exact.Error())
			}
		}
		var err error
		if s.raw, err = s.exact.Columns(excelize.Options{RawCellValue: true}); err != nil {
			return "", badWorkbook(err)
		}
	}
	if column < len(s.raw) {
		if n, err := strconv.ParseFloat(s.raw[column], 64); err == nil && s.raw[column] != text && n == float64(int64(n)) {
			return strconv.FormatInt(int64(n), 10), nil
		}
	}
	return text, nil
}

func (s *sheetRows) next() (Row, error) {
	for {
		cells, err := s.read()
		s.tell(err == io.EOF)
		switch {
		case err != nil:
			return Row{}, err
		case len(cells) == 0:
			continue
		}
		row := Row{Line: int64(s.row)}
		if row.Broken = s.examine(cells); row.Broken != nil {
			row.Broken.Cells, row.Broken.Raw = cells, rowText(cells)
			return row, nil //nolint:nilerr // a broken row is a row, not an error of the input
		}
		row.Cells = append(cells, make([]string, s.width-len(cells))...)
		return row, nil
	}
}

func (s *sheetRows) examine(cells []string) *Broken {
	if broken := s.file.sheet.findings.of(s.row, s.width); broken != nil {
		return broken
	}
	switch {
	case len(cells) > s.l.Columns:
		return tooMany(s.l.Columns)
	case len(cells) > s.width:
		b := ragged(len(cells), s.width)
		b.Hint = "clear the cells beyond the header, or name their columns"
		return b
	}
	for i, cell := range cells {
		switch {
		case len(cell) > s.l.Cell:
			return &Broken{Code: CodeCellTooLong, Message: fmt.Sprintf("column %d has %d bytes, more than %d", i+1, len(cell), s.l.Cell), Hint: "shorten the cell"}
		case isErrorText(cell):
			return &Broken{Code: CodeCellError, Message: fmt.Sprintf("column %d holds an error of the spreadsheet", i+1), Hint: "mend the formula, or type the value"}
		}
	}
	return nil
}

// tell counts bytes in proportion to rows, since the file was read at once.
func (s *sheetRows) tell(all bool) {
	if s.told == nil {
		return
	}
	upTo := s.file.Size
	if rows := int64(s.file.sheet.rows); !all && rows > 0 {
		upTo = s.file.Size / rows * min(int64(s.row), rows)
	}
	if upTo > s.count {
		s.told.Add(upTo - s.count)
		s.count = upTo
	}
}

func (s *sheetRows) close() {
	for _, rows := range []*excelize.Rows{s.rows, s.exact} {
		if rows != nil {
			rows.Close()
		}
	}
	s.book.Close()
}

// openSheet opens the sheet that the survey found, its header left behind.
func openSheet(f *File, l Limits, total *atomic.Int64) (*text, rows, error) {
	raw, err := openRaw(f.Path, f.state, nil)
	if err != nil {
		return nil, nil, err
	}
	packed, err := io.ReadAll(raw)
	if err != nil {
		raw.Close()
		return nil, nil, err
	}
	s, err := newSheetRows(f, packed, l)
	if err != nil {
		raw.Close()
		return nil, nil, err
	}
	s.told = total
	if !f.dialect.noHeader {
		if _, err := s.first(); err != nil {
			s.close()
			raw.Close()
			return nil, nil, err
		}
	}
	return &text{raw: raw, close: s.close}, s, nil
}
