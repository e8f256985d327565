package spill

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"os"
	"slices"

	"importer/mapping/problem"
	"importer/pipeline/journal"
)

// bufferBytes is how much of a piece is read at a time.
const bufferBytes = 1 << 15

// file holds sorted pieces, one behind the other, each record with its length before it.
type file struct {
	file   *os.File // nil while nothing is written
	size   int64
	pieces []int64 // where each begins
	last   int64   // row written last
}

// write puts sorted records behind the others: into the last piece where their rows allow it.
func (f *file) write(recs []held) error {
	if err := f.open(); err != nil {
		return failed(err)
	}
	if len(f.pieces) == 0 || recs[0].row < f.last {
		f.pieces = append(f.pieces, f.size)
	}
	w := bufio.NewWriterSize(f.file, bufferBytes)
	var length [binary.MaxVarintLen64]byte
	for _, h := range recs {
		n := binary.PutUvarint(length[:], uint64(len(h.data)))
		_, _ = w.Write(length[:n]) // Flush returns the error
		_, _ = w.Write(h.data)
		f.size += int64(n + len(h.data))
	}
	f.last = recs[len(recs)-1].row
	return failed(w.Flush())
}

func (f *file) open() (err error) {
	if f.file != nil {
		return nil
	}
	if f.file, err = os.CreateTemp("", "importer-check-*"); err != nil { // 0600
		return err
	}
	_ = os.Remove(f.file.Name()) // where an open file can't be removed, close does it
	return nil
}

// piece is a sorted piece that is being read. The records that are held are the last one.
type piece struct {
	number int
	read   *bufio.Reader // nil: held
	held   []held
	buf    []byte
	next   journal.Record
}

// records yields all records by row; those of one row in the order in which they came.
func (f *file) records(rest []held) iter.Seq2[journal.Record, error] {
	return func(yield func(journal.Record, error) bool) {
		all := f.parts(rest)
		var open []*piece // by their next records
		for _, p := range all {
			if err := p.advance(&open); err != nil {
				yield(journal.Record{}, err)
				return
			}
		}
		for len(open) > 0 {
			least := open[0]
			if !yield(least.next, nil) {
				return
			}
			open = slices.Delete(open, 0, 1)
			if err := least.advance(&open); err != nil {
				yield(journal.Record{}, err)
				return
			}
		}
	}
}

// parts are the pieces of the file and what is held.
func (f *file) parts(rest []held) []*piece {
	var all []*piece
	for i, at := range f.pieces {
		end := f.size
		if i+1 < len(f.pieces) {
			end = f.pieces[i+1]
		}
		all = append(all, &piece{number: i, read: bufio.NewReaderSize(io.NewSectionReader(f.file, at, end-at), bufferBytes)})
	}
	return append(all, &piece{number: len(all), held: rest})
}

// advance takes the next record of a piece, and puts the piece among the open ones; at its end it is left out.
func (p *piece) advance(open *[]*piece) error {
	data, err := p.take()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err == nil {
		p.next, err = decode(data)
	}
	if err != nil {
		return failed(err)
	}
	i, _ := slices.BinarySearchFunc(*open, p, func(a, b *piece) int {
		return cmp.Or(cmp.Compare(a.next.Row, b.next.Row), cmp.Compare(a.number, b.number))
	})
	*open = slices.Insert(*open, i, p)
	return nil
}

// take returns the bytes of the next record, valid until the next call; io.EOF at the end.
func (p *piece) take() ([]byte, error) {
	if p.read == nil {
		if len(p.held) == 0 {
			return nil, io.EOF
		}
		data := p.held[0].data
		p.held = p.held[1:]
		return data, nil
	}
	n, err := binary.ReadUvarint(p.read)
	if err != nil {
		return nil, err
	}
	p.buf = slices.Grow(p.buf[:0], int(n))[:n]
	if _, err := io.ReadFull(p.read, p.buf); err != nil {
		return nil, errors.Join(io.ErrUnexpectedEOF, err)
	}
	return p.buf, nil
}

func (f *file) close() error {
	if f.file == nil {
		return nil
	}
	err := f.file.Close()
	if again := os.Remove(f.file.Name()); again != nil && !errors.Is(again, os.ErrNotExist) {
		err = errors.Join(err, again)
	}
	*f = file{}
	return failed(err)
}

func failed(err error) error {
	if err == nil {
		return nil
	}
	return &problem.Error{
		Kind: problem.Storage, Message: "temporary file of the check", Err: err, Fix: "make room in the folder of temporary files, or name another in TMPDIR",
	}
}
