package source

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// The compressions, as File.Compression has them.
const (
	Gzip = "gzip"
	Zstd = "zstd"
	Zip  = "zip" // an archive with exactly one member
)

const (
	readAhead   = 256 << 10 // bytes of a file read at once
	zstdWindow  = 128 << 20 // the largest window zstd's command line makes unless told otherwise (--ultra --long=27)
	magicLength = 8
)

// compressionOf recognises a compression by a file's first bytes, and refuses what is no list we can read.
func compressionOf(head []byte) (string, error) {
	for _, m := range []struct{ magic, compression, refusal, hint string }{
		{"\x1f\x8b", Gzip, "", ""},
		{"\x28\xb5\x2f\xfd", Zstd, "", ""},
		{"PK\x03\x04", Zip, "", ""},
		{"PK\x05\x06", "", "the zip archive has no members", "pack the list anew"},
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "", "this is an old Office file (.xls), or one with a password", "save the sheet as .xlsx without a password, or as CSV UTF-8"},
		{"%PDF-", "", "this is a PDF", "export the list as CSV"},
		{"BZh", "", "this is compressed with bzip2", "unpack it, or compress it with gzip or zstd"},
		{"\xfd7zXZ\x00", "", "this is compressed with xz", "unpack it, or compress it with gzip or zstd"},
		{"7z\xbc\xaf\x27\x1c", "", "this is a 7z archive", "unpack it, or compress the list with gzip or zstd"},
	} {
		if bytes.HasPrefix(head, []byte(m.magic)) {
			if m.refusal != "" {
				return "", &Error{Message: m.refusal, Hint: m.hint}
			}
			return m.compression, nil
		}
	}
	return "", nil
}

// text is the content of one input: decompressed, and converted from UTF-16 where asked.
type text struct {
	*bufio.Reader
	raw   *rawFile
	close func()
}

// decompress recognises raw's compression and returns its content. It owns raw from then on, whatever it returns.
func decompress(raw *rawFile, l Limits) (t *text, compression string, err error) {
	in := bufio.NewReaderSize(raw, readAhead)
	head, err := in.Peek(magicLength)
	if err == nil || err == io.EOF {
		compression, err = compressionOf(head)
	}
	if err != nil {
		raw.Close()
		return nil, "", err
	}
	t = &text{Reader: in, raw: raw, close: func() {}}
	var content io.Reader
	switch compression {
	case "":
		return t, "", nil
	case Gzip:
		content, err = gzip.NewReader(in)
	case Zstd:
		// Concurrency 1 decodes on the caller's goroutine.
		var d *zstd.Decoder
		d, err = zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(zstdWindow), zstd.WithDecoderLowmem(true))
		if err == nil {
			content, t.close = d, d.Close
		}
	case Zip:
		content, err = openMember(raw, in)
	}
	if err != nil {
		raw.Close()
		return nil, "", damaged(compression, err)
	}
	most := min(l.Expanded, expansionFree+saturatingProduct(l.Expansion, raw.begin.Size()))
	t.Reader = bufio.NewReaderSize(&expanding{src: content, left: most, most: most, compression: compression}, readAhead)
	if inner, err := t.Peek(magicLength); err == nil || err == io.EOF {
		if again, err := compressionOf(inner); err != nil || again != "" {
			t.Close()
			return nil, "", &Error{Message: "it is packed twice", Hint: "unpack it once"}
		}
	}
	return t, compression, nil
}

func damaged(compression string, err error) error {
	var ours *Error
	if errors.As(err, &ours) {
		return err
	}
	return &Error{Message: "the " + compression + " data is damaged or cut off", Hint: "make or fetch the file again", Err: err}
}

func saturatingProduct(a, b int64) int64 {
	const most = 1 << 62
	if b > 0 && a > most/b {
		return most
	}
	return a * b
}

// Close closes the file. It may be called once.
func (t *text) Close() error {
	t.close()
	return t.raw.Close()
}

// expanding hands on decompressed bytes and ends with an error when there are more than most.
type expanding struct {
	src         io.Reader
	left, most  int64
	compression string
}

func (e *expanding) Read(p []byte) (int, error) {
	n, err := e.src.Read(p)
	if e.left -= int64(n); e.left < 0 {
		return 0, &Error{
			Message: fmt.Sprintf("the %s data grows to more than %d bytes, which no list of this size does", e.compression, e.most),
			Hint:    "unpack the file yourself where you trust it",
		}
	}
	if err != nil && err != io.EOF {
		err = damaged(e.compression, err)
	}
	return n, err
}
