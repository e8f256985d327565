package source

import (
	"bytes"
	"context"
	"io"

	"github.com/gocarina/gocsv"
)

// csvFormat is CSV under the names of files that end so; TSV is CSV whose delimiter is a tab unless set otherwise.
func csvFormat(name string, endings ...string) format {
	return format{
		name: name, noun: "CSV", endings: endings, tabular: true,
		settings: []string{"quote", "quotes", "comment", "ragged", "line_ends", "header_row", "columns"},
		describe: func(f *File) string { return "CSV, " + delimiterName(f.Delimiter) + " separated" },
		survey: func(_ context.Context, f *File, head []byte, o Options, l Limits) error {
			return surveyHeader(f, head, o, l)
		},
		open: func(f *File, t *text, l Limits) (rows, error) {
			r := newCSVRows(f, t, l)
			return r, r.skipHeader()
		},
	}
}

// csvRows reads the rows of a CSV input: gocsv's decoder over its own Read. It is a gocsv.CSVReader: one well-formed record of the right width after
// the other, a *Broken as the error where it is not. After a *Broken, Read goes on with what follows. Every byte of the text belongs to one record, a
// comment or a blank line.
type csvRows struct {
	*syntax
	decoder  gocsv.SimpleDecoder
	lines    *recordFinder
	before   int64 // lines still to be left out
	inHeader bool
	columns  int
	width    int // cells of a record: columns, and the empty one after a trailing delimiter; 0 accepts any
	decode   bool
	limits   Limits

	offset, line int64 // where the last record begins
}

func newCSVRows(f *File, text io.Reader, l Limits) *csvRows {
	s := newSyntax(f.Delimiter, f.dialect, l)
	c := &csvRows{syntax: s, before: s.skip, columns: len(f.Header), width: len(f.Header), decode: f.Encoding == Windows1252, limits: l}
	if s.trailing {
		c.width++
	}
	c.lines = newRecordFinder(text, int64(f.markLength), s, l)
	c.decoder = gocsv.NewSimpleDecoderFromCSVReader(c)
	return c
}

// header reads the first record, for which the policies for ragged rows do not hold.
func (c *csvRows) header() ([]string, error) {
	c.inHeader = true
	defer func() { c.inHeader = false }()
	return c.decoder.GetCSVRow()
}

// skipHeader leaves the first record, where that is the header. It is the one that the survey took the header from, or the input has changed.
func (c *csvRows) skipHeader() error {
	if c.noHeader {
		return nil
	}
	cells, err := c.header()
	if err == nil && len(cells) == c.columns {
		return nil
	}
	if _, broken := err.(*Broken); err == nil || err == io.EOF || broken {
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
		switch content := trimLineEnd(rec.data); {
		case rec.comment || rec.flaw == longLine:
			broken := c.checkSkipped(rec)
			if err := c.lines.skipLine(); err != nil {
				return nil, err
			}
			if broken != nil {
				return nil, broken
			}
		case rec.flaw != noFlaw:
			broken := c.withoutEnd(rec)
			c.lines.take(rec.first, 1)
			return nil, broken
		case len(content) == 0:
			c.lines.take(len(rec.data), rec.lines)
		default:
			return c.cells(rec, string(content))
		}
	}
}

// ReadAll reads what is left, up to the first broken record. It is there because gocsv's interface asks for it.
func (c *csvRows) ReadAll() ([][]string, error) {
	var all [][]string
	for {
		cells, err := c.Read()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		all = append(all, cells)
	}
}

// checkSkipped says why a line that is a comment, or too long, is a broken row; nil for a comment that can be left out. A carriage return in a
// comment may end its line, and what follows may be a row. Where only comments follow it, both readings are the same.
func (c *csvRows) checkSkipped(rec record) *Broken {
	if rec.flaw == longLine {
		return c.withoutEnd(rec)
	}
	for line := range bytes.SplitSeq(rec.data, []byte{'\r'}) {
		if line = trimLineEnd(line); len(line) > 0 && line[0] != c.comment {
			b := broken(CodeControl, "remove it; where CR ends a line, set line_ends: any under input: in the job file",
				"this comment holds a carriage return, and what follows it may be a row")
			b.Raw = rawText(rec.data, c.decode)
			return b
		}
	}
	return nil
}

// cells takes a record apart and leaves it: the whole of it, or its first line where a stray quote has made it run on.
func (c *csvRows) cells(rec record, content string) ([]string, error) {
	cells, flaw := c.split(content, rec.quotes, make([]string, 0, max(c.width, 8)))
	fits := flaw == noFlaw && (c.width == 0 || len(cells) == c.width)
	var broken *Broken
	take, lines := rec.data[:rec.first], 1
	switch {
	case flaw != noFlaw && flaw != tooManyCells:
		broken = c.misread(flaw, len(cells)+1, content)
	case fits && c.eachLineIsRow(rec, len(cells)):
		broken = runsOverRows(rec.lines)
	case !fits && rec.lines > 1 && c.secondLineIsRow(rec):
		broken = runsIntoRow()
	default:
		take, lines = rec.data, rec.lines
		if flaw == tooManyCells {
			broken = tooManyColumns(c.most)
		} else {
			cells, broken = c.wholeRow(content, cells)
		}
	}
	c.lines.take(len(take), lines)
	if broken != nil {
		broken.Raw = rawText(take, c.decode)
		return nil, broken
	}
	return cells, nil
}

// wholeRow makes a row of the cells of a record, or says why there is none.
func (c *csvRows) wholeRow(content string, cells []string) ([]string, *Broken) {
	cells, broken := c.fit(cells)
	if broken == nil {
		cells, broken = c.checkCells(content, cells)
	} else if c.decode {
		cells, _ = decodeCells(cells)
	}
	if broken != nil {
		for i, cell := range cells {
			cells[i] = readableUTF8(cell)
		}
		broken.Cells = cells
	}
	return cells, broken
}
