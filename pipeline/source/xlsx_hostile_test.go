package source

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"runtime"
	"strings"
	"testing"
	"time"
)

const mainTypes = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

// bookXML is the part that lists the sheets: s1, s2 and so on by their relations.
func bookXML(names ...string) string {
	var list strings.Builder
	for i, name := range names {
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" r:id="r%d"/>`, name, i+1, i+1)
	}
	return fmt.Sprintf(`<workbook xmlns="%s" xmlns:r="%s"><sheets>%s</sheets></workbook>`, mainTypes, officeTypes, list.String())
}

// bookParts are the parts of a workbook with one sheet, but for those that are given.
func bookParts(given map[string]string) map[string]string {
	parts := map[string]string{
		"[Content_Types].xml":      packageTypes,
		"_rels/.rels":              relationsOf + `<Relationship Id="r1" Type="` + officeTypes + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		workbookPart:               bookXML("S"),
		relationsPart:              relationsOf + `<Relationship Id="r1" Type="` + officeTypes + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": sheetXML(""),
	}
	maps.Copy(parts, given)
	return parts
}

// sheetXML is a sheet with a header, a person and more rows, and what follows rows.
func sheetXML(rows string, after ...string) string {
	return `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>email</v></c></row><row r="2"><c r="A2" t="str"><v>ann@example.com</v></c></row>` +
		rows + `</sheetData>` + strings.Join(after, "") + `</worksheet>`
}

// TestHostileWorkbooks reads workbooks of some KiB that are made to take memory and time without end. Each is refused with words, and with little memory.
func TestHostileWorkbooks(t *testing.T) {
	sheet := func(text string) map[string]string { return map[string]string{"xl/worksheets/sheet1.xml": text} }
	relationXML := `<Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>`
	tests := []struct {
		name  string
		parts map[string]string
		want  string
	}{
		{"sheets by relations", map[string]string{
			workbookPart:  strings.ReplaceAll(bookXML("S"), "<sheets>", "<sheets>"+strings.Repeat(`<sheet name="S" r:id="r1"/>`, 1999)),
			relationsPart: relationsOf + strings.Repeat(relationXML, 2000) + "</Relationships>",
		}, "the workbook has two relations of one name, and which of them counts cannot be known"},
		{"sheets", map[string]string{workbookPart: bookXML(make([]string, 5000)...)}, "the workbook has more than 1000 sheets"},
		{"one part as two sheets", map[string]string{
			workbookPart:  bookXML("S", "T"),
			relationsPart: relationsOf + relationXML + strings.ReplaceAll(relationXML, "r1", "r2") + "</Relationships>",
		}, "two sheets of the workbook are the same part of it"},
		{"a row without end", sheet(sheetXML(`<row r="2000000000"/>`)), "the workbook is damaged: row 2000000000 comes after row 2"},
		{"a row of too many cells", sheet(sheetXML("<row>" + strings.Repeat("<c/>", 20_000) + "</row>")), "the workbook is damaged: row 3 has more than 16384 cells"},
		{"strings", map[string]string{stringsPart: "<sst>" + strings.Repeat("<si/>", maxStrings+1) + "</sst>"},
			"the workbook has more than 2000000 different texts, or these have more than 5000000 pieces"},
		{"a string that is not there", sheet(sheetXML(`<row><c t="s"><v>0</v></c></row>`)), "the workbook is damaged: the cell in row 3, column 1 has a text that is not in the workbook"},
		{"merged cells", sheet(sheetXML("", "<mergeCells>", strings.Repeat(`<mergeCell ref="A3:B4"/>`, maxMerged+1), "</mergeCells>")), "the sheet has more than 100000 merged cells"},
		{"cell styles", map[string]string{stylesPart: "<styleSheet><cellXfs>" + strings.Repeat("<xf/>", maxCellStyles+1) + "</cellXfs></styleSheet>"}, "the workbook has more than 65536 cell styles"},
		{"a number format", map[string]string{stylesPart: `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="` + strings.Repeat("0", maxFormat+1) + `"/></numFmts></styleSheet>`},
			"the workbook has more than 4000 number formats, or one of more than 4096 bytes"},
		{"nesting", sheet("<worksheet>" + strings.Repeat("<a>", 1_000_000)), "the workbook has elements nested over 64 levels"},
		{"attributes", sheet("<worksheet><sheetData><row" + strings.Repeat(` a=""`, 2_000_000) + "/>"), "the workbook has an element of more than 1 MiB"},
		{"a cell in pieces", sheet(sheetXML("<row><c><v>" + strings.Repeat("1<!---->", 1_000_000) + "</v></c></row>")), "the workbook has an element of more than 1 MiB"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			parts := bookParts(test.parts)
			parts["docProps/padding"] = padding() // so that what is packed may grow
			path := write(t, "list.xlsx", archiveOf(t, parts))
			var err error
			used := memoryUsed(func() { _, err = Survey(context.Background(), []Input{{Path: path, Title: "list.xlsx"}}, Options{}) })
			if err == nil || !strings.HasPrefix(err.Error(), "list.xlsx: "+test.want) || !reasoned(err) {
				t.Errorf("got %v, want %s", err, test.want)
			}
			if used > 128<<20 {
				t.Errorf("%d MiB are in use at once", used>>20)
			}
			if _, err = Sheets(context.Background(), path); err != nil && !reasoned(err) {
				t.Errorf("its sheets: %v", err)
			}
		})
	}
}

