package source

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/xuri/excelize/v2"
)

// sheetRows reads the rows of a worksheet as its cells are displayed, but for dates, which are the days that the cells hold (xlsx_dates.go), and for
// times that are displayed differently from country to country: these come as 15:04:05. A row's Line is its number in the sheet; Offset and End are 0.
type sheetRows struct {
	file     *File
	odd      oddCells
	present  []place // of odd, those of the row last read, in the columns that are read
	hidden   cursor  // rows that are not shown
	width    int     // cells of the row last read, up to the last that is not empty
	dropped  []int   // columns that are left out, 0-based, ascending
	limits   Limits
	book     *excelize.File
	rows     *excelize.Rows
	row      int            // number of the row last read
	exact    *excelize.Rows // the same rows with numbers as stored; opened when first needed
	exactRow int            // number of the row last read from it
	raw      []string       // its cells
	progress *atomic.Int64  // counts the file's bytes in proportion to the rows read
	counted  int64          // of them
	again    strayRows
}

// newSheetRows opens the sheet of f. packed is the whole file. Excelize may panic on a malformed file.
func newSheetRows(f *File, packed []byte, l Limits) (s *sheetRows, err error) {
	defer recovered(&err)
	facts := f.sheet.facts
	s = &sheetRows{file: f, limits: l, odd: facts.odd(), hidden: cursor{facts.hidden}, dropped: f.sheet.dropped(l)}
	s.book, err = excelize.OpenReader(bytes.NewReader(packed), excelize.Options{
		UnzipSizeLimit: maxWorkbook, UnzipXMLSizeLimit: maxWorkbook, // all in memory: a part over its limit would be left in a file
		ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd", LongTimePattern: "hh:mm:ss",
	})
	if err != nil {
		return nil, badWorkbook(err)
	}
	if err := f.sheet.book.markDates(s.book); err != nil {
		s.book.Close()
		return nil, err
	}
	if s.rows, err = s.book.Rows(f.sheet.name); err != nil {
		s.book.Close()
		return nil, badWorkbook(err)
	}
	return s, nil
}

func recovered(err *error) {
	if r := recover(); r != nil {
		*err = badWorkbook(fmt.Errorf("%v", r))
	}
}

// header returns the cells of the header.
func (s *sheetRows) header() ([]string, error) {
	for {
		cells, err := s.read()
		if err != nil || len(cells) > 0 {
			return cells, err
		}
		if skip := s.file.dialect.skip; skip > 0 && int64(s.row) == skip+1 {
			return nil, unusableAt(skip+1, "header_row is the row with the names of the columns", "the header row is empty")
		}
	}
}

