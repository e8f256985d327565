package source

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"path"
	"strings"

	"importer/mapping/problem"
)

// memberOf finds the one member of an archive that is a list. Folders and what macOS puts beside files do not count.
func memberOf(r io.ReaderAt, size int64) (*zip.File, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, err
	}
	if what := officeFile(archive); what != "" {
		return nil, problem.New(problem.Input, what, "save the sheet as .xlsx or as CSV UTF-8")
	}
	var found []*zip.File
	for _, f := range archive.File {
		if !strings.HasSuffix(f.Name, "/") && !strings.HasPrefix(f.Name, "__MACOSX/") && path.Base(f.Name) != ".DS_Store" {
			found = append(found, f)
		}
	}
	switch {
	case len(found) != 1:
		return nil, unusable("an archive is read if it has exactly one; unpack it and name the lists",
			"the zip archive has %s", counted(len(found), "member", "members"))
	case found[0].Flags&1 != 0:
		return nil, unusable("unpack it yourself", "the zip archive asks for a password")
	case found[0].Method != zip.Store && found[0].Method != zip.Deflate:
		return nil, unusable("unpack it yourself, or make it with the usual method, deflate", "the zip archive is compressed by method %d", found[0].Method)
	}
	return found[0], nil
}

// officeFile says what an archive is that holds no lists but a document of an office program.
func officeFile(archive *zip.Reader) string {
	for _, kind := range [][2]string{
		{"xl/workbook.bin", "this is a binary workbook (.xlsb)"}, {"word/document.xml", "this is a text document (.docx)"},
		{"META-INF/manifest.xml", "this is an OpenDocument file (.ods)"}, {"Index/Document.iwa", "this is a Numbers document"},
	} {
		if partOf(archive, kind[0]) != nil {
			return kind[1]
		}
	}
	return ""
}

// openMember reads the member of t's archive in one pass over the file from its beginning, so that all of its bytes are counted and digested.
func openMember(t *text) (io.Reader, error) {
	file, err := memberOf(t.raw.file, t.raw.begin.Size())
	if err != nil {
		return nil, err
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
