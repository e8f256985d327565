package sqlite_test

import (
	"errors"
	"fmt"
	"sync"
	"syscall"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// Op is a kind of call that SQLite makes to the disk.
type Op string

// The calls that can be made to fail.
const (
	OpRead     Op = "read"
	OpWrite    Op = "write"
	OpSync     Op = "sync"
	OpTruncate Op = "truncate"
	OpOpen     Op = "open"
)

// Disk is the operating system's file system with faults: from some call on, calls fail. Name is what sqlite.Options.VFS takes.
// Safe for concurrent use. Shared memory (-shm) is passed through.
type Disk struct {
	Name string

	vfs.VFS
	mu    sync.Mutex
	calls map[Op]int
	fail  func(op Op, file string, n int) error
}

// NewDisk registers a disk without faults, until the test ends.
func NewDisk(t testing.TB) *Disk {
	d := &Disk{Name: fmt.Sprintf("disk-%p", t), VFS: vfs.Find(""), calls: map[Op]int{}}
	vfs.Register(d.Name, d)
	t.Cleanup(func() { vfs.Unregister(d.Name) })
	return d
}

// Fail makes each call fail for which fault returns an error; n counts the calls of the kind from 1, over all files, since Fail was called.
// nil ends the faults. An errno such as syscall.ENOSPC reaches SQLite as the system's.
func (d *Disk) Fail(fault func(op Op, file string, n int) error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	clear(d.calls)
	d.fail = fault
}

// Calls returns how many calls of the kind there were since Fail was called, or the disk made.
func (d *Disk) Calls(op Op) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.calls[op]
}

func (d *Disk) count(op Op, file string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls[op]++
	if d.fail == nil {
		return nil
	}
	return d.fail(op, file, d.calls[op])
}

// OpenFilename opens a file of the operating system, to be disturbed.
func (d *Disk) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	if err := d.count(OpOpen, name.String()); err != nil {
		return nil, flags, vfs.SystemError(err, sqlite3.CANTOPEN)
	}
	file, flags, err := d.VFS.(vfs.VFSFilename).OpenFilename(name, flags)
	if err != nil {
		return nil, flags, err
	}
	return &diskFile{file, d, name.String()}, flags, nil
}

type diskFile struct {
	vfs.File
	disk *Disk
	name string
}

// SharedMemory is the file's own.
func (f *diskFile) SharedMemory() vfs.SharedMemory {
	return f.File.(vfs.FileSharedMemory).SharedMemory()
}

func (f *diskFile) ReadAt(p []byte, off int64) (int, error) {
	if err := f.disk.count(OpRead, f.name); err != nil {
		return 0, vfs.SystemError(err, sqlite3.IOERR_READ)
	}
	return f.File.ReadAt(p, off)
}

func (f *diskFile) WriteAt(p []byte, off int64) (int, error) {
	if err := f.disk.count(OpWrite, f.name); errors.Is(err, syscall.ENOSPC) {
		return 0, vfs.SystemError(err, sqlite3.FULL)
	} else if err != nil {
		return 0, vfs.SystemError(err, sqlite3.IOERR_WRITE)
	}
	return f.File.WriteAt(p, off)
}

func (f *diskFile) Sync(flags vfs.SyncFlag) error {
	if err := f.disk.count(OpSync, f.name); err != nil {
		return vfs.SystemError(err, sqlite3.IOERR_FSYNC)
	}
	return f.File.Sync(flags)
}

func (f *diskFile) Truncate(size int64) error {
	if err := f.disk.count(OpTruncate, f.name); err != nil {
		return vfs.SystemError(err, sqlite3.IOERR_TRUNCATE)
	}
	return f.File.Truncate(size)
}
