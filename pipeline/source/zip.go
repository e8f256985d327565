package source

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"path"
	"strings"
)

// member is the one list in a zip archive.
type member struct {
	name string
	file *zip.File
}

// memberOf finds the one member of an archive that is a list. Folders and what macOS puts beside files do not count.
func memberOf(r io.ReaderAt, size int64) (*member, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, damaged(Zip, err)
	}
	if what := officeFile(archive); what != "" {
		return nil, &Error{Message: what, Hint: "save the sheet as .xlsx or as CSV UTF-8"}
	}
	var found []*zip.File
	for _, f := range archive.File {
		if !strings.HasSuffix(f.Name, "/") && !strings.HasPrefix(f.Name, "__MACOSX/") && path.Base(f.Name) != ".DS_Store" {
			found = append(found, f)
		}
	}
	if len(found) != 1 {
		return nil, &Error{Message: fmt.Sprintf("the zip archive has %s", counted(int64(len(found)), "member", "members")), Hint: "it is read where it has exactly one; unpack it and name the lists"}
	}
	f := found[0]
	switch {
	case f.Flags&1 != 0:
		return nil, &Error{Message: "the zip archive asks for a password", Hint: "unpack it yourself"}
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return nil, &Error{Message: fmt.Sprintf("the zip archive is compressed by method %d", f.Method), Hint: "unpack it yourself, or make it with the usual method, deflate"}
	}
	return &member{path.Base(strings.ReplaceAll(f.Name, `\`, "/")), f}, nil
}

// officeFile says what an archive is that holds no lists but a document of an office program.
func officeFile(archive *zip.Reader) string {
	for _, f := range archive.File {
		switch f.Name {
		case "xl/workbook.bin":
			return "this is a binary workbook (.xlsb)"
		case "word/document.xml":
			return "this is a text document (.docx)"
		case "META-INF/manifest.xml":
			return "this is an OpenDocument file (.ods)"
		case "Index/Document.iwa":
			return "this is a Numbers document"
		}
	}
	return ""
}

// openMember reads the member of raw's archive, in one pass over raw from its beginning, so that all of its bytes are counted and digested.
func openMember(raw *rawFile, in *bufio.Reader) (io.Reader, error) {
	m, err := memberOf(raw.file, raw.begin.Size())
	if err != nil {
		return nil, err
	}
	begin, err := m.file.DataOffset()
	if err != nil {
		return nil, damaged(Zip, err)
	}
	if _, err := io.CopyN(io.Discard, in, begin); err != nil {
		return nil, damaged(Zip, err)
	}
	content := io.LimitReader(in, int64(m.file.CompressedSize64))
	if m.file.Method == zip.Deflate {
		content = flate.NewReader(content)
	}
	return &summed{src: content, file: m.file, sum: crc32.NewIEEE()}, nil
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
