package spill

import (
	"encoding/binary"
	"errors"
	"time"

	"importer/pipeline/journal"
)

// encode writes what a row's state may keep of a record: all but its claims and its key.
func encode(r journal.Record) []byte {
	b := make([]byte, 0, 64+len(r.Code)+len(r.VendorCode)+len(r.Field)+len(r.Message)+len(r.VendorID))
	b = append(b, byte(r.Kind), byte(r.Status))
	b = append(append(b, r.Content[:]...), r.Identity[:]...)
	for _, n := range []int64{r.Row, int64(r.Attempt), r.At.UnixMicro(), int64(r.HTTPStatus), int64(r.Elapsed), r.Line} {
		b = binary.AppendVarint(b, n)
	}
	for _, text := range []string{r.Code, r.VendorCode, r.Field, r.Message, r.VendorID} {
		b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
	}
	return b
}

var errEncoding = errors.New("a record in it is damaged")

// decode reads what encode wrote.
func decode(data []byte) (journal.Record, error) {
	d := decoder{rest: data}
	r := journal.Record{Kind: journal.Kind(d.byte()), Status: journal.Status(d.byte())}
	copy(r.Content[:], d.bytes(len(r.Content)))
	copy(r.Identity[:], d.bytes(len(r.Identity)))
	r.Row, r.Attempt, r.At = d.number(), int(d.number()), time.UnixMicro(d.number()).UTC()
	r.HTTPStatus, r.Elapsed, r.Line = int(d.number()), time.Duration(d.number()), d.number()
	r.Code, r.VendorCode, r.Field, r.Message, r.VendorID = d.text(), d.text(), d.text(), d.text(), d.text()
	if d.failed || len(d.rest) > 0 {
		return journal.Record{}, errEncoding
	}
	return r, nil
}

// decoder takes values off the front of bytes; zero values where they are not there.
type decoder struct {
	rest   []byte
	failed bool
}

func (d *decoder) bytes(n int) []byte {
	if n < 0 || n > len(d.rest) {
		d.rest, d.failed = nil, true
		return nil
	}
	taken := d.rest[:n]
	d.rest = d.rest[n:]
	return taken
}

func (d *decoder) byte() byte {
	if b := d.bytes(1); b != nil {
		return b[0]
	}
	return 0
}

func (d *decoder) number() int64 {
	n, size := binary.Varint(d.rest)
	d.skip(size)
	return n
}

func (d *decoder) text() string {
	n, size := binary.Uvarint(d.rest)
	d.skip(size)
	return string(d.bytes(int(min(n, uint64(len(d.rest))+1))))
}

// skip moves past a number; a size below one says that there is none.
func (d *decoder) skip(size int) {
	if size < 1 {
		d.failed = true
		size = 0
	}
	d.bytes(size)
}
