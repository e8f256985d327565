package source

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// numberStyles are a workbook's styles as far as they decide how cells are displayed.
type numberStyles struct {
	codes map[int]string // number formats of the workbook's own, by their numbers
	cells []int          // number of the format, by cell style
	dates []dateStyle    // by cell style
}

// The bounds of styles. Excel allows 65,490 cell styles, some 250 number formats, and 255 characters in one.
const (
	maxCellStyles = 1 << 16
	maxFormats    = 4000
	maxFormat     = 4 << 10 // bytes of one
)

const stylesPart = "xl/styles.xml"

// readStyles reads the number formats, and finds out which cell styles show dates.
func (b *book) readStyles(ctx context.Context) error {
	if partOf(b.archive, b.stylesAt) == nil {
		return nil
	}
	s := numberStyles{codes: map[int]string{}}
	if err := b.walk(ctx, b.stylesAt, s.element); err != nil {
		return err
	}
	for _, id := range s.cells {
		code, own := s.codes[id]
		if own {
			s.dates = append(s.dates, dateFormatOf(code))
		} else {
			s.dates = append(s.dates, builtInDates[id])
		}
	}
	b.styles = s
	return nil
}

func (s *numberStyles) element(_ *xml.Decoder, start xml.StartElement, within string) error {
	switch [2]string{within, start.Name.Local} {
	case [2]string{"numFmts", "numFmt"}:
		id, err := strconv.Atoi(attribute(start, "numFmtId"))
		if err != nil {
			return badWorkbook(err)
		}
		code := cmp.Or(attribute(start, "formatCode16"), attribute(start, "formatCode"))
		if _, known := s.codes[id]; !known { // the first counts
			s.codes[id] = code
		}
		if len(s.codes) > maxFormats || len(code) > maxFormat {
			return unusable(hintLarge, "the workbook has more than %d number formats, or one of more than %d bytes", maxFormats, maxFormat)
		}
	case [2]string{"cellXfs", "xf"}:
		id, err := strconv.Atoi(cmp.Or(attribute(start, "numFmtId"), "0"))
		if err != nil {
			return badWorkbook(err)
		}
		if s.cells = append(s.cells, id); len(s.cells) > maxCellStyles {
			return unusable(hintLarge, "the workbook has more than %d cell styles", maxCellStyles)
		}
	}
	return nil
}

// xml is a part with the styles of the same numbers, in which those for dates show dateMark and the number.
func (s numberStyles) xml() string {
	date := 0 // a format's number that the workbook does not use
	used := map[int]bool{}
	for _, id := range s.cells {
		date, used[id] = max(date, id), true
	}
	for id := range s.codes {
		date = max(date, id)
	}
	date = max(date, 163) + 1 // behind those that programs know
	var b strings.Builder
	b.WriteString(`<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>`)
	writeFormat(&b, date, dateFormat)
	for id, code := range s.codes {
		if used[id] {
			writeFormat(&b, id, code)
		}
	}
	b.WriteString(`</numFmts><cellXfs>`)
	for i, id := range s.cells {
		if s.dates[i] != noDate {
			id = date
		}
		fmt.Fprintf(&b, `<xf numFmtId="%d"/>`, id)
	}
	b.WriteString(`</cellXfs></styleSheet>`)
	return b.String()
}

func writeFormat(to *strings.Builder, id int, code string) {
	var text bytes.Buffer
	_ = xml.EscapeText(&text, []byte(code)) // a buffer does not fail
	fmt.Fprintf(to, `<numFmt numFmtId="%d" formatCode="%s"/>`, id, text.Bytes())
}
