package source

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// sheetFacts are what a sheet's XML says about its rows and cells that their texts do not show. Excelize gives an empty text for a formula that was
// never computed, and for a cell under a merged one; and it ends early, without an error, where the XML is damaged.
type sheetFacts struct {
	last    int                // number of the last row
	cells   map[place]spans    // the cells that are not what their text is
	count   int                // spans in cells
	hidden  spans              // rows that are not shown and hold something
	columns []span             // that are not shown
	dates   map[int]DateColumn // by column, 1-based: those with dates, as yet without a name
	merged  []area
}

// place is cells of one kind in one column, 1-based.
type place struct {
	column int
	kind   cellKind
}

// area is where a merged cell is.
type area struct{ left, top, right, bottom int }

// maxSpans bounds the memory that a sheet full of odd cells takes. A column full of them takes one span.
const maxSpans = 2_000_000

// sheetCheck reads a sheet's XML from end to end.
type sheetCheck struct {
	sheetFacts
	book        *book
	most        int // columns that are looked at
	row, column int
	isHidden    bool // the row
	isFilled    bool // a cell of the row holds something
}

func checkSheet(ctx context.Context, src io.Reader, b *book, l Limits) (*sheetFacts, error) {
	s := &sheetCheck{sheetFacts: sheetFacts{cells: map[place]spans{}, dates: map[int]DateColumn{}}, book: b, most: l.Columns}
	if err := walk(ctx, src, s.element); err != nil {
		return nil, err
	}
	s.endRow()
	return &s.sheetFacts, s.underMerged()
}

func (s *sheetCheck) element(d *xml.Decoder, start xml.StartElement, _ string) error {
	switch start.Name.Local {
	case "col":
		s.hiddenColumns(start)
	case "row":
		return s.beginRow(start)
	case "c":
		before := s.column
		s.column++
		if at := attribute(start, "r"); at != "" {
			var line int
			var err error
			if s.column, line, err = excelize.CellNameToCoordinates(at); err != nil || line != s.row || s.column <= before {
				return badWorkbook(fmt.Errorf("cell %q is in row %d, after column %d", at, s.row, before))
			}
		}
		if s.column > excelize.MaxColumns {
			return badWorkbook(fmt.Errorf("row %d has more than %d cells", s.row, excelize.MaxColumns))
		}
		return s.cell(d, start)
	case "mergeCell":
		return s.merge(attribute(start, "ref"))
	}
	return nil
}

func (s *sheetCheck) beginRow(start xml.StartElement) (err error) {
	s.endRow()
	s.row, s.column = s.row+1, 0
	if at := attribute(start, "r"); at != "" {
		s.row, err = strconv.Atoi(at)
	}
	if err != nil || s.row <= s.last || s.row > excelize.TotalRows {
		return badWorkbook(fmt.Errorf("row %d comes after row %d", s.row, s.last))
	}
	s.last = s.row
	s.isHidden = isTrue(attribute(start, "hidden"))
	return nil
}

func (s *sheetCheck) endRow() {
	if s.isHidden && s.isFilled {
		s.hidden.add(s.row)
	}
	s.isHidden, s.isFilled = false, false
}

func (s *sheetCheck) hiddenColumns(start xml.StartElement) {
	first, err := strconv.ParseUint(attribute(start, "min"), 10, 32)
	last, err2 := strconv.ParseUint(attribute(start, "max"), 10, 32)
	if err == nil && err2 == nil && isTrue(attribute(start, "hidden")) && len(s.columns) < excelize.MaxColumns {
		s.columns = append(s.columns, span{uint32(first), uint32(last)})
	}
}

