package sqlite

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"

	"importer/pipeline/journal"
)

// A byte that a disk changed may make another status of a row's, and people would be sent again. So the last importer that closes a journal writes down the
// digest of the file, beside the number of the commit that it is of, and whoever opens the journal with that number looks whether the file is the same. Where
// an importer was killed there is no digest of what it committed: then SQLite checks that all of the file holds together.

// largestChecked is the largest journal that is checked so, in bytes: it takes some 100 ms there.
const largestChecked = 256 << 20

// sealed is what a marker holds behind the numbers: the digest of the file, and the commit that it is of.
type sealed struct {
	commits int64
	digest  [sha256.Size]byte
}

const sealSize = 8 + sha256.Size

// readSeal reads what the last importer has left; zero where there is nothing.
func readSeal(file *os.File) (s sealed) {
	var text [sealSize]byte
	if n, _ := file.ReadAt(text[:], markerSize); n == sealSize {
		s.commits = int64(binary.BigEndian.Uint64(text[:]))
		copy(s.digest[:], text[8:])
	}
	return s
}

// checkFile refuses a file that is not as it was when it was closed or, where nobody knows, one that does not hold together.
func (s *Store) checkFile(marker *os.File, known bool) error {
	info, err := os.Stat(s.path)
	if err != nil || info.Size() > largestChecked {
		return err
	}
	if seal := readSeal(marker); known && seal.commits == s.marked.commits && seal.commits > 0 {
		return s.checkSeal(seal)
	}
	fault := ""
	err = s.write.query(`PRAGMA quick_check(1)`).each(func(q *query) { fault = q.getText() })
	if err == nil && fault != "ok" {
		err = journal.Failure(journal.ErrCorrupt, s.path, errors.New(fault), "")
	}
	return err
}

func (s *Store) checkSeal(seal sealed) error {
	is, err := digestOf(s.path)
	if err != nil || is == seal.digest {
		return err
	}
	now, err := s.commits()
	if err != nil || now != s.marked { // another importer has changed it meanwhile
		return err
	}
	return journal.Failure(journal.ErrCorrupt, s.path, errors.New("it is not as it was when it was closed: the disk, or another program, has changed it"),
		"put a copy of it back that is sound; if you changed it yourself with another program, delete "+Marker(s.path)+" to go on")
}

// seal writes down the digest of a journal that was closed, where this was the last importer that had it open. Where that fails, nothing is known of the
// file at the next opening, and SQLite checks it.
func (s *Store) seal(last int64) {
	info, err := os.Stat(s.path)
	if _, open := os.Stat(s.path + "-wal"); err != nil || info.Size() > largestChecked || !errors.Is(open, fs.ErrNotExist) || readSeal(s.marker).commits == last {
		return
	}
	digest, err := digestOf(s.path)
	if err != nil {
		return
	}
	text := binary.BigEndian.AppendUint64(nil, uint64(last))
	_, _ = s.marker.WriteAt(append(text, digest[:]...), markerSize) // see above
}

func digestOf(path string) (digest [sha256.Size]byte, err error) {
	file, err := os.Open(path)
	if err != nil {
		return digest, err
	}
	defer file.Close() // read only
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return digest, err
	}
	return [sha256.Size]byte(sum.Sum(nil)), nil
}
