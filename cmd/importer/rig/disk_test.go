package rig

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/ncruces/go-sqlite3/vfs"
)

// disk is a file system of SQLite that writes down, in order, all that is done to the files below a folder, so that what a power cut leaves of
// them can be made for any moment. It syncs nothing itself. What it holds the journal to is POSIX: a file's bytes are durable after its
// fsync, and its name after that of its folder; all else is there, gone or torn. The -shm file is rebuilt by the next process that opens the journal first.
type disk struct {
	vfs.VFS
	name   string
	root   string
	forget string // files with this suffix pretend to sync: a bug planted to see that the rig finds it

	mu    sync.Mutex
	log   []event
	birth map[string]int // generation of each file, by name below root
}

type eventKind uint8

const (
	wrote eventKind = iota
	cut             // to a size
	synced
	listed // a folder was synced: names has the generations of the files in it, and is nil at other times
	deleted
	linked // the file has another name too
	told   // somebody was told that a step is durable
)

type event struct {
	kind  eventKind
	file  string
	birth int
	at    int64
	data  []byte
	names map[string]int
	other file // linked: the new name
	step  step
}

// step is what somebody was told to be durable.
type step struct {
	row     int64
	attempt int
	settled bool
}

func newDisk(t testing.TB, root string) *disk {
	d := &disk{VFS: vfs.Find(""), name: "forgetful-" + filepath.Base(filepath.Dir(root)) + filepath.Base(root), root: root, birth: map[string]int{}}
	vfs.Register(d.name, d)
	t.Cleanup(func() { vfs.Unregister(d.name) })
	return d
}

func (d *disk) add(e event) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if e.kind != listed && e.kind != told {
		e.birth = d.birthOf(e.file)
	}
	d.log = append(d.log, e)
	if e.kind == deleted {
		d.birth[e.file]++
	}
}

func (d *disk) birthOf(file string) int {
	if d.birth[file] == 0 {
		d.birth[file] = 1
	}
	return d.birth[file]
}

func (d *disk) below(path string) string {
	rel, err := filepath.Rel(d.root, path)
	if err != nil {
		return path
	}
	return rel
}

// syncFolder is the journal's fsync of a folder.
func (d *disk) syncFolder(dir string) error {
	rel := d.below(dir)
	entries, err := os.ReadDir(dir)
	if err != nil || strings.HasPrefix(rel, "..") {
		return err
	}
	names := map[string]int{}
	d.mu.Lock()
	for _, e := range entries {
		name := filepath.Join(rel, e.Name())
		names[name] = d.birthOf(name)
	}
	d.log = append(d.log, event{kind: listed, file: rel, names: names})
	d.mu.Unlock()
	return nil
}

// link is the journal's link of a file to another name. The file's first name goes soon after, so nothing is written under it any more.
func (d *disk) link(name, another string) error {
	if err := os.Link(name, another); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	from, to := d.below(name), d.below(another)
	d.log = append(d.log, event{kind: linked, file: from, birth: d.birthOf(from), other: file{to, d.birthOf(to)}})
	return nil
}

// OpenFilename opens a file of the operating system, to be watched.
func (d *disk) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, flags, err := d.VFS.(vfs.VFSFilename).OpenFilename(name, flags)
	if err != nil {
		return nil, flags, err
	}
	return &watched{f, d, d.below(name.String())}, flags, nil
}

// Delete takes a file's name away.
func (d *disk) Delete(path string, syncDir bool) error {
	if err := d.VFS.Delete(path, false); err != nil {
		return err
	}
	d.add(event{kind: deleted, file: d.below(path)})
	if syncDir {
		return d.syncFolder(filepath.Dir(path))
	}
	return nil
}

type watched struct {
	vfs.File
	disk *disk
	name string
}

// SharedMemory is the file's own.
func (f *watched) SharedMemory() vfs.SharedMemory {
	return f.File.(vfs.FileSharedMemory).SharedMemory()
}

func (f *watched) WriteAt(p []byte, off int64) (int, error) {
	f.disk.add(event{kind: wrote, file: f.name, at: off, data: append([]byte(nil), p...)})
	return f.File.WriteAt(p, off)
}

func (f *watched) Truncate(size int64) error {
	f.disk.add(event{kind: cut, file: f.name, at: size})
	return f.File.Truncate(size)
}

// Sync makes the file's bytes durable, and not its name: whatever the driver means to do about that, nobody has seen it do it.
func (f *watched) Sync(vfs.SyncFlag) error {
	if f.disk.forget == "" || !strings.HasSuffix(f.name, f.disk.forget) {
		f.disk.add(event{kind: synced, file: f.name})
	}
	return nil
}
