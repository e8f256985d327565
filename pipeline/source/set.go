package source

import (
	"crypto/sha256"
	"fmt"
)

// Set is what Survey found: inputs that can be read as one sequence of rows. It does not change, and may be shared.
type Set struct {
	Files  []File
	Header []string // the columns of every Row: those of the first CSV input, or of all JSONL inputs together

	limits Limits
}

// Size returns the bytes of all inputs as they lie on disk.
func (s *Set) Size() int64 {
	var n int64
	for _, f := range s.Files {
		n += f.Size
	}
	return n
}

// Digest returns 32 bytes that are the same for the same bytes, in the same order of inputs, read in the same way: where it is equal,
// row numbers, offsets and cells are. Names and places of the files do not count.
func (s *Set) Digest() []byte {
	sum := sha256.New()
	fmt.Fprintf(sum, "importer source 1\nrecord %d lines %d\n", s.limits.Record, s.limits.Lines)
	for _, f := range s.Files {
		fmt.Fprintf(sum, "%s %s %s %d%s\n", f.SHA256, f.Format, f.Encoding, f.Delimiter, f.form())
	}
	return sum.Sum(nil)
}

// Open begins to read at the first row. It may be called any number of times, also while other readers of the set are open.
// The caller closes the reader.
func (s *Set) Open() (*Reader, error) {
	r := &Reader{set: s}
	if err := r.open(); err != nil {
		return nil, err
	}
	return r, nil
}
