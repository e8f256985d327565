package source

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/gocarina/gocsv"
)

// csvFormat is CSV under the names of files that end so; TSV is CSV whose delimiter is a tab unless set otherwise.
func csvFormat(name string, endings ...string) format {
	return format{
		name: name, noun: "CSV", endings: endings, tabular: true,
		settings: []string{"quote", "quotes", "comment", "ragged", "line_ends", "header_row", "columns"},
		describe: func(f *File) string { return "CSV, " + delimiterName(f.Delimiter) + " separated" },
		survey:   surveyCSV,
		open: func(f *File, t *text, l Limits) (rows, error) {
			r := newCSVRows(f, t, l)
			return r, r.skipHeader()
		},
	}
}

// csvRows reads the rows of a CSV input: gocsv's decoder over its own Read. It is a gocsv.CSVReader: one well-formed record of the right width after
// the other, a *Broken as the error where it is not. After a *Broken, Read continues with what follows.
type csvRows struct {
	*syntax
	decoder gocsv.SimpleDecoder
	lines   *recordFinder
	before  int64     // lines still to be left out
	width   int       // cells of a record: one for each column, and the empty one after a trailing delimiter; 0 accepts any
	page    *codePage // of the cells; nil where they are UTF-8
	charset string    // File.Encoding
	blanks  string    // what a row of empty cells is made of
	limits  Limits

	leaveEmpty   bool  // rows of several empty cells are no rows
	emptied      int64 // how many of them were left out
	again        strayRows
	offset, line int64 // where the last record begins
}

func newCSVRows(f *File, text io.Reader, l Limits) *csvRows {
	s := newSyntax(f.dialect, delimiterBytes(f.Delimiter, f.Encoding), l)
	c := &csvRows{syntax: s, before: s.skip, width: len(f.Header), page: pageOf(f.Encoding), charset: f.Encoding, leaveEmpty: f.EmptyRows > 0, limits: l}
	c.blanks = " \"\t" + s.delimiter
	if s.trailing {
		c.width += 1 + s.surplus
	}
	c.lines = newRecordFinder(text, int64(f.markLength), s, l)
	c.decoder = gocsv.NewSimpleDecoderFromCSVReader(c)
	return c
}

// skipHeader leaves the first record, where that is the header. It is read as the survey read it, of any width; else the input has changed.
func (c *csvRows) skipHeader() error {
	if c.noHeader {
		return nil
	}
	width := c.width
	c.width, c.again = 0, strayRows{}
	cells, err := c.decoder.GetCSVRow()
	c.width, c.again = width, newStrayRows(cells)
	if _, broken := err.(*Broken); err == io.EOF || broken || err == nil && len(cells) != width {
		return changed("its header differs from that of the first reading")
	}
	return err
}

func (c *csvRows) next() (Row, error) {
	cells, err := c.decoder.GetCSVRow()
	row := Row{Line: c.line, Offset: c.offset, End: c.lines.offset, Cells: cells}
	if broken, ok := err.(*Broken); ok {
		row.Cells, row.Broken, err = nil, broken, nil
	}
	return row, err
}

// Read returns the cells of the next record. The slice is the caller's.
func (c *csvRows) Read() ([]string, error) {
	for ; c.before > 0; c.before-- {
		if err := c.lines.skipLine(); err != nil {
			return nil, err
		}
	}
	for {
		rec, err := c.lines.peek()
		if err != nil {
			return nil, err
		}
		c.offset, c.line = rec.offset, rec.line
		var broken *Broken
		switch content := trimLineEnd(rec.data); {
		case rec.flaw != noFlaw:
			broken = c.misread(rec.flaw, 0, rawText(rec.data, c.page))
		case rec.comment:
			broken = c.checkComment(rec.data)
		case len(content) == 0:
		case c.leaveEmpty && c.isEmpty(rec, content):
			c.emptied++
		default:
			return c.cells(rec, string(content))
		}
		if broken != nil {
			broken.Raw = rawText(rec.data, c.page)
		}
		if rec.flaw != longLine {
			c.lines.take(len(rec.data), rec.lines)
		} else if err := c.lines.skipLine(); err != nil {
			return nil, err
		}
		if broken != nil {
			return nil, broken
		}
	}
}

// isEmpty reports whether a record has several cells and all are empty, as spreadsheets leave them below a list.
func (c *csvRows) isEmpty(rec record, content []byte) bool {
	if rec.lines > 1 || len(bytes.Trim(content, c.blanks)) > 0 {
		return false
	}
	cells, flaw := c.split(string(content), rec.quotes, nil)
	return flaw == noFlaw && len(cells) > 1 && !slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" })
}

// countEmptyRows replaces what the survey counted in the bytes, which shows where such rows may be, by how many the list is read with.
func (f *File) countEmptyRows(ctx context.Context, l Limits) error {
	if f.EmptyRows == 0 {
		return nil
	}
	t, err := openText(f, l, nil)
	if err != nil {
		return err
	}
	defer t.Close()
	rows := newCSVRows(f, t, l)
	if err := rows.skipHeader(); err != nil {
		return err
	}
	for n := 1; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if _, err = rows.next(); err != nil {
			break
		}
	}
	if err != io.EOF {
		return err
	}
	f.EmptyRows = rows.emptied
	return t.raw.finish()
}

