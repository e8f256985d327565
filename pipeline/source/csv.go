package source

import (
	"io"

	"github.com/gocarina/gocsv"
)

// csvRows reads the rows of a CSV input: gocsv's decoder over csvRecords.
type csvRows struct {
	records *csvRecords
	decoder gocsv.SimpleDecoder
}

func newCSVRows(f *File, text io.Reader, l Limits) *csvRows {
	d, p := f.dialect, newSplitter(f.Delimiter, f.dialect, l)
	records := &csvRecords{
		frames:   newDialectFramer(text, int64(f.markLength), p, d, l),
		splitter: p,
		dialect:  d,
		skip:     d.skip,
		width:    len(f.Header),
		decode:   f.Encoding == Windows1252,
		maxCell:  l.Cell,
		limits:   l,
	}
	if d.trailing {
		records.width++
	}
	return &csvRows{records, gocsv.NewSimpleDecoderFromCSVReader(records)}
}

// skipHeader leaves the first record, where that is the header. It is the one that the survey took the header from, or the input has changed.
func (c *csvRows) skipHeader() error {
	if c.records.dialect.noHeader {
		return nil
	}
	want := c.records.width
	if c.records.dialect.trailing {
		want--
	}
	c.records.reading = header
	cells, err := c.decoder.GetCSVRow()
	c.records.reading = data
	if err == nil && len(cells) == want {
		return nil
	}
	if _, broken := err.(*Broken); err == nil || err == io.EOF || broken {
		return changed("its header is another than at the first reading")
	}
	return err
}

func (c *csvRows) next() (Row, error) {
	cells, err := c.decoder.GetCSVRow()
	row := Row{Line: c.records.line, Offset: c.records.offset, End: c.records.frames.offset, Cells: cells}
	if err != nil {
		broken, ok := err.(*Broken)
		if !ok {
			return Row{}, err
		}
		row.Cells, row.Broken = nil, broken
	}
	return row, nil
}

// csvRecords is a gocsv.CSVReader: one well-formed record of the right width after the other, a *Broken as the error where it is not.
// After a *Broken, Read goes on with what follows. Every byte of the text belongs to one record or to a blank line.
type csvRecords struct {
	frames   *framer
	splitter splitter
	dialect  dialect
	reading  reading
	skip     int64 // lines still to be left out
	width    int   // cells of a record, with the empty one after a trailing delimiter; 0 accepts any
	decode   bool
	maxCell  int
	limits   Limits

	offset, line int64 // where the last record begins
}

// reading says what kind of record is read: the policies for ragged rows are not for the header.
type reading bool

const (
	data   reading = false
	header reading = true
)

// Read returns the cells of the next record. The slice is the caller's.
func (c *csvRecords) Read() ([]string, error) {
	for ; c.skip > 0; c.skip-- {
		if err := c.frames.skipLine(); err != nil {
			return nil, err
		}
	}
	for {
		fr, err := c.frames.peek()
		if err != nil {
			return nil, err
		}
		c.offset, c.line = fr.offset, fr.line
		if fr.remark || fr.cut {
			broken := c.noRecord(fr)
			if err := c.frames.skipLine(); err != nil {
				return nil, err
			}
			if broken != nil {
				return nil, broken
			}
			continue
		}
		if fr.flaw != noFlaw {
			broken := c.unframed(fr)
			c.frames.take(fr.first, 1)
			return nil, broken
		}
		content := trimLineEnd(fr.data)
		if len(content) == 0 {
			c.frames.take(len(fr.data), fr.lines)
			continue
		}
		return c.record(fr, string(content))
	}
}

// ReadAll reads what is left, up to the first broken record. It is there because gocsv's interface asks for it.
func (c *csvRecords) ReadAll() ([][]string, error) {
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

// record takes a framed record apart and leaves it: the whole of it, or its first line where a stray quote has made it run on.
func (c *csvRecords) record(fr frame, content string) ([]string, error) {
	cells, flaw := c.splitter.split(content, fr.quotes, make([]string, 0, max(c.width, 8)))
	var broken *Broken
	take, lines := len(fr.data), fr.lines
	fits := flaw == splitOK && (c.width == 0 || len(cells) == c.width)
	switch {
	case flaw != splitOK && flaw != tooManyCells:
		broken = c.misquoted(flaw, len(cells)+1, content)
		take, lines = fr.first, 1
	case fits && c.eachLineIsRow(fr, len(cells)):
		broken = swallowingAll(fr.lines)
		take, lines = fr.first, 1
	case !fits && fr.lines > 1 && c.secondIsWhole(fr):
		broken = swallowing(len(cells), c.width)
		take, lines = fr.first, 1
	case flaw == tooManyCells:
		broken = tooMany(c.splitter.most)
	default:
		if cells, broken = c.fit(cells); broken != nil {
			broken.Cells = mendAll(c.decodeAll(cells))
			break
		}
		if cells, broken = c.examine(content, cells); broken == nil {
			c.frames.take(take, lines)
			return cells, nil
		}
		broken.Cells = mendAll(cells)
	}
	broken.Raw = rawText(fr.data[:take], c.decode)
	c.frames.take(take, lines)
	return nil, broken
}