// cell looks at one cell.
func (s *sheetCheck) cell(d *xml.Decoder, start xml.StartElement) error {
	var c struct {
		Formula *struct{} `xml:"f"`
		Value   *string   `xml:"v"`
		Inline  *struct{} `xml:"is"`
	}
	if err := d.DecodeElement(&c, &start); err != nil {
		return badWorkbook(err)
	}
	value := ""
	if c.Value != nil {
		value = strings.TrimSpace(*c.Value)
	}
	s.isFilled = s.isFilled || value != "" || c.Inline != nil || c.Formula != nil
	kind := attribute(start, "t")
	if kind == "s" && value != "" {
		if n, err := strconv.Atoi(value); err != nil || n < 0 || n >= s.book.count {
			return badWorkbook(fmt.Errorf("the cell in row %d, column %d has a text that is not in the workbook", s.row, s.column))
		}
	}
	number := kind == "" || kind == "n"
	switch {
	case c.Inline != nil:
		return nil
	case value == "" && (kind == "e" || c.Formula != nil && (kind != "str" || c.Value == nil)):
		return s.note(uncomputed)
	case kind == "e":
		return s.note(inError)
	case c.Formula != nil && s.book.recomputes && (value == "" || value == "0"):
		return s.note(perhapsUncomputed)
	case number && tooLong(value):
		return s.note(tooManyDigits)
	case kind == "d":
		s.date(wholeDate)
		return s.note(isoDay)
	case number && value != "":
		s.date(s.book.dateStyle(attribute(start, "s")))
	}
	return nil
}

// date counts a cell that is a date.
func (s *sheetCheck) date(shown dateStyle) {
	if shown == noDate || s.column > s.most {
		return
	}
	column := s.dates[s.column]
	if shown == partOfDate {
		if column.Parts++; column.First == 0 {
			column.First = int64(s.row)
		}
	}
	s.dates[s.column] = column
}

func (s *sheetCheck) note(kind cellKind) error {
	at := place{s.column, kind}
	if s.column > s.most {
		return nil
	}
	rows := s.cells[at]
	before := len(rows)
	rows.add(s.row)
	s.cells[at] = rows
	s.count += len(rows) - before
	return s.tooMany()
}

func (s *sheetCheck) tooMany() error {
	if s.count <= maxSpans {
		return nil
	}
	return unusable(hintWorkbook, "more than %d cells cannot be read for certain; row %d has the last one that was looked at", maxSpans, s.row)
}

// tooLong reports whether a number has more digits than a spreadsheet keeps.
func tooLong(value string) bool {
	if len(value) < 4 { // 1e15
		return false
	}
	n, err := strconv.ParseFloat(value, 64)
	return err == nil && math.Abs(n) >= 1e15
}

// maxMerged bounds merged cells: a list has a title, or some headings, that are merged.
const maxMerged = 100_000

func (s *sheetCheck) merge(ref string) error {
	from, to, _ := strings.Cut(ref, ":")
	left, top, err := excelize.CellNameToCoordinates(from)
	right, bottom, err2 := excelize.CellNameToCoordinates(to)
	if err != nil || err2 != nil || right < left || bottom < top {
		return nil //nolint:nilerr // what names no area merges nothing
	}
	if s.merged = append(s.merged, area{left, top, right, bottom}); len(s.merged) > maxMerged {
		return unusable(hintLarge, "the sheet has more than %d merged cells", maxMerged)
	}
	return nil
}

// underMerged notes the cells that a merged cell covers: all of it but the first.
func (s *sheetCheck) underMerged() error {
	columns := map[int]bool{}
	for _, a := range s.merged {
		for column := a.left; column <= min(a.right, s.most); column++ {
			top := a.top
			if column == a.left {
				top++
			}
			if top > a.bottom {
				continue
			}
			at := place{column, covered}
			s.cells[at] = append(s.cells[at], span{uint32(top), uint32(a.bottom)})
			columns[column] = true
			s.count++
			if err := s.tooMany(); err != nil {
				return err
			}
		}
	}
	for column := range columns {
		at := place{column, covered}
		s.cells[at] = s.cells[at].joined()
	}
	s.merged = nil
	return nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// isTrue reads a boolean of XML.
func isTrue(text string) bool { return text == "1" || text == "true" }
