package source

import (
	"bufio"
	"errors"
	"io"
	"sync/atomic"
)

// rows is a format's way of reading one input. To add a format, implement it and name it in openRows.
type rows interface {
	// next returns the next row with everything but Number and Input; io.EOF at the end.
	next() (Row, error)
}

// openText opens f's content as the survey found it; UTF-16 is converted.
func openText(f *File, l Limits, total *atomic.Int64) (*text, error) {
	raw, err := openRaw(f.Path, f.state, total)
	if err != nil {
		return nil, err
	}
	t, _, err := decompress(raw, l)
	if err != nil {
		return nil, err
	}
	if err := t.decode(f.Encoding); err != nil {
		t.Close()
		return nil, err
	}
	return t, nil
}

// decode leaves out a byte order mark of the encoding and converts UTF-16.
func (t *text) decode(encoding string) error {
	head, err := t.Peek(4)
	if err != nil && err != io.EOF {
		return err
	}
	m := markOf(head)
	if m.encoding == encoding {
		_, _ = t.Discard(len(m.bytes)) // they were just peeked at
	}
	if encoding == UTF16LE || encoding == UTF16BE {
		t.Reader = bufio.NewReaderSize(newUTF16Reader(t.Reader, encoding), readAhead)
	}
	return nil
}

// openRows begins to read f's data rows.
func openRows(f *File, t *text, l Limits) (rows, error) {
	switch f.Format {
	case JSONL:
		return newJSONRows(f, t, l), nil
	case JSON:
		return newArrayRows(newJSONRows(f, t, l), t), nil
	}
	r := newCSVRows(f, t, l)
	return r, r.skipHeader()
}

// named puts the input's name into an error that has none.
func named(f string, err error) error {
	var e *Error
	if err == nil || err == io.EOF || errors.As(err, &e) && e.Path != "" {
		return err
	}
	if e == nil {
		return &Error{Path: f, Message: "reading failed", Err: err}
	}
	at := *e
	at.Path = f
	return &at
}
