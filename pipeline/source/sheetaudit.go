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

// findings is what a sheet's XML says about its cells that their texts do not show: which rows cannot be told truly. Excelize gives an empty text for
// a formula that nobody has computed, and for a cell that lies under a merged one; and it ends early, without an error, where the XML is damaged.
type findings struct {
	rows   map[int]finding // by number
	merged []span          // cells merged over several rows
	last   int             // number of the last row
}

type finding struct {
	column int // 1-based
	code   string
	text   string // after "column N "
	hint   string
}

// span is a rectangle of cells.
type span struct{ left, top, right, bottom int }

// maxFindings bounds the memory that a sheet full of errors takes.
const maxFindings = 200_000

// auditSheet reads a sheet's XML from end to end.
func auditSheet(ctx context.Context, src io.Reader) (*findings, error) {
	f := &findings{rows: map[int]finding{}}
	d := xml.NewDecoder(src)
	row, column := 0, 0
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		token, err := d.Token()
		if err == io.EOF {
			return f, nil
		}
		if err != nil {
			return nil, badWorkbook(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "row":
			before := row
			if row, column = number(attribute(start, "r"), row+1), 0; row <= before {
				return nil, badWorkbook(fmt.Errorf("row %d comes after row %d", row, before))
			}
			f.last = row
		case "c":
			before := column
			column++
			if at := attribute(start, "r"); at != "" {
				var line int
				if column, line, err = excelize.CellNameToCoordinates(at); err != nil || line != row || column <= before {
					return nil, badWorkbook(fmt.Errorf("cell %q stands in row %d, after column %d", at, row, before))
				}
			}
			if err := f.cell(d, start, row, column); err != nil {
				return nil, err
			}
		case "mergeCell":
			f.merge(attribute(start, "ref"))
		}
		if len(f.rows) > maxFindings {
			return nil, &Error{Message: fmt.Sprintf("more than %d rows have cells that cannot be told truly; the first is row %d", maxFindings, f.first()), Hint: hintWorkbook}
		}
	}
}

func (f *findings) first() int {
	first := math.MaxInt
	for n := range f.rows {
		first = min(first, n)
	}
	return first
}

// cell looks at one cell: only the first finding of a row is kept.
func (f *findings) cell(d *xml.Decoder, start xml.StartElement, row, column int) error {
	var c struct {
		Formula *struct{} `xml:"f"`
		Value   *string   `xml:"v"`
		Inline  *struct{} `xml:"is"`
	}
	if err := d.DecodeElement(&c, &start); err != nil {
		return badWorkbook(err)
	}
	if _, known := f.rows[row]; known {
		return nil
	}
	kind := attribute(start, "t")
	switch {
	case kind == "e":
		f.rows[row] = finding{column, CodeCellError, "holds an error of the spreadsheet", "mend the formula, or type the value"}
	case c.Formula != nil && c.Value == nil && c.Inline == nil:
		f.rows[row] = finding{column, CodeCellError, "holds a formula that was never computed", "open the workbook in a spreadsheet program and save it"}
	case (kind == "" || kind == "n") && c.Value != nil && tooLong(*c.Value):
		f.rows[row] = finding{column, CodeCellError, "holds a number of more than 15 digits, of which a spreadsheet keeps only 15", "format the column as text and type the number anew"}
	}
	return nil
}

// tooLong reports whether a number has more digits than a spreadsheet keeps.
func tooLong(value string) bool {
	n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	return err == nil && math.Abs(n) >= 1e15
}

func (f *findings) merge(ref string) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return
	}
	var s span
	var err error
	if s.left, s.top, err = excelize.CellNameToCoordinates(from); err == nil {
		s.right, s.bottom, err = excelize.CellNameToCoordinates(to)
	}
	if err == nil && s.bottom > s.top {
		f.merged = append(f.merged, s)
	}
}

// of returns what breaks the row, nil when nothing does.
func (f *findings) of(row, width int) *Broken {
	if found, ok := f.rows[row]; ok {
		return &Broken{Code: found.code, Message: fmt.Sprintf("column %d %s", found.column, found.text), Hint: found.hint}
	}
	for _, s := range f.merged {
		if row > s.top && row <= s.bottom && s.left <= width {
			return &Broken{
				Code: CodeCellError, Message: fmt.Sprintf("column %d is merged with the row above, and which rows its text belongs to cannot be told", s.left),
				Hint: "undo the merging and fill in the cells",
			}
		}
	}
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

func number(text string, otherwise int) int {
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

// errorTexts are what cells with errors show. A text cell that holds one was copied from such a cell.
var errorTexts = [...]string{"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}

func isErrorText(text string) bool {
	for _, e := range errorTexts {
		if text == e {
			return true
		}
	}
	return false
}

// rowText is what people are shown of a row of a sheet.
func rowText(cells []string) string {
	return rawText([]byte(strings.Join(cells, "\t")), false)
}
