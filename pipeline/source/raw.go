package source

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"sync/atomic"
	"syscall"
)

// rawFile reads the bytes of one input as they are on disk, counts them, and notices when they change.
type rawFile struct {
	input *File // its info and SHA256 are what the survey saw; zero during the survey
	file  *os.File
	begin os.FileInfo   // as it was when it was opened
	size  int64         // bytes to read of it
	total *atomic.Int64 // counts along, for progress; may be nil
	read  int64
	sum   hash.Hash // SHA-256
}

func openRaw(f *File, total *atomic.Int64) (*rawFile, error) {
	// A pipe would block in Open until something is written to it, so its kind is checked first.
	info, err := os.Stat(f.Path)
	if err != nil {
		return nil, f.unreadable(err)
	}
	if err := f.asSurveyed(info); err != nil {
		return nil, err
	}
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, f.unreadable(err)
	}
	if info, err = file.Stat(); err == nil {
		err = f.asSurveyed(info)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	size := info.Size()
	if f.Bytes > 0 {
		size = min(size, f.Bytes)
	}
	return &rawFile{input: f, file: file, begin: info, size: size, total: total, sum: sha256.New()}, nil
}

// digest returns the SHA-256 of what was read, in hex.
func (r *rawFile) digest() string { return fmt.Sprintf("%x", r.sum.Sum(nil)) }

// unreadable is an input that cannot be opened; ErrChanged, where the survey could, and it was taken away since.
func (f *File) unreadable(err error) error {
	fix := ""
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		err, fix = fs.ErrNotExist, "check the path; a list on standard input is named -"
	case errors.Is(err, fs.ErrPermission):
		err, fix = fs.ErrPermission, "check its permissions"
	}
	if f.info != nil && fix != "" {
		return failed(fmt.Errorf("%w: %w", ErrChanged, err), "put it back, and start again", "the file cannot be opened any more")
	}
	return failed(err, cmp.Or(fix, "see that it is a file that can be read, and that its disk or share is there"), "the file cannot be opened")
}

// asSurveyed is the error of a file that is not what the survey saw or, in the survey, none that can be read.
func (f *File) asSurveyed(info os.FileInfo) error {
	if f.info != nil && !sameState(f.info, info) {
		return changed("its size, time or file number differs from that of the first reading")
	}
	return ordinary(info)
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

// Read reads from the file. At the end of the input it compares its bytes with those of the survey, and ends with an error for which
// errors.Is(err, ErrChanged) holds where they differ. A change of size or time is reported at the next call.
func (r *rawFile) Read(p []byte) (int, error) {
	n, err := r.file.Read(p[:min(int64(len(p)), r.size-r.read)])
	if err == nil && n == 0 && r.read == r.size {
		err = io.EOF // there is more, which is not the input's
	}
	r.sum.Write(p[:n])
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
	case err == io.EOF && (r.read != r.size || r.input.info != nil && r.input.SHA256 != r.digest()):
		return n, changed("its bytes differ from those of the first reading")
	}
	return n, err
}

// finish reads what a decompressor left, so that the comparison at the end of the file is always made.
func (r *rawFile) finish() error {
	_, err := io.Copy(io.Discard, r)
	return err
}
