package ahead

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"importer/pipeline/journal"
)

const (
	digestBytes = len(journal.Digest{})
	entryBytes  = digestBytes + 8
	sortEntries = 1 << 18 // held in memory: 6 MiB
)

// entry is a digest and, big-endian behind it, what is said of it: the order of entries is the order of their bytes.
type entry [entryBytes]byte

func newEntry(d journal.Digest, value uint64) (e entry) {
	copy(e[:], d[:])
	binary.BigEndian.PutUint64(e[digestBytes:], value)
	return e
}

func (e entry) digest() journal.Digest { return journal.Digest(e[:digestBytes]) }
func (e entry) value() uint64          { return binary.BigEndian.Uint64(e[digestBytes:]) }

func compareEntries(a, b entry) int { return bytes.Compare(a[:], b[:]) }

// sorter sorts any number of entries in bounded memory: full chunks are written, sorted, to an unnamed file, and merged at the end. The file
// holds keyed digests and numbers only, and is removed when the sorter is closed, or when the process dies.
type sorter struct {
	chunk   int // entries a chunk; sortEntries but in tests
	held    []entry
	file    *os.File // nil while everything is held
	written int64    // bytes of file: full chunks, but for the last one
}

func newSorter() *sorter { return &sorter{chunk: sortEntries} }

func (s *sorter) add(e entry) error {
	if s.held = append(s.held, e); len(s.held) < s.chunk {
		return nil
	}
	return s.spill()
}

// spill writes the entries held as one chunk.
func (s *sorter) spill() error {
	if s.file == nil {
		file, err := os.CreateTemp("", "importer-sort-*") // 0600
		if err != nil {
			return sortError(err)
		}
		s.file = file
		_ = os.Remove(file.Name()) // where an open file can't be removed, close does it
	}
	slices.SortFunc(s.held, compareEntries)
	w := bufio.NewWriterSize(s.file, 1<<16)
	for _, e := range s.held {
		_, _ = w.Write(e[:]) // Flush returns the error
	}
	s.written += int64(len(s.held) * entryBytes)
	s.held = s.held[:0]
	return sortError(w.Flush())
}

// sortedChunk is a chunk of the file that is being read.
type sortedChunk struct {
	next entry
	rest io.Reader
}

// each gives all entries in rising order: by digest, then by value. Nothing may be added any more.
func (s *sorter) each(see func(entry)) error {
	if s.file == nil {
		slices.SortFunc(s.held, compareEntries)
		for _, e := range s.held {
			see(e)
		}
		return nil
	}
	if err := s.spill(); err != nil {
		return err
	}
	var chunks []*sortedChunk // by their next entries
	advance := func(c *sortedChunk) error {
		if _, err := io.ReadFull(c.rest, c.next[:]); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return sortError(err)
		}
		i, _ := slices.BinarySearchFunc(chunks, c, func(a, b *sortedChunk) int { return compareEntries(a.next, b.next) })
		chunks = slices.Insert(chunks, i, c)
		return nil
	}
	size := int64(s.chunk * entryBytes)
	for at := int64(0); at < s.written; at += size {
		if err := advance(&sortedChunk{rest: bufio.NewReaderSize(io.NewSectionReader(s.file, at, size), 1<<15)}); err != nil {
			return err
		}
	}
	for len(chunks) > 0 {
		least := chunks[0]
		chunks = slices.Delete(chunks, 0, 1)
		see(least.next)
		if err := advance(least); err != nil {
			return err
		}
	}
	return nil
}

func (s *sorter) close() error {
	s.held = nil
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	if again := os.Remove(s.file.Name()); again != nil && !errors.Is(again, os.ErrNotExist) {
		err = errors.Join(err, again)
	}
	s.file = nil
	return err
}

func sortError(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("sorting who is in the list: %w", err)
}
