package ahead

import (
	"bufio"
	"bytes"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"importer/pipeline/journal"
)

const (
	entryBytes  = len(journal.Digest{}) + 8
	sortEntries = 1 << 18 // held in memory: 6 MiB
)

// entry is a digest and what is said of it.
type entry struct {
	digest journal.Digest
	value  uint64
}

func compareEntries(a, b entry) int {
	return cmp.Or(bytes.Compare(a.digest[:], b.digest[:]), cmp.Compare(a.value, b.value))
}

// sorter sorts any number of entries in bounded memory: full chunks are written, sorted, to an unnamed file, and merged at the end. The file
// holds keyed digests and numbers only, and is gone when the sorter is closed, or when the process dies.
type sorter struct {
	chunk int // entries a chunk; sortEntries but in tests
	held  []entry
	file  *os.File // nil while everything is held
	runs  []int64  // where each chunk ends in the file
}

func newSorter() *sorter { return &sorter{chunk: sortEntries} }

func (s *sorter) add(e entry) error {
	if s.held = append(s.held, e); len(s.held) < s.chunk {
		return nil
	}
	return s.spill()
}

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
	var b [entryBytes]byte
	for _, e := range s.held {
		copy(b[:], e.digest[:])
		binary.BigEndian.PutUint64(b[len(e.digest):], e.value)
		if _, err := w.Write(b[:]); err != nil {
			return sortError(err)
		}
	}
	if err := w.Flush(); err != nil {
		return sortError(err)
	}
	s.runs = append(s.runs, s.end()+int64(len(s.held)*entryBytes))
	s.held = s.held[:0]
	return nil
}

func (s *sorter) end() int64 {
	if len(s.runs) == 0 {
		return 0
	}
	return s.runs[len(s.runs)-1]
}

// each gives all entries in rising order: by digest, then by value. Nothing may be added any more.
func (s *sorter) each(see func(entry)) error {
	slices.SortFunc(s.held, compareEntries)
	m := merger{}
	if len(s.held) > 0 {
		m = append(m, &sortedRun{next: s.held[0], held: s.held[1:]})
	}
	start := int64(0)
	for _, end := range s.runs {
		from := &sortedRun{file: bufio.NewReaderSize(io.NewSectionReader(s.file, start, end-start), 1<<15)}
		if _, err := from.advance(); err != nil {
			return sortError(err)
		}
		m, start = append(m, from), end
	}
	heap.Init(&m)
	for len(m) > 0 {
		see(m[0].next)
		more, err := m[0].advance()
		if err != nil {
			return sortError(err)
		}
		if more {
			heap.Fix(&m, 0)
		} else {
			heap.Pop(&m)
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
	if gone := os.Remove(s.file.Name()); gone != nil && !errors.Is(gone, os.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	s.file = nil
	return err
}

func sortError(err error) error { return fmt.Errorf("sorting who is in the list: %w", err) }

// sortedRun is one sorted chunk: in memory or in the file.
type sortedRun struct {
	next entry
	held []entry
	file *bufio.Reader
}

// advance takes the next entry; false at the end.
func (s *sortedRun) advance() (bool, error) {
	if s.file == nil {
		if len(s.held) == 0 {
			return false, nil
		}
		s.next, s.held = s.held[0], s.held[1:]
		return true, nil
	}
	var b [entryBytes]byte
	if _, err := io.ReadFull(s.file, b[:]); err != nil {
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		return false, err
	}
	copy(s.next.digest[:], b[:])
	s.next.value = binary.BigEndian.Uint64(b[len(s.next.digest):])
	return true, nil
}

// merger is a heap of chunks by their next entry.
type merger []*sortedRun

func (m merger) Len() int           { return len(m) }
func (m merger) Less(i, j int) bool { return compareEntries(m[i].next, m[j].next) < 0 }
func (m merger) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }
func (m *merger) Push(x any)        { *m = append(*m, x.(*sortedRun)) }
func (m *merger) Pop() any {
	old := *m
	last := old[len(old)-1]
	*m = old[:len(old)-1]
	return last
}
