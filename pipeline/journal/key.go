package journal

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"importer/mapping/problem"
)

// keySize is the length of a key file in bytes.
const keySize = 32

// Key is a journal's secret. Digests made with it show whether two identities or contents are the same, and nothing else: without the key
// nobody can try addresses against them. Generated passwords follow from it too, so it is as secret as they are. It is in a file of its own, so that a
// journal can be shown without it. Safe for concurrent use.
type Key struct {
	pool sync.Pool // of *mac
}

// mac is a keyed hash with room for what goes in and comes out.
type mac struct {
	hash hash.Hash
	in   []byte
	out  [sha256.Size]byte
}

// NewKey returns a key of the secret bytes, for journals that do not last; with nil of random ones.
func NewKey(secret []byte) *Key {
	if secret == nil {
		secret = make([]byte, keySize)
		rand.Read(secret) // never fails
	}
	secret = append([]byte(nil), secret...)
	return &Key{pool: sync.Pool{New: func() any { return &mac{hash: hmac.New(sha256.New, secret)} }}}
}

// OpenKey reads the key file at path, and creates it (0600, its folder 0700, complete or not at all) when there is none.
// A file that others may read, of another length, or a link in its place, is refused; errors wrap ErrStorage and say what to do.
func OpenKey(path string) (*Key, error) {
	secret, err := readKey(path)
	if errors.Is(err, fs.ErrNotExist) {
		fresh := make([]byte, keySize)
		rand.Read(fresh) // never fails
		if err = createKey(path, fresh); err == nil || errors.Is(err, fs.ErrExist) {
			secret, err = readKey(path) // another process may have been quicker: its key counts
		}
	}
	if err != nil {
		return nil, Explain(path, err, ErrStorage)
	}
	return NewKey(secret), nil
}

// CopyKey makes a key file at to that is the one at from, where there is none; one that is the same stays, another is an error. Errors wrap ErrStorage.
func CopyKey(from, to string) error {
	secret, err := readKey(from)
	if err != nil {
		return Explain(from, err, ErrStorage)
	}
	if err = createKey(to, secret); !errors.Is(err, fs.ErrExist) {
		return Explain(to, err, ErrStorage)
	}
	there, err := readKey(to)
	if err == nil && !bytes.Equal(there, secret) {
		err = problem.Wrap(problem.Storage, fmt.Errorf("%w: %s is another key", ErrStorage, to), "move it away if no journal needs it")
	}
	return Explain(to, err, ErrStorage)
}

func readKey(path string) ([]byte, error) {
	file, err := openOwn(path, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return nil, problem.Wrap(problem.Storage, fmt.Errorf("%w: key file %s may be read by others (mode %04o)", ErrStorage, path, mode), "chmod 600 "+path)
	}
	secret, err := io.ReadAll(io.LimitReader(file, keySize+1))
	if err == nil && len(secret) != keySize {
		err = problem.Wrap(problem.Storage, fmt.Errorf("%w: key file %s is not %d bytes long", ErrStorage, path, keySize),
			"restore it from a copy; without it the journal cannot tell who was imported before")
	}
	return secret, err
}

// createKey links a complete file to the path, which fails when there is one already.
func createKey(path string, secret []byte) error {
	dir := filepath.Dir(path)
	if err := MakeFolder(dir); err != nil {
		return err
	}
	Sweep(dir)
	file, err := os.CreateTemp(dir, ".key-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = file.Write(secret)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Link(file.Name(), path); err != nil {
		return err
	}
	return SyncFolder(dir)
}

// Identity returns the digest of what makes a person: the same parts in the same order, the same person.
func (k *Key) Identity(parts ...string) Digest { return k.digest("identity", parts) }

// Content returns the digest of a row's cells.
func (k *Key) Content(cells ...string) Digest { return k.digest("content", cells) }

// Check returns what a journal keeps to know its key by: see [Store.Bind].
func (k *Key) Check() Digest { return k.digest("check", nil) }

// Job returns the digest of what decides what is sent.
func (k *Key) Job(parts ...string) Digest { return k.digest("job", parts) }

// Input returns the digest of an input's own SHA-256, in binary: from that alone anybody could tell whether a list that they have, or guess, was imported.
func (k *Key) Input(sum []byte) Digest { return k.digest("input", []string{string(sum)}) }

// Option returns the digest of the text that an option was given.
func (k *Key) Option(name, text string) Digest { return k.digest("option", []string{name, text}) }

// digest is HMAC-SHA-256, cut to 16 bytes, over the domain and the parts, each after its length in bytes (8 bytes, big endian): no two
// different lists have the same input.
func (k *Key) digest(domain string, parts []string) (d Digest) {
	m := k.pool.Get().(*mac)
	m.in = appendPart(m.in[:0], domain)
	for _, part := range parts {
		m.in = appendPart(m.in, part)
	}
	m.hash.Reset()
	m.hash.Write(m.in)
	copy(d[:], m.hash.Sum(m.out[:0]))
	clear(m.in)
	k.pool.Put(m)
	return d
}

func appendPart(to []byte, part string) []byte {
	return append(binary.BigEndian.AppendUint64(to, uint64(len(part))), part...)
}

// String hides the key.
func (k *Key) String() string { return "key" }

// GoString hides the key.
func (k *Key) GoString() string { return "key" }
