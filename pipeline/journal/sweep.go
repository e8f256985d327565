package journal

import (
	"os"
	"path/filepath"
	"regexp"
	"time"
)

// halfMade are the names of files that an importer makes in moments and takes away again: journals and keys before they have their own names, and what shows
// whether the disk is full. Each has a size that it never exceeds, in bytes; 0: any.
var halfMade = map[*regexp.Regexp]int64{
	regexp.MustCompile(`^\.journal-(copy-)?[0-9]+(-wal|-shm|-journal)?$`): 0,
	regexp.MustCompile(`^\.key-[0-9]+$`):                                  keySize,
	regexp.MustCompile(`^\.space-[0-9]+$`):                                1 << 20,
}

// Sweep takes away what importers left in a journal's folder that died while they made it. That takes moments: a file that is an hour old is nobody's.
// It is only for tidiness, so nothing that fails is told.
func Sweep(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, entry := range entries {
		if !entry.Type().IsRegular() || !isHalfMade(entry) {
			continue
		}
		if info, err := entry.Info(); err == nil && time.Since(info.ModTime()) > time.Hour {
			_ = os.Remove(filepath.Join(dir, entry.Name()))
		}
	}
}

func isHalfMade(entry os.DirEntry) bool {
	for name, most := range halfMade {
		if !name.MatchString(entry.Name()) {
			continue
		}
		info, err := entry.Info()
		return err == nil && (most == 0 || info.Size() <= most)
	}
	return false
}