// ReadAll reads what is left, up to the first broken record. Only gocsv's interface asks for it.
func (c *csvRows) ReadAll() (all [][]string, err error) {
	for err == nil {
		var cells []string
		if cells, err = c.Read(); err == nil {
			all = append(all, cells)
		}
	}
	if err == io.EOF {
		err = nil
	}
	return all, err
}

// checkComment returns nil for a comment that can be left out. A carriage return in it may end its line, and what follows may be a row.
// Where only comments follow it, both readings are the same.
func (c *csvRows) checkComment(data []byte) *Broken {
	for line := range bytes.SplitSeq(data, []byte{'\r'}) {
		if line = trimLineEnd(line); len(line) > 0 && line[0] != c.comment {
			return broken(CodeControl, "remove it; where CR ends a line, set line_ends: any under input: in the job file",
				"this comment holds a carriage return, and what follows it may be a row")
		}
	}
	return nil
}

// cells splits a record and moves past it: past the whole of it, or past its first line where a stray quote has made it run on.
func (c *csvRows) cells(rec record, content string) ([]string, error) {
	cells, flaw := c.split(content, rec.quotes, make([]string, 0, max(c.width, 8)))
	fits := flaw == noFlaw && (c.width == 0 || len(cells) == c.width)
	var flawed *Broken
	take, lines := rec.data[:rec.first], 1
	switch {
	case flaw != noFlaw && flaw != tooManyCells:
		if flawed = c.headerAfterMark(content); flawed == nil {
			flawed = c.misread(flaw, len(cells)+1, content)
		}
	case fits && c.eachLineIsRow(rec, len(cells)):
		flawed = broken(CodeQuote, hintStrayQuote+"; where the lines do belong to its cell, join them",
			"a quote opened on this line runs on over %d lines that are rows by themselves", rec.lines-1)
	case !fits && rec.lines > 1 && c.secondLineIsRow(rec):
		flawed = broken(CodeQuote, hintStrayQuote, "a quote opened on this line runs on into the next, which is a row by itself")
	default:
		take, lines = rec.data, rec.lines
		if flaw == tooManyCells {
			flawed = tooManyColumns(c.most)
		} else {
			cells, flawed = c.wholeRow(content, cells)
		}
	}
	c.lines.take(len(take), lines)
	if flawed != nil {
		flawed.Raw = rawText(take, c.page)
		return nil, flawed
	}
	return cells, nil
}

// headerAfterMark recognises the header again, in quotes behind the byte order mark of the list that begins with it; nil for any other record.
func (c *csvRows) headerAfterMark(content string) *Broken {
	content, marked := strings.CutPrefix(content, "\ufeff")
	if !marked || c.width == 0 {
		return nil
	}
	cells, flaw := c.split(content, c.quotesIn([]byte(content), false), nil)
	if flaw != noFlaw || !c.again.known[cells[0]] {
		return nil
	}
	return c.again.check(cells, c.line)
}

// wholeRow makes a row of the cells of a record, or says why there is none.
func (c *csvRows) wholeRow(content string, cells []string) ([]string, *Broken) {
	cells, flawed := c.fit(cells)
	if flawed != nil {
		flawed = c.raggedLine(content, flawed)
	}
	if flawed == nil {
		flawed = c.checkCells(content, cells)
	} else if c.page != nil {
		decodeCells(cells, c.page)
	}
	if c.width > 0 && (flawed == nil || flawed.Code == CodeRagged) {
		if found := c.again.check(cells, c.line); found != nil {
			flawed = found
		}
	}
	if flawed != nil {
		for i, cell := range cells {
			cells[i] = readableUTF8(cell)
		}
		flawed.Cells = cells
	}
	return cells, flawed
}

// enoughLikeRows is how many delimiters the lines after a record's first must have together, each line as many as the header, before
// they are taken for rows rather than for text in a cell: one line in a list of seven columns, two in one of four.
const enoughLikeRows = 6

// eachLineIsRow reports whether every physical line of rec has, quotes aside, as many cells as the whole of it, which is the header or as wide as
// the header. Then two stray quotes in one column have made one cell of rows; the record is well-formed and of the right width, and wrong.
func (c *csvRows) eachLineIsRow(rec record, cells int) bool {
	each := cells - 1
	if rec.lines == 1 || each*(rec.lines-1) < enoughLikeRows {
		return false
	}
	for rest := rec.data; len(rest) > 0; {
		line := c.firstLine(rest)
		if bytes.Count(line, []byte(c.delimiter)) != each {
			return false
		}
		rest = rest[len(line):]
	}
	return true
}

// secondLineIsRow reports whether the second physical line of rec by itself is a row of the right width.
func (c *csvRows) secondLineIsRow(rec record) bool {
	second := trimLineEnd(c.firstLine(rec.data[rec.first:]))
	cells, flaw := c.split(string(second), c.quotesIn(second, false), nil)
	return flaw == noFlaw && len(cells) == c.width && len(second) > 0
}

// firstLine returns the first physical line of p, with its end.
func (c *csvRows) firstLine(p []byte) []byte {
	if n := c.lineEnd(p, true); n > 0 {
		return p[:n]
	}
	return p
}
