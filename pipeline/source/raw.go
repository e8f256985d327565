package source

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"hash/maphash"
	"io"
	"io/fs"
	"os"
	"sync/atomic"
)

// state is what a file was at the survey. The sum is keyed by the process's own seed and far cheaper than the digest, so that every
// pass can afford it.
type state struct {
	info os.FileInfo
	seed maphash.Seed
	sum  uint64 // of all bytes
}

// rawFile reads the bytes of one input as they lie on disk, counts them, and notices when they change.
type rawFile struct {
	file   *os.File
	known  *state        // nil during the survey
	begin  os.FileInfo   // as it was when it was opened
	total  *atomic.Int64 // counts along, for progress; may be nil
	read   int64
	sum    maphash.Hash
	digest hash.Hash // SHA-256; nil but during the survey
}

// openRaw opens path. known is what the survey saw, nil for the survey itself.
func openRaw(path string, known *state, total *atomic.Int64) (*rawFile, error) {
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
	if err == nil && known != nil && !sameState(known.info, info) {
		err = changed("its size, time or file number differs from that of the first reading")
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	r := &rawFile{file: file, known: known, begin: info, total: total}
	if known != nil {
		r.sum.SetSeed(known.seed)
	} else {
		r.digest = sha256.New()
	}
	return r, nil
}

// state returns what the file is, all of it having been read.
func (r *rawFile) state() *state {
	return &state{info: r.begin, seed: r.sum.Seed(), sum: r.sum.Sum64()}
}

func unreadable(err error) error {
	fix := ""
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err, fix = fs.ErrNotExist, "check the path; a list on standard input is named -"
	case errors.Is(err, fs.ErrPermission):
		err, fix = fs.ErrPermission, "check its permissions"
	}
	return failed(err, fix, "the file cannot be opened")
}

func ordinary(info os.FileInfo) error {
	switch {
	case info.IsDir():
		return unusable("name the files in it", "this is a folder")
	case !info.Mode().IsRegular():
		return unusable("pipe it to standard input and name it -", "this is no ordinary file, and an input is read more than once")
	case info.Size() == 0:
		return unusable("an input has at least a header line", "the file is empty")
	}
	return nil
}

func sameState(a, b os.FileInfo) bool {
	return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

func changed(how string) error {
	return failed(ErrChanged, "let the export finish, or work on a copy, and start again", how)
}

// Read reads on. At the end of the file it compares its bytes with those of the survey, and ends with an error for which
// errors.Is(err, ErrChanged) holds where they differ. A change that shows in size or time is told at the next reading.
func (r *rawFile) Read(p []byte) (int, error) {
	n, err := r.file.Read(p)
	r.sum.Write(p[:n])
	if r.digest != nil {
		r.digest.Write(p[:n])
	}
	r.read += int64(n)
	if r.total != nil {
		r.total.Add(int64(n))
	}
	if err != nil && err != io.EOF {
		return n, failed(err, "", "reading failed")
	}
	info, statErr := r.file.Stat()
	switch {
	case statErr != nil:
		return n, failed(statErr, "", "reading failed")
	case !sameState(r.begin, info):
		return n, changed(fmt.Sprintf("it had %d bytes and now has %d, or was written to", r.begin.Size(), info.Size()))
	case err == io.EOF && (r.read != r.begin.Size() || r.known != nil && r.known.sum != r.sum.Sum64()):
		return n, changed("its bytes differ from those of the first reading")
	}
	return n, err
}

// finish reads what a decompressor left, so that the comparison at the end of the file is always made.
func (r *rawFile) finish() error {
	_, err := io.Copy(io.Discard, r)
	return err
}

func (r *rawFile) Close() error { return r.file.Close() }