// read returns the cells of the next row without empty ones at the end, of none where it is blank or before the header.
func (s *sheetRows) read() (cells []string, err error) {
	defer recovered(&err)
	if !s.rows.Next() {
		if err := s.rows.Error(); err != nil {
			return nil, badWorkbook(err)
		}
		if s.row < s.file.sheet.facts.last {
			return nil, badWorkbook(fmt.Errorf("it ends after row %d of %d", s.row, s.file.sheet.facts.last))
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
	for i, cell := range cells {
		if scientific(cell) {
			if cells[i], err = s.exactly(i, cell); err != nil {
				return nil, err
			}
		}
	}
	return s.shown(cells), nil
}

// shown finds the cells of the row that are not what their text is, reads dates, and returns the cells without those that are left out and without empty
// ones at the end. A cell under a merged one is empty, whatever the file has in it.
func (s *sheetRows) shown(cells []string) []string {
	s.present = s.present[:0]
	for _, at := range s.odd.at(s.row, s.limits.Columns) {
		i := at.column - 1
		switch {
		case at.kind == isoDay && i < len(cells):
			cells[i] = isoDate(cells[i])
		case at.kind == covered && i < len(cells):
			cells[i] = ""
		}
		if left, found := slices.BinarySearch(s.dropped, i); !found && at.kind != isoDay {
			s.present = append(s.present, place{at.column - left, at.kind})
		}
	}
	for i, cell := range cells {
		if strings.Contains(cell, dateMark) {
			cells[i] = s.file.sheet.book.dateOf(cell)
		}
	}
	s.width = len(cells)
	for s.width > 0 && cells[s.width-1] == "" {
		s.width--
	}
	for i := len(s.dropped) - 1; i >= 0; i-- {
		if at := s.dropped[i]; at < len(cells) {
			cells = slices.Delete(cells, at, at+1)
		}
	}
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// flaws are the cells of the row last read, in that many columns, that cannot be read for certain.
func (s *sheetRows) flaws(width int) (found []Flaw) {
	for _, at := range s.present {
		if at.column <= width {
			flaw := flaws[at.kind]
			flaw.Column = at.column - 1
			found = append(found, flaw)
		}
	}
	return found
}

// isBlank reports a row without any text. One with formulas that were never computed is not blank: nobody knows what is in it.
func (s *sheetRows) isBlank(cells []string) bool {
	return len(cells) == 0 && !slices.ContainsFunc(s.present, func(at place) bool { return at.kind != covered && at.column <= len(s.file.Header) })
}

// scientific reports whether a text looks like a number that is displayed in part only, as 3.53862E+11.
func scientific(text string) bool {
	i := strings.IndexByte(text, 'E')
	return i > 0 && i+2 < len(text) && (text[i+1] == '+' || text[i+1] == '-') && strings.Trim(text, "-+.0123456789E") == ""
}

// exactly returns the digits of the cell where it holds a whole number, and the text otherwise.
func (s *sheetRows) exactly(column int, text string) (string, error) {
	var err error
	if s.exact == nil {
		if s.exact, err = s.book.Rows(s.file.sheet.name); err != nil {
			return "", badWorkbook(err)
		}
	}
	if s.exactRow < s.row {
		for ; s.exactRow < s.row; s.exactRow++ {
			if !s.exact.Next() {
				return "", badWorkbook(s.exact.Error())
			}
		}
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
		s.count()
		if err != nil {
			return Row{}, err
		}
		if s.file.sheet.skipHidden && s.hidden.has(s.row) || s.isBlank(cells) {
			continue
		}
		row := Row{Line: int64(s.row)}
		if row.Broken = s.check(cells); row.Broken != nil {
			row.Broken.Cells, row.Broken.Raw = s.padded(cells), rawText([]byte(strings.Join(cells, "\t")), nil)
			return row, nil //nolint:nilerr // a broken row is a row, not an error of the input
		}
		row.Cells, row.Flaws = s.padded(cells), s.flaws(len(s.file.Header))
		for _, at := range s.present {
			if at.kind != inError && at.column <= len(s.file.Header) {
				row.Cells[at.column-1] = noValue
			}
		}
		return row, nil
	}
}

// padded are as many cells as the header has, or more.
func (s *sheetRows) padded(cells []string) []string {
	return append(cells, make([]string, max(0, len(s.file.Header)-len(cells)))...)
}

func (s *sheetRows) check(cells []string) *Broken {
	width := len(s.file.Header)
	if found := s.again.check(cells, int64(s.row)); found != nil {
		return found
	}
	switch {
	case len(cells) > s.limits.Columns:
		return tooManyColumns(s.limits.Columns)
	case len(cells) > width:
		b := ragged(len(cells), width)
		b.Hint = "clear the cells beyond the header, or name their columns"
		return b
	}
	return checkLength(cells, s.limits)
}

// count counts bytes in proportion to rows, since the file was read at once.
func (s *sheetRows) count() {
	rows := int64(max(s.file.sheet.facts.last, 1))
	upTo := s.file.Size * min(max(int64(s.row), 1), rows) / rows
	s.progress.Add(upTo - s.counted)
	s.counted = upTo
}

func (s *sheetRows) close() {
	s.rows.Close()
	if s.exact != nil {
		s.exact.Close()
	}
	s.book.Close()
}

// openSheet opens the sheet that the survey found, its header left behind.
func openSheet(f *File, t *text, l Limits) (rows, error) {
	total := t.raw.total
	t.raw.total = nil // bytes count when their rows are read
	packed, err := io.ReadAll(t)
	if err != nil {
		return nil, err
	}
	s, err := newSheetRows(f, packed, l)
	if err != nil {
		return nil, err
	}
	t.close, s.progress = s.close, total
	if !f.dialect.noHeader {
		var names []string
		names, err = s.header()
		s.again = newStrayRows(names)
	}
	return s, err
}
