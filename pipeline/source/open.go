package source

import (
	"bufio"
	"io"
	"sync/atomic"
)

// openText opens f as the survey found it: a text unpacked and decoded, any other file as it lies on disk.
func openText(f *File, l Limits, total *atomic.Int64) (*text, error) {
	raw, err := openRaw(f.Path, f.state, total)
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

// decode leaves out a byte order mark of the encoding and converts UTF-16.
func (t *text) decode(encoding string) error {
	head, err := t.Peek(4)
	if err != nil && err != io.EOF {
		return err
	}
	if marked, length := markOf(head); marked == encoding {
		_, _ = t.Discard(length) // they were just peeked at
	}
	if encoding == UTF16LE || encoding == UTF16BE {
		t.Reader = bufio.NewReaderSize(newUTF16Reader(t.Reader, encoding), readAhead)
	}
	return nil
}
