package source

import (
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"importer/mapping/problem"
)

// The compressions, as File.Compression has them.
const (
	Gzip = "gzip"
	Zstd = "zstd"
	Zip  = "zip" // an archive with exactly one member
)

// compression is one way in which a list is packed.
type compression struct {
	name    string
	ending  string                           // of the names of its files
	magic   string                           // the first bytes of its files
	archive bool                             // its file's name says nothing about the list in it
	open    func(t *text) (io.Reader, error) // returns the content of t, which is packed until then
}

// compressions is the table of compressions. A new one is a line here.
func compressions() []compression {
	return []compression{
		{Gzip, ".gz", "\x1f\x8b", false, func(t *text) (io.Reader, error) { return gzip.NewReader(t.Reader) }},
		{Zstd, ".zst", "\x28\xb5\x2f\xfd", false, openZstd},
		{Zip, ".zip", "PK\x03\x04", true, openMember},
	}
}

// splitName cuts the ending of a compression off a file's name in lower case; packed is nil where there is none. ending is what the rest ends with.
func splitName(name string) (inner, ending string, packed *compression) {
	inner = strings.ToLower(name)
	for _, c := range compressions() {
		if unpacked, ok := strings.CutSuffix(inner, c.ending); ok {
			return unpacked, filepath.Ext(unpacked), &c
		}
	}
	return inner, filepath.Ext(inner), nil
}

const (
	readAhead   = 256 << 10 // bytes of a file read at once
	zstdWindow  = 128 << 20 // the largest window zstd's command line makes unless told otherwise (--ultra --long=27)
	magicLength = 512
)

// compressionOf recognises a compression by a file's first bytes, nil where there is none.
func compressionOf(head []byte) *compression {
	for _, c := range compressions() {
		if bytes.HasPrefix(head, []byte(c.magic)) {
			return &c
		}
	}
	return nil
}

func openZstd(t *text) (io.Reader, error) {
	// Concurrency 1 decodes on the caller's goroutine.
	d, err := zstd.NewReader(t.Reader, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(zstdWindow), zstd.WithDecoderLowmem(true))
	if err == nil {
		t.close = d.Close
	}
	return d, err
}

func damaged(compression string, err error) error {
	if _, ours := errors.AsType[*problem.Error](err); ours {
		return err
	}
	return failed(err, "export or download the file again", "the "+compression+" data is damaged or cut off")
}

// expanding reads decompressed bytes and ends with an error when there are more than most.
type expanding struct {
	src         io.Reader
	left, most  int64
	compression string
}

func (e *expanding) Read(p []byte) (int, error) {
	n, err := e.src.Read(p)
	if e.left -= int64(n); e.left < 0 {
		return 0, unusable("unpack the file yourself where you trust it",
			"the %s data grows to more than %d bytes, which no list of this size does", e.compression, e.most)
	}
	if err != nil && err != io.EOF {
		err = damaged(e.compression, err)
	}
	return n, err
}
