package source

import (
	"archive/zip"
	"io"
	"math"

	"importer/mapping/problem"
)

// The bounds of a zip archive's list of members. The archives that are read hold one list, or a workbook's parts: some dozens, and a few for each sheet.
const (
	maxMembers   = 20_000
	maxDirectory = 4 << 20 // bytes of the list
)

// openArchive reads the list of an archive's members, whatever the archive says of its length: archive/zip keeps half a kilobyte of each member.
// An archive that goes beyond the bounds is a *problem.Error; any other error is that of archive/zip.
func openArchive(src io.ReaderAt, size int64) (*zip.Reader, error) {
	list := &boundedAt{src, maxDirectory}
	archive, err := zip.NewReader(list, size)
	list.left = math.MaxInt64
	if err == nil && len(archive.File) > maxMembers {
		return nil, tooManyMembers()
	}
	return archive, err
}

func tooManyMembers() *problem.Error {
	return unusable("an archive is read if it holds one list, or a workbook; unpack it, and name the lists", "the zip archive has more than %d members, or a list of them of more than %d MiB",
		maxMembers, maxDirectory>>20)
}

// boundedAt refuses to read more than so many bytes, counted over all reads.
type boundedAt struct {
	src  io.ReaderAt
	left int64
}

func (b *boundedAt) ReadAt(p []byte, at int64) (int, error) {
	n, err := b.src.ReadAt(p, at)
	if b.left < math.MaxInt64 {
		b.left -= int64(n)
	}
	if b.left < 0 {
		return 0, tooManyMembers()
	}
	return n, err
}
