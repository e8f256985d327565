package rig

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// platter is what is on the disk for sure, and what may be.
type platter struct {
	bytes   map[file][]byte  // durable
	pending map[file][]event // since the last sync
	names   map[string]int   // durable names, of files and folders
	now     map[string]int   // names as the program sees them
}

// file is a file with its generation: a name may be given to another file.
type file struct {
	name  string
	birth int
}

func newPlatter() *platter {
	return &platter{bytes: map[file][]byte{}, pending: map[file][]event{}, names: map[string]int{}, now: map[string]int{}}
}

// add takes in what happened next.
func (p *platter) add(e event) {
	f := file{e.file, e.birth}
	switch e.kind {
	case wrote, cut:
		p.pending[f] = append(p.pending[f], e)
		p.now[e.file] = e.birth
	case synced:
		for _, w := range p.pending[f] {
			p.bytes[f] = w.apply(p.bytes[f], 0, len(w.data))
		}
		delete(p.pending, f)
		p.now[e.file] = e.birth
	case linked:
		p.bytes[e.other], p.pending[e.other] = bytes.Clone(p.bytes[f]), slices.Clone(p.pending[f])
		p.now[e.other.name] = e.other.birth
	case deleted:
		delete(p.now, e.file)
	case listed:
		maps.DeleteFunc(p.names, func(name string, _ int) bool { return filepath.Dir(name) == e.file })
		maps.Copy(p.names, e.names)
		maps.Copy(p.now, e.names)
	}
}

// apply does what of the event lies between from and to of its data.
func (e event) apply(b []byte, from, to int) []byte {
	if e.kind == cut {
		return grow(b, e.at)[:e.at]
	}
	b = grow(b, e.at+int64(to))
	copy(b[e.at+int64(from):], e.data[from:to])
	return b
}

func grow(b []byte, size int64) []byte {
	if int64(len(b)) < size {
		b = append(b, make([]byte, size-int64(len(b)))...)
	}
	return b
}

// rebuild writes below dir what a power cut at this moment leaves. What was not synced is kept, dropped, or kept in parts and torn at sectors.
func (p *platter) rebuild(t testing.TB, dir string, rng *rand.Rand) {
	t.Helper()
	keep := []float64{0, 1, rng.Float64()}[rng.IntN(3)]
	there := maps.Clone(p.names)
	for name := range p.now {
		if p.names[name] != p.now[name] && rng.Float64() < keep {
			there[name] = p.now[name]
		}
	}
	for name := range p.names {
		if _, ok := p.now[name]; !ok && rng.Float64() < keep {
			delete(there, name)
		}
	}
	for name, birth := range there {
		f := file{name, birth}
		content, isFile := p.bytes[f]
		pending := p.pending[f]
		if !isFile && len(pending) == 0 && filepath.Ext(name) == "" || strings.HasSuffix(name, "-shm") || !p.reaches(there, name) {
			continue
		}
		content = append([]byte(nil), content...)
		for _, e := range pending {
			content = e.some(content, keep, rng)
		}
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// reaches: a file is there only if its folders are.
func (p *platter) reaches(there map[string]int, name string) bool {
	for dir := filepath.Dir(name); dir != "."; dir = filepath.Dir(dir) {
		if _, ok := there[dir]; !ok {
			return false
		}
	}
	return true
}

// some does the event, nothing of it, or some of its sectors.
func (e event) some(b []byte, keep float64, rng *rand.Rand) []byte {
	if e.kind == cut || rng.IntN(4) > 0 {
		if rng.Float64() < keep {
			return e.apply(b, 0, len(e.data))
		}
		return b
	}
	const sector = 512
	for from := 0; from < len(e.data); from += sector {
		if rng.Float64() < keep {
			b = e.apply(b, from, min(from+sector, len(e.data)))
		}
	}
	return b
}
