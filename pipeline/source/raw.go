package source

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"os"
	"sync/atomic"
)

// rawFile reads the bytes of one input as they lie on disk, counts and hashes them, and notices when they change.
type rawFile struct {
	file  *os.File
	begin os.FileInfo   // as it was when the survey began
	want  string        // the SHA-256 that the bytes must have, in hex; empty during the survey
	total *atomic.Int64 // counts along, for progress
	read  int64
	sum   hash.Hash
}

// openRaw opens path. known is what an earlier opening saw, nil for the first.
func openRaw(path string, known os.FileInfo, want string, total *atomic.Int64) (*rawFile, error) {
	// A pipe would block in Open until somebody writes to it, so what it is comes first.
	if info, err := os.Stat(path); err != nil {
		return nil, unreadable(err)
	} else if err := ordinary(info); err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable(err)
	}
	info, err := file.Stat()
	if err == nil && known != nil && !sameState(known, info) {
		err = changed("its size, time or file number is another than at the first reading")
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return &rawFile{file: file, begin: info, want: want, total: total, sum: sha256.New()}, nil
}

func unreadable(err error) error {
	if os.IsNotExist(err) {
		return &Error{Message: "there is no such file", Hint: "check the path; a list on standard input is named -"}
	}
	if os.IsPermission(err) {
		return &Error{Message: "the file may not be read", Hint: "check its permissions", Err: err}
	}
	return &Error{Message: "the file cannot be opened", Err: err}
}

func ordinary(info os.FileInfo) error {
	switch {
	case info.IsDir():
		return &Error{Message: "this is a folder", Hint: "name the files in it"}
	case !info.Mode().IsRegular():
		return &Error{Message: "this is no ordinary file, and an input is read more than once", Hint: "pipe it to standard input and name it -"}
	case info.Size() == 0:
		return &Error{Message: "the file is empty", Hint: "an input has at least a header line"}
	}
	return nil
}

func sameState(a, b os.FileInfo) bool {
	return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

func changed(how string) error {
	return &Error{Message: how, Hint: "let the export finish, or work on a copy, and start again", Err: ErrChanged}
}

// Read reads on. At the end of the file it compares its bytes with those of the survey, and ends with an error for which
// errors.Is(err, ErrChanged) holds where they differ. A change that shows in size or time is told at the next reading.
func (r *rawFile) Read(p []byte) (int, error) {
	n, err := r.file.Read(p)
	r.sum.Write(p[:n])
	r.read += int64(n)
	if r.total != nil {
		r.total.Add(int64(n))
	}
	if err != nil && err != io.EOF {
		return n, &Error{Message: "reading failed", Err: err}
	}
	info, statErr := r.file.Stat()
	switch {
	case statErr != nil:
		return n, &Error{Message: "reading failed", Err: statErr}
	case !sameState(r.begin, info):
		return n, changed(fmt.Sprintf("it had %d bytes and now has %d, or was written to", r.begin.Size(), info.Size()))
	case err == io.EOF && (r.read != r.begin.Size() || r.want != "" && r.digest() != r.want):
		return n, changed("its bytes are other than at the first reading")
	}
	return n, err
}

// finish reads what a decompressor left, so that the comparison at the end of the file is always made.
func (r *rawFile) finish() error {
	_, err := io.Copy(io.Discard, r)
	return err
}

func (r *rawFile) digest() string { return fmt.Sprintf("%x", r.sum.Sum(nil)) }

func (r *rawFile) Close() error { return r.file.Close() }
