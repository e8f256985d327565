package sqlite

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"importer/pipeline/journal"
)

// A journal counts its commits, and a small file beside it, the marker, has the number of the last one. What was committed and not yet moved into the journal
// proper is in the -wal file alone: where that is deleted, cut or left behind, the journal is an older one that is sound in itself, and people would be
// sent again. The marker tells. It is written after the commit and not synced, so after a power cut it may be behind, and never ahead. One that another
// journal has left in the place says nothing.

// marker is what a marker holds: which journal it is of, and the number of its last commit.
type marker struct{ journal, commits int64 }

// markerSize is the length of a marker: the two numbers, 8 bytes each, big endian.
const markerSize = 16

// Marker is the name of the file beside the journal at path that has the number of its last commit.
func Marker(path string) string { return path + "-mark" }

// openMarker opens the marker's file, and makes it where there is none.
func openMarker(path string) (file *os.File, m marker, err error) {
	if err := journal.CheckOwn(Marker(path)); err != nil {
		return nil, m, err
	}
	if file, err = os.OpenFile(Marker(path), os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return nil, m, err
	}
	return file, readMarker(file), nil
}

// readMarker reads what a marker's file holds; zero where there is nothing, or less than a marker.
func readMarker(file io.ReaderAt) (m marker) {
	var text [markerSize]byte
	if n, _ := file.ReadAt(text[:], 0); n == markerSize {
		m = marker{int64(binary.BigEndian.Uint64(text[:])), int64(binary.BigEndian.Uint64(text[8:]))}
	}
	return m
}

// checkGone refuses to make a journal at path where the marker of one is that is gone: without it, everybody would be sent again.
func checkGone(path string) error {
	if err := journal.CheckOwn(Marker(path)); err != nil {
		return err
	}
	file, err := os.Open(Marker(path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	commits := readMarker(file).commits
	if _, err := os.Lstat(path); commits == 0 || err == nil { // or another importer made it in the meantime
		return nil
	}
	return journal.Failure(journal.ErrCorrupt, path, fmt.Errorf("it is gone, and the file beside it says that it held %d commits", commits),
		"put the file back; without it, who was sent is not known here: if you mean to start without it, delete "+Marker(path))
}

// checkMarker refuses a journal that is older than its marker.
func (s *Store) checkMarker() error {
	file, marked, err := openMarker(s.path)
	if err != nil {
		return err
	}
	s.marked, err = s.commits()
	if lost := marked.commits - s.marked.commits; err == nil && marked.journal == s.marked.journal && lost > 0 {
		err = journal.Failure(journal.ErrCorrupt, s.path, fmt.Errorf("its last %d commits are gone: it is an older copy, or its -wal file was deleted or cut", lost),
			"put the newest copy back, with its -wal file; without them, who was sent meanwhile is not known here: "+
				"look at results.csv of the last runs first, then delete "+Marker(s.path)+" to go on")
	}
	if err == nil {
		err = s.checkFile(file, marked.journal == s.marked.journal)
	}
	if err != nil {
		return errors.Join(err, file.Close())
	}
	s.marker = file
	return nil
}

// commits reads the journal's own count.
func (s *Store) commits() (m marker, err error) {
	err = s.write.query(`SELECT journal, n FROM commits`).each(func(q *query) { m = marker{q.getInt(), q.getInt()} })
	return m, err
}

// mark writes the number of a commit into the marker. Where that fails, the marker is behind, and tells less.
func (s *Store) mark(commits int64) {
	text := binary.BigEndian.AppendUint64(nil, uint64(s.marked.journal))
	_, _ = s.marker.WriteAt(binary.BigEndian.AppendUint64(text, uint64(commits)), 0) // see above
}
