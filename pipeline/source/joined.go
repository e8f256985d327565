package source

import (
	"bufio"
	"context"
	"io"
)

// findEncoding decides what a text is in that neither a setting, a byte order mark nor its NULs tell.
func (f *File) findEncoding(ctx context.Context, c *textCounts, l Limits) error {
	f.Encoding = UTF8 // which JSON is by its standard (RFC 8259, 8.1)
	if !f.format.tabular || c.notUTF8 == 0 || c.strays() {
		return nil
	}
	e, err := evidenceOf(ctx, f, l)
	if err == nil {
		f.Encoding, f.Doubt = e.verdict()
	}
	return err
}

// hintJoined is what to do with a file that was made of two.
const hintJoined = "save each part as UTF-8, and then put them together, or name them one by one; with input: {encoding: utf-8} the rows of other parts are refused one by one"

// checkJoined refuses what no single encoding reads: files in different encodings that were put together, and a setting that the whole content contradicts.
func checkJoined(f *File, c *textCounts, ascii *asciiRun) error {
	if !f.format.tabular {
		return nil // each row is judged by itself
	}
	page := f.Encoding == "" || pageOf(f.Encoding) != nil
	switch first, second := "UTF-8", "not"; {
	case (page || f.Encoding == UTF8) && c.joinedUTF16() && c.nuls*4 > 3*(c.bytes-c.nulAt.offset):
		return unusableAt(c.nulAt.line, "export or download the file again; where it is whole, remove them", "it ends with %d NUL bytes, as after a full disk or a broken transfer", c.nuls)
	case (page || f.Encoding == UTF8) && c.joinedUTF16():
		return unusableAt(c.nulAt.line, hintJoined, "its encoding changes: from byte %d on it looks like UTF-16", c.nulAt.offset)
	case page && c.joined():
		if c.firstNot < c.switched.line {
			first, second = "not UTF-8", "UTF-8"
		}
		return unusableAt(c.switched.line, hintJoined, "its encoding changes: up to here it is %s, and from byte %d on it is %s (%s not UTF-8, %s)",
			first, c.switched.offset, second, counted(c.notUTF8, "line is", "lines are"), counted(c.multibyte, "is", "are"))
	case page && c.isBinary():
		return unusable(fixExport, "this is no text: %d of its %d bytes are NUL", c.nuls, c.bytes)
	case ascii != nil && ascii.tail():
		return unusable(hintJoined, "its encoding changes: it begins as %s, and from byte %d on it is not", f.Encoding, ascii.at)
	case pageOf(f.Encoding) != nil && c.notUTF8 == 0 && c.multibyte > 0:
		return unusable("leave the encoding unset: UTF-8 is recognised", "%s is set, and all of it is UTF-8 (%s letters beyond ASCII)",
			f.Encoding, counted(c.multibyte, "line has", "lines have"))
	}
	return nil
}

// asciiRun finds where text of one byte a character follows on UTF-16: so many printable characters without a NUL between them, nearly all of them ASCII,
// are no text in UTF-16.
type asciiRun struct {
	read   int64
	began  int64 // where the run under way does
	beyond int64 // its bytes beyond ASCII
	lines  int64 // its line ends
	found  bool
	at     int64
}

const asciiRunLength = 64

// asciiTail is how many bytes of ASCII with a line end among them are enough at the end of the text: in UTF-16, a line end has a NUL beside it.
const asciiTail = 16

// tail reports a run that was found, or one at the end, after all was read.
func (a *asciiRun) tail() bool {
	if !a.found && a.began > 0 && a.read-a.began >= asciiTail && a.beyond == 0 && a.lines > 0 {
		a.found, a.at = true, a.began
	}
	return a.found
}

// watchASCII looks at the bytes of UTF-16 before they are decoded; nil where t is not.
func watchASCII(t *text, encoding string) *asciiRun {
	if encoding != UTF16LE && encoding != UTF16BE {
		return nil
	}
	run := &asciiRun{}
	t.Reader = bufio.NewReaderSize(io.TeeReader(t.Reader, run), readAhead)
	return run
}

// Write never fails.
func (a *asciiRun) Write(p []byte) (int, error) {
	for i, c := range p {
		at := a.read + int64(i)
		if c >= 0x7F {
			a.beyond++
		}
		if c == '\n' {
			a.lines++
		}
		switch length := at - a.began + 1; {
		case c < ' ' && c != '\t' && c != '\r' && c != '\n', a.beyond*8 > length+asciiRunLength/4:
			a.began, a.beyond, a.lines = at+1, 0, 0
		case length == asciiRunLength && !a.found:
			a.found, a.at = true, a.began
		}
	}
	a.read += int64(len(p))
	return len(p), nil
}
