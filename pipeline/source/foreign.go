package source

import (
	"archive/zip"
	"bytes"
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"github.com/richardlehane/mscfb"
)

// foreign is a kind of file that is no list, or none that we read.
type foreign struct {
	what string // "this is …"
	fix  string
}

// foreignName recognises what is no list by its name.
func foreignName(name string) *foreign {
	base := filepath.Base(name)
	switch ending := strings.ToLower(filepath.Ext(base)); {
	case strings.HasPrefix(base, "~$"), strings.HasPrefix(base, ".~lock."):
		return &foreign{"this is the note of a spreadsheet program that somebody has the file open", "name the file itself: without ~$ or .~lock. in front"}
	case ending == ".crdownload", ending == ".part", ending == ".partial":
		return &foreign{"this download is not complete", "wait until it is, or download the list again"}
	}
	return nil
}

// foreignBytes recognises what is no text by its first bytes.
func foreignBytes(head []byte) *foreign {
	for _, m := range magics {
		if len(head) > m.at && bytes.HasPrefix(head[m.at:], []byte(m.magic)) {
			return &m.foreign
		}
	}
	if len(head) >= 16 && len(bytes.Trim(head, "\x00")) == 0 {
		return &foreign{"it holds nothing but NUL bytes, as after a full disk or a broken transfer", "export or download the file again"}
	}
	return nil
}

// foreignText recognises a text that is no list by its beginning, of which some KiB are enough.
func foreignText(head []byte) *foreign {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), space)
	head = head[:min(len(head), 8<<10)]
	for _, t := range texts {
		if t.begins.Match(head) {
			return &t.foreign
		}
	}
	return nil
}

// foreignCompound says what a compound file is. Where that cannot be seen it is one of the two that there are mostly.
func foreignCompound(raw *rawFile) foreign {
	var parts []string
	if doc, err := mscfb.New(raw.file); err == nil {
		for part, err := doc.Next(); err == nil; part, err = doc.Next() {
			parts = append(parts, part.Name)
		}
	}
	for _, c := range compoundFiles {
		if slices.Contains(parts, c.part) {
			return c.foreign
		}
	}
	return foreign{"this is an old Office file (.xls), or one with a password", "save the sheet as .xlsx without a password, or as CSV UTF-8"}
}

// foreignPackage recognises the document of an office program by a part of its archive.
func foreignPackage(archive *zip.Reader) *foreign {
	for _, p := range packages {
		if partOf(archive, p.part) != nil {
			return &p.foreign
		}
	}
	return nil
}

// refusal is the error of a file that is no list; nil where f is nil.
func (f *foreign) refusal() error {
	if f == nil {
		return nil
	}
	return unusable(f.fix, "%s", f.what)
}

// checkRaw refuses a file that is no list by its name and its first bytes.
func checkRaw(raw *rawFile, head []byte) error {
	found := cmp.Or(foreignName(raw.file.Name()), foreignBytes(head))
	if found == nil && bytes.HasPrefix(head, []byte(compoundMagic)) {
		c := foreignCompound(raw)
		found = &c
	}
	return found.refusal()
}
