package source

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"path"
	"slices"
	"strings"
)

// openMember reads the one member of t's archive, in one pass over the file from its beginning, so that all of its bytes are counted and digested.
// Folders and what macOS puts beside files are no members.
func openMember(t *text) (io.Reader, error) {
	archive, err := openArchive(t.raw.file, t.raw.size)
	if err != nil {
		return nil, err
	}
	if err := foreignPackage(archive).refusal(); err != nil {
		return nil, err
	}
	members := slices.DeleteFunc(archive.File, func(f *zip.File) bool { return besideLists(f.Name) })
	if len(members) != 1 {
		return nil, unusable("an archive is read if it has exactly one; unpack it, and name the lists, or the folder that they are in",
			"the zip archive has %s%s", counted(len(members), "member", "members"), someNames(members))
	}
	file := members[0]
	switch {
	case file.Flags&1 != 0:
		return nil, unusable("unpack it yourself", "the zip archive asks for a password")
	case file.Method != zip.Store && file.Method != zip.Deflate:
		return nil, unusable("unpack it yourself, or make it with the usual method, deflate", "the zip archive is compressed by method %d", file.Method)
	}
	begin, err := file.DataOffset()
	if err == nil {
		_, err = io.CopyN(io.Discard, t.Reader, begin)
	}
	if err != nil {
		return nil, err
	}
	t.name = path.Base(strings.ReplaceAll(file.Name, `\`, "/"))
	content := io.LimitReader(t.Reader, int64(file.CompressedSize64))
	if file.Method == zip.Deflate {
		content = flate.NewReader(content)
	}
	return &summed{src: content, file: file, sum: crc32.NewIEEE()}, nil
}

// besideLists reports what lies in archives beside lists: folders, and what macOS and Windows put there.
func besideLists(name string) bool {
	base := path.Base(name)
	return strings.HasSuffix(name, "/") || strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(base, "._") ||
		slices.Contains([]string{".DS_Store", "Thumbs.db", "desktop.ini"}, base)
}

// someNames are the names of the first members: ": a.csv, b.csv and 3 more".
func someNames(members []*zip.File) string {
	const most = 3
	var names []string
	for _, f := range members[:min(len(members), most)] {
		names = append(names, f.Name)
	}
	switch more := len(members) - len(names); {
	case more > 0:
		return fmt.Sprintf(": %s and %d more", strings.Join(names, ", "), more)
	case len(names) > 0:
		return ": " + andList(names)
	}
	return ""
}

// summed checks length and checksum of a member at its end.
type summed struct {
	src  io.Reader
	file *zip.File
	sum  hash.Hash32
	n    uint64
}

func (s *summed) Read(p []byte) (int, error) {
	n, err := s.src.Read(p)
	s.sum.Write(p[:n])
	s.n += uint64(n)
	if s.n > s.file.UncompressedSize64 || err == io.EOF && (s.n != s.file.UncompressedSize64 || s.sum.Sum32() != s.file.CRC32) {
		return 0, errors.New("its length or checksum is not what the archive says")
	}
	return n, err
}
