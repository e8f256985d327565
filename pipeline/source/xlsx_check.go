package source

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// faults are what a sheet's XML says about its cells that their texts do not show: which rows cannot be read for certain. Excelize gives an empty text
// for a formula that was never computed, and for a cell under a merged one; and it ends early, without an error, where the XML is damaged.
type faults struct {
	rows   map[int]Broken // the first of each row, by its number
	merged []span         // cells merged over several rows
	last   int            // number of the last row
}

// span is where merged cells are.
type span struct{ left, top, bottom int }

// maxFaults bounds the memory that a sheet full of errors takes.
const maxFaults = 200_000

// checkSheet reads a sheet's XML from end to end.
func checkSheet(ctx context.Context, src io.Reader) (*faults, error) {
	f := &faults{rows: map[int]Broken{}}
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
			row, column = row+1, 0
			if at := attribute(start, "r"); at != "" {
				row, err = strconv.Atoi(at)
			}
			if err != nil || row <= f.last {
				return nil, badWorkbook(fmt.Errorf("row %d comes after row %d", row, f.last))
			}
			f.last = row
		case "c":
			before := column
			column++
			if at := attribute(start, "r"); at != "" {
				var line int
				if column, line, err = excelize.CellNameToCoordinates(at); err != nil || line != row || column <= before {
					return nil, badWorkbook(fmt.Errorf("cell %q is in row %d, after column %d", at, row, before))
				}
			}
			if err := f.cell(d, start, row, column); err != nil {
				return nil, err
			}
		case "mergeCell":
			f.merge(attribute(start, "ref"))
		}
		if len(f.rows) > maxFaults {
			first := slices.Min(slices.Collect(maps.Keys(f.rows)))
			return nil, unusable(hintWorkbook, "more than %d rows have cells that cannot be read for certain; the first is row %d", maxFaults, first)
		}
	}
}

// cell looks at one cell: only the first fault of a row is kept.
func (f *faults) cell(d *xml.Decoder, start xml.StartElement, row, column int) error {
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
		f.rows[row] = *cellError(column)
	case c.Formula != nil && c.Value == nil && c.Inline == nil:
		f.rows[row] = *broken(CodeCellError, "open the workbook in a spreadsheet program and save it", "column %d holds a formula that was never computed", column)
	case (kind == "" || kind == "n") && c.Value != nil && tooLong(*c.Value):
		f.rows[row] = *broken(CodeCellError, "format the column as text and type the number again",
			"column %d holds a number of more than 15 digits, of which a spreadsheet keeps only 15", column)
	}
	return nil
}

func cellError(column int) *Broken {
	return broken(CodeCellError, "fix the formula, or type the value", "column %d holds an error of the spreadsheet", column)
}

// tooLong reports whether a number has more digits than a spreadsheet keeps.
func tooLong(value string) bool {
	n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	return err == nil && math.Abs(n) >= 1e15
}

func (f *faults) merge(ref string) {
	from, to, _ := strings.Cut(ref, ":")
	left, top, err := excelize.CellNameToCoordinates(from)
	_, bottom, err2 := excelize.CellNameToCoordinates(to)
	if err == nil && err2 == nil && bottom > top {
		f.merged = append(f.merged, span{left, top, bottom})
	}
}

// of returns what breaks the row, nil when nothing does.
func (f *faults) of(row, width int) *Broken {
	if broken, ok := f.rows[row]; ok {
		return &broken
	}
	for _, s := range f.merged {
		if row > s.top && row <= s.bottom && s.left <= width {
			return broken(CodeCellError, "undo the merging and fill in the cells",
				"column %d is merged with the row above, and which rows its text belongs to cannot be known", s.left)
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
