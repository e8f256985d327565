//go:build crashpoints

package crashpoint

import (
	"strings"
	"sync"
	"syscall"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

const vfsName = "crashpoints"

var register sync.Once

// VFS returns the name of a file system of SQLite on which the moments wal-write, wal-sync and checkpoint are passed.
func VFS() string {
	register.Do(func() { vfs.Register(vfsName, disk{vfs.Find("")}) })
	return vfsName
}

type disk struct{ vfs.VFS }

// OpenFilename opens a file of the operating system.
func (d disk) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, flags, err := d.VFS.(vfs.VFSFilename).OpenFilename(name, flags)
	if err != nil {
		return nil, flags, err
	}
	return file{f, strings.HasSuffix(name.String(), "-wal")}, flags, nil
}

type file struct {
	vfs.File
	wal bool
}

// SharedMemory is the file's own.
func (f file) SharedMemory() vfs.SharedMemory { return f.File.(vfs.FileSharedMemory).SharedMemory() }

func (f file) WriteAt(p []byte, off int64) (int, error) {
	if f.wal {
		Here("wal-write")
	} else {
		Here("checkpoint")
	}
	return f.File.WriteAt(p, off)
}

func (f file) Sync(flags vfs.SyncFlag) error {
	if f.wal {
		Here("wal-sync")
	}
	if reached("fsync-fails") {
		return vfs.SystemError(syscall.EIO, sqlite3.IOERR_FSYNC)
	}
	return f.File.Sync(flags)
}
