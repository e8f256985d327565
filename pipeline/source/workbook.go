package source

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// maxWorkbook bounds what a workbook takes unpacked: unlike a CSV, it is held in memory.
const maxWorkbook = 512 << 20

// sheet is the worksheet that an input's rows are in.
type sheet struct {
	name     string
	number   int // among the visible ones, 1-based; 0 for a hidden one
	visible  int // how many are visible
	rows     int // number of its last row
	findings *findings
}

func (s sheet) said() string {
	switch {
	case s.number == 0:
		return fmt.Sprintf("hidden sheet %q", s.name)
	case s.visible == 1:
		return fmt.Sprintf("sheet %q", s.name)
	}
	return fmt.Sprintf("sheet %q (%d of %d)", s.name, s.number, s.visible)
}

// isWorkbook reports whether the file is an .xlsx, by what is in it.
func isWorkbook(raw *rawFile) bool {
	head := make([]byte, 4)
	if _, err := raw.file.ReadAt(head, 0); err != nil || string(head) != "PK\x03\x04" {
		return false
	}
	archive, err := zip.NewReader(raw.file, raw.begin.Size())
	return err == nil && partOf(archive, "xl/workbook.xml") != nil
}

// partOf returns the named part of a package, nil when there is none. Names of parts do not differ in case (ECMA-376 part 2, 6.2.2).
func partOf(archive *zip.Reader, name string) *zip.File {
	for _, f := range archive.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), name) {
			return f
		}
	}
	return nil
}

// listed is a worksheet as the workbook lists it.
type listed struct {
	name   string
	hidden bool
	part   string // its path in the package
}

// worksheetsOf lists the worksheets in the order of their tabs, without sheets of other kinds, such as charts.
func worksheetsOf(archive *zip.Reader) ([]listed, error) {
	var book struct {
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
			Loose string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"` // the same in the strict variant
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
			Type   string `xml:"Type,attr"`
		} `xml:"Relationship"`
	}
	if err := readPart(archive, "xl/workbook.xml", &book); err != nil {
		return nil, err
	}
	if err := readPart(archive, "xl/_rels/workbook.xml.rels", &relations); err != nil {
		return nil, err
	}
	var list []listed
	for _, s := range book.Sheets {
		for _, r := range relations.All {
			if r.ID != s.ID+s.Loose || !strings.HasSuffix(r.Type, "/worksheet") {
				continue
			}
			part := path.Join("xl", r.Target)
			if strings.HasPrefix(r.Target, "/") {
				part = path.Clean(r.Target[1:])
			}
			list = append(list, listed{s.Name, s.State == "hidden" || s.State == "veryHidden", part})
		}
	}
	if len(list) == 0 {
		return nil, &Error{Message: "the workbook has no worksheet", Hint: "save the list as CSV UTF-8"}
	}
	return list, nil
}

func readPart(archive *zip.Reader, name string, to any) error {
	part := partOf(archive, name)
	if part == nil {
		return &Error{Message: "the workbook has no part " + name, Hint: hintWorkbook}
	}
	src, err := part.Open()
	if err != nil {
		return badWorkbook(err)
	}
	defer src.Close()
	if err := xml.NewDecoder(io.LimitReader(src, maxWorkbook)).Decode(to); err != nil {
		return badWorkbook(err)
	}
	return nil
}

const hintWorkbook = "open it in a spreadsheet program and save it anew, or save the sheet as CSV UTF-8"

func badWorkbook(err error) error {
	return &Error{Message: "the workbook is damaged", Hint: hintWorkbook, Err: err}
}

// choose finds the sheet that is wanted: by name; else by number among the visible ones; the first visible one where nothing is said.
func choose(list []listed, wanted string) (listed, sheet, error) {
	s := sheet{}
	for _, l := range list {
		if !l.hidden {
			s.visible++
		}
	}
	number, err := strconv.Atoi(wanted)
	if wanted == "" {
		number, err = 1, nil
	}
	var byNumber *listed
	at := 0
	names := make([]string, len(list))
	for i, l := range list {
		names[i] = fmt.Sprintf("%q", l.name)
		if !l.hidden {
			at++
		}
		if wanted != "" && l.name == wanted {
			if s.name = l.name; !l.hidden {
				s.number = at
			}
			return l, s, nil
		}
		if err == nil && !l.hidden && at == number {
			byNumber = &list[i]
		}
	}
	if byNumber != nil {
		s.name, s.number = byNumber.name, number
		return *byNumber, s, nil
	}
	if wanted == "" {
		return listed{}, s, &Error{Message: "all sheets of the workbook are hidden", Hint: "name one with sheet under input: in the job file; there are " + strings.Join(names, ", ")}
	}
	return listed{}, s, &Error{Message: fmt.Sprintf("the workbook has no sheet %q", wanted), Hint: "there are " + strings.Join(names, ", ")}
}
