package sandbox

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
)

// registerFile keeps a register on disk: one JSON line per accepted act, fsynced before the answer leaves. Those who write at the same time
// share an fsync. A nil file keeps nothing.
type registerFile struct {
	f       *os.File
	written atomic.Int64 // lines

	mu     sync.Mutex
	synced int64
}

type fileLine struct {
	Number int `json:"number"`
	Act    Act `json:"act"`
	Identity
}

// open reads the file into the register and keeps it open for appending. A last line without its line feed was never acknowledged: it is
// cut off.
func (g *Register) open(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("open register: %w", err)
	}
	good, err := g.replay(f)
	if err == nil {
		err = f.Truncate(good)
	}
	if err == nil {
		_, err = f.Seek(good, io.SeekStart)
	}
	if err != nil {
		f.Close()
		return fmt.Errorf("read register %s: %w", path, err)
	}
	g.file = &registerFile{f: f}
	return nil
}

func (g *Register) replay(f *os.File) (good int64, err error) {
	r := bufio.NewReader(f)
	for n := 1; ; n++ {
		text, err := r.ReadBytes('\n')
		if err == io.EOF {
			return good, nil
		}
		if err != nil {
			return good, err
		}
		var l fileLine
		if err := json.Unmarshal(text, &l); err != nil {
			return good, fmt.Errorf("line %d: %w", n, err)
		}
		if l.Act == Enrolled {
			g.enroll(l.Identity)
		} else {
			g.add(l.Identity)
		}
		good += int64(len(text))
	}
}

func (r *registerFile) write(number int, act Act, id Identity) (mark int64, err error) {
	if r == nil {
		return 0, nil
	}
	line, err := json.Marshal(fileLine{number, act, id})
	if err != nil {
		return 0, err
	}
	if _, err := r.f.Write(append(line, '\n')); err != nil {
		return 0, fmt.Errorf("write register: %w", err)
	}
	return r.written.Add(1), nil
}

// sync returns once the line of that mark is durable.
func (r *registerFile) sync(mark int64) error {
	if r == nil {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.synced >= mark {
		return nil
	}
	covered := r.written.Load() // lines written while the fsync runs may or may not be covered
	if err := r.f.Sync(); err != nil {
		return fmt.Errorf("sync register: %w", err)
	}
	r.synced = covered
	return nil
}

func (r *registerFile) truncate() error {
	if r == nil {
		return nil
	}
	if err := r.f.Truncate(0); err != nil {
		return fmt.Errorf("empty register: %w", err)
	}
	_, err := r.f.Seek(0, io.SeekStart)
	return err
}

func (r *registerFile) close() error {
	if r == nil {
		return nil
	}
	return r.f.Close()
}
