package source

import (
	"cmp"
	"math"
	"slices"
)

// cellKind is why a cell is not what its text is.
type cellKind uint8

const (
	uncomputed        cellKind = iota + 1 // a formula without a stored value
	perhapsUncomputed                     // a formula with the value that a program writes for want of a better one
	tooManyDigits                         // a number of which a spreadsheet keeps only a part
	covered                               // under a merged cell
	inError                               // an error, which is its text
	isoDay                                // a date that is written as text, which is no flaw
)

// noValue is the text of a cell that cannot be read for certain: the spreadsheets' own word for it, which mapping refuses wherever it comes from. So a
// failed file holds no digit that may be wrong, and no empty cell where there was something.
const noValue = "#N/A"

// Flaw is a cell of a row that cannot be read for certain. It is a fault of the row only where something is read from its column.
type Flaw struct {
	Column  int    // its place in Row.Cells, whose text is #N/A, or the error that the cell holds
	Code    string // CodeCellError
	Message string // what was wrong
	Hint    string // what to do
}

const computeHint = "open the workbook in a spreadsheet program and save it: that computes all formulas"

// flaws are those of each kind of cells, but for the column. It is never changed.
var flaws = map[cellKind]Flaw{
	uncomputed: {Code: CodeCellError, Message: "holds a formula that was never computed", Hint: computeHint},
	perhapsUncomputed: {Code: CodeCellError, Message: "holds a formula that may never have been computed: the workbook asks for that when it is opened",
		Hint: computeHint},
	tooManyDigits: {Code: CodeCellError, Message: "holds a number of more than 15 digits, of which a spreadsheet keeps only 15",
		Hint: "format the column as text and type the number again"},
	covered: {Code: CodeCellError, Message: "is merged with a cell beside or above it, and to which rows and columns its text belongs cannot be known",
		Hint: "undo the merging and fill in the cells"},
	inError: {Code: CodeCellError, Message: "holds an error of the spreadsheet", Hint: "fix the formula, or type the value"},
}

// oddCells finds the cells of row after row that are not what their text is.
type oddCells struct {
	columns []oddColumn
	idle    int // no row before this one has any
}

type oddColumn struct {
	place
	rows cursor
}

// odd begins at the first row.
func (f *sheetFacts) odd() (all oddCells) {
	for at, rows := range f.cells {
		all.columns = append(all.columns, oddColumn{at, cursor{rows}})
	}
	slices.SortFunc(all.columns, func(a, b oddColumn) int { return cmp.Or(a.column-b.column, int(a.kind)-int(b.kind)) })
	return all
}

// at lists those of a row in the first columns, by column: one for each cell. Rows come in ascending order.
func (o *oddCells) at(row, width int) (found []place) {
	if row < o.idle {
		return nil
	}
	o.idle = math.MaxInt
	for i := range o.columns {
		c := &o.columns[i]
		if c.column > width {
			break
		}
		if c.rows.has(row) && (len(found) == 0 || found[len(found)-1].column != c.column) {
			found = append(found, c.place)
		}
		o.idle = min(o.idle, c.rows.next(row))
	}
	return found
}
