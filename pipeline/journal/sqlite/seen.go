package sqlite

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"importer/pipeline/journal"
)

const (
	seenRecent = 1 << 16 // identities kept in a map before they are written
	bloomBits  = 1 << 26 // 8 MiB: 1 % of false alarms at 6 million identities

	bloomBitsEach = 4 // of an identity
)

// seenFile is a Seen in at most about 24 MiB. The newest identities are in a map; when it is full it is written, in order, to an unnamed file of
// SQLite's: in its cache at first, then on disk; private, and removed when it is closed. A Bloom filter spares nearly all looks into it. An input
// that fits the map opens no file.
type seenFile struct {
	recent map[journal.Digest]int64
	bloom  []uint64 // of what is in the file; nil while there is none
	file   *db      // nil while there is none
}

// NewSeen returns an empty Seen that belongs to no journal.
func NewSeen() journal.Seen { return newSeenFile() }

func newSeenFile() *seenFile { return &seenFile{recent: map[journal.Digest]int64{}} }

func (s *seenFile) Find(identity journal.Digest) (first int64, err error) {
	if first, ok := s.recent[identity]; ok {
		return first, nil
	}
	if s.maybeWritten(identity) {
		err = s.file.query(`SELECT row FROM seen WHERE identity = ?`, identity).each(func(q *query) { first = q.getInt() })
	}
	return first, explainSeen(err)
}

func (s *seenFile) First(identity journal.Digest, row int64) (int64, error) {
	if identity == (journal.Digest{}) {
		return row, nil
	}
	if first, err := s.Find(identity); first > 0 || err != nil {
		return first, err
	}
	if len(s.recent) == seenRecent {
		if err := s.spill(); err != nil {
			return 0, explainSeen(err)
		}
	}
	s.recent[identity] = row
	return row, nil
}

// spill moves the map into the file, sorted: many fall on one page.
func (s *seenFile) spill() error {
	if s.file == nil {
		file, err := openSeen()
		if err != nil {
			return err
		}
		s.file, s.bloom = file, make([]uint64, bloomBits/64)
	}
	for _, identity := range slices.SortedFunc(maps.Keys(s.recent), func(a, b journal.Digest) int { return bytes.Compare(a[:], b[:]) }) {
		if err := s.file.exec(`INSERT INTO seen VALUES (?, ?)`, identity, s.recent[identity]); err != nil {
			return err
		}
		for i := range bloomBitsEach {
			word, bit := bloomPlace(identity, i)
			s.bloom[word] |= bit
		}
	}
	clear(s.recent)
	return nil
}

func (s *seenFile) maybeWritten(identity journal.Digest) bool {
	for i := range bloomBitsEach {
		if word, bit := bloomPlace(identity, i); s.bloom == nil || s.bloom[word]&bit == 0 {
			return false
		}
	}
	return true
}

// bloomPlace returns one of an identity's places in the filter: a digest is random already.
func bloomPlace(d journal.Digest, i int) (word uint32, bit uint64) {
	place := binary.LittleEndian.Uint32(d[4*i:]) % bloomBits
	return place / 64, 1 << (place % 64)
}

// openSeen opens an unnamed file. What it holds need not survive, so that nothing is journaled or synced.
func openSeen() (*db, error) {
	conn, err := openConn("", sqlite3.OPEN_READWRITE|sqlite3.OPEN_CREATE)
	if err != nil {
		return nil, err
	}
	err = conn.Exec(`
		PRAGMA journal_mode = OFF;
		PRAGMA synchronous = OFF;
		PRAGMA locking_mode = EXCLUSIVE;
		PRAGMA cache_size = -8192;
		CREATE TABLE seen (identity BLOB PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID;
		BEGIN`)
	if err != nil {
		conn.Close()
		return nil, err
	}
	return newDB(conn), nil
}

func explainSeen(err error) error {
	if err == nil {
		return nil
	}
	return explain("list of identities", err)
}

func (s *seenFile) Close() error {
	s.recent, s.bloom = nil, nil
	if s.file == nil {
		return nil
	}
	file := s.file
	s.file = nil
	return explainSeen(file.close())
}

func (s *Store) Seen() (journal.Seen, error) {
	if err := s.broken(); err != nil {
		return nil, err
	}
	return newSeenFile(), nil
}