// TestPiecesOfStrings: a text may be in pieces, which excelize keeps each by itself.
func TestPiecesOfStrings(t *testing.T) {
	n := stringCount{pieces: maxPieces - 1}
	run := xml.StartElement{Name: xml.Name{Local: "r"}}
	if err := n.element(nil, run, "si"); err != nil {
		t.Error(err)
	}
	if err := n.element(nil, run, "si"); err == nil || !reasoned(err) || n.strings != 0 {
		t.Errorf("a piece too many: %v", err)
	}
}

// padding is a content that cannot be packed.
func padding() string {
	state := uint64(1)
	text := make([]byte, 1<<20)
	for i := range text {
		state = state*6364136223846793005 + 1442695040888963407
		text[i] = byte(state >> 56)
	}
	return string(text)
}

// memoryUsed returns by how much the heap grows at most while work is done.
func memoryUsed(work func()) uint64 {
	var at runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&at)
	before, most := at.HeapAlloc, at.HeapAlloc
	done := make(chan struct{})
	go func() { defer close(done); work() }()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return most - before
		case <-tick.C:
			runtime.ReadMemStats(&at)
			most = max(most, at.HeapAlloc)
		}
	}
}

// TestArchiveOfTooMany: the list of an archive's members is read within a bound, whatever the archive says of its length.
func TestArchiveOfTooMany(t *testing.T) {
	const members = 1_000_000
	for _, says := range []uint16{1, members % 65536} { // the second is what archive/zip takes for true
		content := archiveOfMany(members, says)
		for _, name := range []string{"list.zip", "list.xlsx"} {
			path := write(t, name, content)
			var err error
			used := memoryUsed(func() { _, err = Survey(context.Background(), []Input{{Path: path, Title: name}}, Options{}) })
			if err == nil || err.Error() != name+": "+tooManyMembers().Error() {
				t.Errorf("got %v", err)
			}
			if used > 128<<20 {
				t.Errorf("%d MiB are in use at once", used>>20)
			}
		}
	}
}

// archiveOfMany is an archive of members without names, all of which lie at the same place.
func archiveOfMany(members int, says uint16) string {
	local := make([]byte, 30)
	copy(local, "PK\x03\x04")
	entry := make([]byte, 46)
	copy(entry, "PK\x01\x02")
	end := make([]byte, 22)
	copy(end, "PK\x05\x06")
	binary.LittleEndian.PutUint16(end[8:], says)
	binary.LittleEndian.PutUint16(end[10:], says)
	binary.LittleEndian.PutUint32(end[12:], uint32(members*len(entry)))
	binary.LittleEndian.PutUint32(end[16:], uint32(len(local)))
	return string(local) + strings.Repeat(string(entry), members) + string(end)
}

// TestPartsThatLie: a part that is longer than its archive says, and one that is there twice.
func TestPartsThatLie(t *testing.T) {
	var long bytes.Buffer
	w := zip.NewWriter(&long)
	for name, text := range bookParts(nil) {
		if name == "xl/worksheets/sheet1.xml" {
			continue
		}
		dst, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(dst, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	text := sheetXML(strings.Repeat("<row/>", 1000))
	header := &zip.FileHeader{Name: "xl/worksheets/sheet1.xml", UncompressedSize64: 100, CompressedSize64: uint64(len(text))}
	raw, err := w.CreateRaw(header)
	if err == nil {
		_, err = io.WriteString(raw, text)
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	twice := archiveOf(t, bookParts(map[string]string{"XL/Worksheets/sheet1.xml": sheetXML("<row><c t=\"str\"><v>bob@example.com</v></c></row>")}))
	for content, want := range map[string]string{
		long.String(): "the workbook is damaged", // archive/zip sees that a stored part is too long
		twice:         "the workbook has two parts of one name, and which of them counts cannot be known",
	} {
		path := write(t, "list.xlsx", content)
		if _, err := Survey(context.Background(), []Input{{Path: path, Title: "list.xlsx"}}, Options{}); err == nil || !strings.HasPrefix(err.Error(), "list.xlsx: "+want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// TestWorkbookInterrupted: a long reading of each part ends when the context does.
func TestWorkbookInterrupted(t *testing.T) {
	long := strings.Repeat("<a/>", 100_000)
	for part, text := range map[string]string{
		workbookPart:               "<workbook>" + long + "</workbook>",
		relationsPart:              "<Relationships>" + long + "</Relationships>",
		stringsPart:                "<sst>" + long + "</sst>",
		stylesPart:                 "<styleSheet>" + long + "</styleSheet>",
		"xl/worksheets/sheet1.xml": sheetXML(long),
	} {
		path := write(t, "list.xlsx", archiveOf(t, bookParts(map[string]string{part: text})))
		for name, read := range map[string]func(context.Context) error{
			"Survey": func(ctx context.Context) error { _, err := Survey(ctx, []Input{{Path: path}}, Options{}); return err },
			"Sheets": func(ctx context.Context) error { _, err := Sheets(ctx, path); return err },
		} {
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			if err := read(ctx); !errors.Is(err, context.Canceled) {
				t.Errorf("%s of %s: %v", name, part, err)
			}
		}
	}
}

// TestOpenWithinContext: a workbook that was surveyed is not opened again once the context has ended; for a report it is.
func TestOpenWithinContext(t *testing.T) {
	path := write(t, "list.xlsx", archiveOf(t, bookParts(nil)))
	set, err := Survey(context.Background(), []Input{{Path: path}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	stopped := errors.New("stopped")
	cancel(stopped)
	if _, err := set.OpenWithin(ctx); err != stopped { //nolint:errorlint // nothing is wrapped around it
		t.Errorf("got %v", err)
	}
	if rows := readAll(t, set); len(rows) != 1 || rows[0].Cells[0] != "ann@example.com" {
		t.Errorf("got %v", rows)
	}
}
