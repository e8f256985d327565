package source

import (
	"bufio"
	"io"
	"path/filepath"
	"strings"
	"sync/atomic"
)

// text is the content of one input: decompressed, and converted to UTF-8 where that is not left to its cells.
type text struct {
	*bufio.Reader
	raw         *rawFile
	name        string // of the content: that of the file, or of the archive's member
	compression string
	close       func()
}

func newText(raw *rawFile) *text {
	return &text{Reader: bufio.NewReaderSize(raw, readAhead), raw: raw, name: filepath.Base(raw.file.Name()), close: func() {}}
}

// openText opens f as the survey found it: a text unpacked and decoded, any other file as it is on disk.
func openText(f *File, l Limits, total *atomic.Int64) (*text, error) {
	raw, err := openRaw(f, total)
	if err != nil {
		return nil, err
	}
	t := newText(raw)
	if f.format.holds == nil {
		if err = t.unpack(l); err == nil {
			err = t.decode(f.Encoding)
		}
	}
	if err != nil {
		t.Close()
		return nil, err
	}
	return t, nil
}

// unpack recognises t's compression and replaces t's bytes by their content.
func (t *text) unpack(l Limits) error {
	head, err := t.Peek(magicLength)
	if err != nil && err != io.EOF {
		return err
	}
	if err := checkRaw(t.raw, head); err != nil {
		return err
	}
	c := compressionOf(head)
	if c == nil {
		return nil
	}
	content, err := c.open(t)
	if err != nil {
		return damaged(c.name, err)
	}
	t.compression = c.name
	most := l.unpacked(t.raw.size)
	t.Reader = bufio.NewReaderSize(&expanding{src: content, left: most, most: most, compression: c.name}, readAhead)
	if inner, err := t.Peek(magicLength); err == nil || err == io.EOF {
		again := compressionOf(inner)
		switch {
		case again != nil && strings.HasSuffix(strings.ToLower(t.name), ".xlsx"):
			return unusable("unpack it, and name the workbook", "it is a packed workbook")
		case again != nil:
			return unusable("unpack it once", "it is packed twice")
		}
		return foreignBytes(inner).refusal()
	}
	return nil
}

// decode leaves out a byte order mark of the encoding, and converts what is not decoded cell by cell.
func (t *text) decode(encoding string) error {
	head, err := t.Peek(4)
	if err != nil && err != io.EOF {
		return err
	}
	if marked, length := markOf(head); marked == encoding {
		_, _ = t.Discard(length) // they were just peeked at
	}
	if decoded := newDecodingReader(t.Reader, encoding); decoded != t.Reader {
		t.Reader = bufio.NewReaderSize(decoded, readAhead)
	}
	return nil
}

// Close closes the file. It may be called once.
func (t *text) Close() error {
	t.close()
	return t.raw.file.Close()
}
