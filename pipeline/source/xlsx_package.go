package source

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Excelize reads all parts of a workbook at once, whole, and cannot be interrupted. So it is given a workbook of our own making: with the sheets that
// are wanted, after they were looked at to their ends, the shared strings, and of the styles only the number formats.

const (
	packageTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
	officeTypes  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	relationsOf  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
)

// sheetName is how excelize knows the sheet with that place in the list that it was given.
func sheetName(at int) string { return "s" + strconv.Itoa(at+1) }

// repacked is the workbook that excelize reads.
func (b *book) repacked(archive *zip.Reader, sheets []sheet) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	var list, relations strings.Builder
	for i, s := range sheets {
		target := fmt.Sprintf("worksheets/sheet%d.xml", i+1)
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" r:id="r%d"/>`, sheetName(i), i+1, i+1)
		fmt.Fprintf(&relations, `<Relationship Id="r%d" Type="%s/worksheet" Target="%s"/>`, i+1, officeTypes, target)
		if err := copyPart(w, archive, s.part, "xl/"+target); err != nil {
			return nil, err
		}
	}
	if partOf(archive, b.strings) != nil {
		if err := copyPart(w, archive, b.strings, stringsPart); err != nil {
			return nil, err
		}
	}
	own := [][2]string{
		{"[Content_Types].xml", packageTypes},
		{"_rels/.rels", relationsOf + `<Relationship Id="r1" Type="` + officeTypes + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", fmt.Sprintf(`<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="%s"><workbookPr date1904="%t"/><sheets>%s</sheets></workbook>`,
			officeTypes, b.date1904, list.String())},
		{"xl/_rels/workbook.xml.rels", relationsOf + relations.String() + "</Relationships>"},
		{stylesPart, b.styles.xml()},
	}
	for _, part := range own {
		dst, err := w.Create(part[0])
		if err == nil {
			_, err = io.WriteString(dst, part[1])
		}
		if err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), err
}

// copyPart copies a part as it is packed.
func copyPart(w *zip.Writer, archive *zip.Reader, from, to string) error {
	part := partOf(archive, from)
	if part == nil {
		return unusable(hintWorkbook, "the workbook has no part %s", from)
	}
	header := part.FileHeader
	header.Name, header.Extra, header.Comment = to, nil, ""
	src, err := part.OpenRaw()
	if err != nil {
		return badWorkbook(err)
	}
	dst, err := w.CreateRaw(&header)
	if err == nil {
		_, err = io.Copy(dst, src)
	}
	if err != nil {
		return badWorkbook(err)
	}
	return nil
}

// open opens the sheets with excelize, all strings in memory. It returns early, with the context's error, when the context ends; what was begun
// then comes to its end by itself.
func (b *book) open(ctx context.Context, packed []byte, sheets []sheet) (*excelize.File, error) {
	type opened struct {
		file *excelize.File
		err  error
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	done := make(chan opened, 1)
	go func() {
		file, err := b.openNow(packed, sheets)
		done <- opened{file, err}
	}()
	select {
	case o := <-done:
		return o.file, o.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func (b *book) openNow(packed []byte, sheets []sheet) (file *excelize.File, err error) {
	defer recovered(&err)
	archive, err := openArchive(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return nil, badWorkbook(err)
	}
	if packed, err = b.repacked(archive, sheets); err != nil {
		return nil, badWorkbook(err)
	}
	file, err = excelize.OpenReader(bytes.NewReader(packed), excelize.Options{
		UnzipSizeLimit: maxWorkbook + 1<<20, UnzipXMLSizeLimit: maxWorkbook, // all in memory: a part over its limit would be left in a file
		ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd", LongTimePattern: "hh:mm:ss",
	})
	if err != nil {
		return nil, badWorkbook(err)
	}
	rows, err := file.Rows(sheetName(0))
	if err == nil && rows.Next() {
		_, err = rows.Columns() // the first of these reads all shared strings
	}
	if err != nil {
		file.Close()
		return nil, badWorkbook(err)
	}
	return file, nil
}

// The bounds of the shared strings: excelize takes some 250 bytes for each, and a hundred for each piece of a text that is formatted in pieces.
const (
	maxStrings = 2_000_000
	maxPieces  = 5_000_000 // elements in the part
)

const stringsPart = "xl/sharedStrings.xml"

// countStrings reads the shared strings to their end, and counts them.
func (b *book) countStrings(ctx context.Context) error {
	if partOf(b.archive, b.strings) == nil {
		return nil
	}
	var n stringCount
	err := b.walk(ctx, b.strings, n.element)
	b.count = n.strings
	return err
}

// stringCount counts the elements of the part with the shared strings.
type stringCount struct{ strings, pieces int }

func (n *stringCount) element(_ *xml.Decoder, start xml.StartElement, within string) error {
	if n.pieces++; start.Name.Local == "si" && within == "sst" {
		n.strings++
	}
	if n.strings > maxStrings || n.pieces > maxPieces {
		return unusable(hintLarge, "the workbook has more than %d different texts, or these have more than %d pieces", maxStrings, maxPieces)
	}
	return nil
}
