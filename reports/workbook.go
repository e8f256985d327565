package reports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"importer/mapping/problem"
)

// WorkbookName is the workbook of failed rows in a run's folder.
const WorkbookName = "failed.xlsx"

// What a workbook can hold, and what it is made with.
const (
	overviewSheet = "overview"
	sheetPattern  = "excelize-[0-9]*" // files that hold sheets while they are written, in the run's folder
	textFormat    = 49                // the number format @: what is typed into such a cell is kept as it is typed
	mostCell      = 32_767            // UTF-16 units of a cell
	mostRows      = 1_048_576         // of a sheet, its header included
	mostColumns   = 16_384
	mostReadable  = 500 << 20 // bytes of sheets that are read back without question: package source takes 512 MiB in all
	cellMarkup    = 60        // bytes that a cell takes besides its text
)

// workbook writes failed rows, a sheet for each code. Every cell is a text, so that leading zeros, plus signs and long numbers stay, and a text that
// looks like a formula is never run. Of each sheet at most 16 MiB are held in memory: what is more goes to a file in the run's folder until the workbook is written.
type workbook struct {
	file  *excelize.File
	form  failedForm
	style int
	most  int // rows of a sheet
	codes map[string]*codeSheets
	order []*codeSheets
	taken map[string]bool // names of sheets, in lower case
	left  int64           // rows that no sheet can hold unchanged
	size  int64           // bytes of the sheets, about
}

// codeSheets are the sheets of one code.
type codeSheets struct {
	code, status string
	rows         int64
	names        []string
	now          *excelize.StreamWriter
	row          int // last row of the sheet being written
}

// exportWorkbook makes the workbook of a run.
func exportWorkbook(ctx context.Context, d *RunData, ask Ask, files *exportSet) (err error) {
	export, w, err := files.export(WorkbookName)
	if err != nil {
		return err
	}
	book, err := newWorkbook(d.Folder, d.Format, mostRows)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, book.file.Close()) }()
	count, err := eachFailed(ctx, d, ask, book.add)
	if err != nil {
		return err
	}
	for _, code := range ask.parts() {
		if !book.has(code) {
			err = errors.Join(err, count.without(d, ask, code))
		}
	}
	if len(book.order)+int(book.left) == 0 && err == nil {
		err = problem.New(problem.Input, fmt.Sprintf("run %s has no failed rows", d.Run.Name), "there is nothing to fix")
	}
	if err != nil {
		return err
	}
	export.Left, export.Huge = book.left, book.size > mostReadable
	for _, c := range book.order {
		export.Rows += c.rows
	}
	return book.write(w, d.Hint, ask.Notes)
}

func newWorkbook(folder string, format Format, most int) (*workbook, error) {
	format.JSONL = false // its columns are the flattened names
	b := &workbook{file: excelize.NewFile(excelize.Options{TmpDir: folder}), form: newFailedForm(format), most: most,
		codes: map[string]*codeSheets{}, taken: map[string]bool{overviewSheet: true}}
	if n := len(b.form.header()); n > mostColumns {
		return nil, problem.New(problem.Input, fmt.Sprintf("the list has %d columns, and a workbook takes %d", n, mostColumns), "use "+FailedName)
	}
	var err error
	b.style, err = b.file.NewStyle(&excelize.Style{NumFmt: textFormat})
	return b, errors.Join(err, b.file.SetSheetName("Sheet1", overviewSheet))
}

// has reports whether some row has a code or a status.
func (b *workbook) has(word string) bool {
	for _, c := range b.order {
		if c.code == word || c.status == word {
			return true
		}
	}
	return b.left > 0
}

// add writes a failed row to the sheet of its code. A row that a workbook would change is left out.
func (b *workbook) add(o outcome) error {
	cells := b.form.record(o)
	for _, cell := range cells {
		if !fitsCell(cell) {
			b.left++
			return nil
		}
	}
	key := o.record.Status.String() + " " + o.record.Code
	c := b.codes[key]
	if c == nil {
		c = &codeSheets{code: o.record.Code, status: o.record.Status.String()}
		b.codes[key], b.order = c, append(b.order, c)
	}
	if c.now == nil || c.row == b.most {
		if err := b.nextSheet(c); err != nil {
			return err
		}
	}
	c.rows++
	c.row++
	return b.texts(c.now, c.row, cells)
}

// nextSheet begins a sheet of a code.
func (b *workbook) nextSheet(c *codeSheets) (err error) {
	if c.now != nil {
		if err := c.now.Flush(); err != nil {
			return err
		}
	}
	name := b.sheetName(c.code, c.status)
	c.names = append(c.names, name)
	if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	if c.now, err = b.file.NewStreamWriter(name); err != nil {
		return err
	}
	header := b.form.header()
	c.row = 1
	return b.begin(c.now, header)
}

// begin writes the header of a sheet. It stays in sight, and all columns are for texts.
func (b *workbook) begin(sheet *excelize.StreamWriter, header []string) error {
	return errors.Join(
		sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
		sheet.SetColWidth(1, len(header), 20),
		sheet.SetColStyle(1, len(header), b.style),
		b.texts(sheet, 1, header),
	)
}

// texts writes a row of text cells.
func (b *workbook) texts(sheet *excelize.StreamWriter, row int, texts []string) error {
	cells := make([]any, len(texts))
	for i, text := range texts {
		if text != "" {
			b.size += int64(len(text)) + cellMarkup
			cells[i] = excelize.Cell{StyleID: b.style, Value: text}
		}
	}
	return sheet.SetRow(fmt.Sprintf("A%d", row), cells)
}

// write writes the overview, and then all of the workbook.
func (b *workbook) write(w io.Writer, hint func(string) string, notes []string) error {
	sheet, err := b.file.NewStreamWriter(overviewSheet)
	if err != nil {
		return err
	}
	if err := b.begin(sheet, []string{"code", "status", "rows", "sheet", "what to do"}); err != nil {
		return err
	}
	row := 1
	for _, c := range b.order {
		if err := c.now.Flush(); err != nil {
			return err
		}
		what := ""
		if hint != nil {
			what = hint(c.code)
		}
		row++
		if err := b.texts(sheet, row, []string{c.code, c.status, fmt.Sprint(c.rows), strings.Join(c.names, ", "), what}); err != nil {
			return err
		}
	}
	if b.left > 0 {
		notes = append([]string{fmt.Sprintf("%s left out, since a workbook would change them: a cell is too long, or holds characters that it cannot hold. They are in the other failed file.",
			Plural(b.left, "row"))}, notes...)
	}
	for i, note := range notes {
		if err := b.texts(sheet, row+2+i, []string{note}); err != nil {
			return err
		}
	}
	if err := sheet.Flush(); err != nil {
		return err
	}
	return b.file.Write(w)
}
