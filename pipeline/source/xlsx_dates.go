package source

import (
	"archive/zip"
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// A cell is a date where it holds a number and its number format shows a day, a month or a year. It is read as the day that it holds, as 2006-01-02,
// whatever the format shows of it: a display of d/m/yy is no two-digit year. A time of day follows after a space.

// dateMark begins the text that excelize makes of a date: its format is replaced by one that shows this and the number.
const (
	dateMark   = "\ue000\ue001\ue002"
	dateFormat = `"` + dateMark + `"0.0000000000`
)

// dateStyles finds out which cell styles of a workbook show dates, by the styles' numbers.
func dateStyles(archive *zip.Reader) ([]bool, error) {
	var styles struct {
		Formats []struct {
			ID   string `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
			New  string `xml:"formatCode16,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format string `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if partOf(archive, stylesPart) == nil {
		return nil, nil
	}
	if err := readPart(archive, stylesPart, &styles); err != nil {
		return nil, err
	}
	own := map[string]bool{}
	for _, f := range styles.Formats {
		if _, known := own[f.ID]; !known {
			own[f.ID] = isDateFormat(cmp.Or(f.New, f.Code))
		}
	}
	dates := make([]bool, len(styles.Cells))
	for i, c := range styles.Cells {
		is, isOwn := own[c.Format]
		dates[i] = is || !isOwn && slices.Contains(builtInDates, c.Format)
	}
	return dates, nil
}

const stylesPart = "xl/styles.xml"

// builtInDates are the numbers of the formats for dates that a workbook need not describe (ECMA-376 part 1, 18.8.30). What those from 27 on show depends on the language;
// some are times there, and a time is told by its number. It is never changed.
var builtInDates = []string{
	"14", "15", "16", "17", "22", "27", "28", "29", "30", "31", "32", "33", "34", "35", "36", "50", "51", "52", "53", "54", "55", "56", "57", "58",
}

// isDateFormat reports whether a number format shows a day, a month or a year.
func isDateFormat(code string) bool {
	letters := secondParts.ReplaceAllString(formatLetters(strings.ToLower(code)), "s")
	switch {
	case strings.ContainsAny(letters, "0#?"), strings.Contains(letters, "general"):
		return false // a number
	case strings.ContainsAny(letters, "yd"):
		return true
	}
	return strings.Contains(letters, "m") && !strings.ContainsAny(letters, "hs") // with these it is minutes
}

// secondParts are parts of a second, whose zeros are no digits of a number.
var secondParts = regexp.MustCompile(`s[.,]0+`)

// formatLetters is a number format without texts in quotes, single characters behind a backslash, widths and fillings, and what stands in brackets.
func formatLetters(code string) string {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '\\', '_', '*':
			i++
		case '"', '[':
			end := map[byte]byte{'"': '"', '[': ']'}[c]
			n := strings.IndexByte(code[i+1:], end)
			if n < 0 {
				return b.String()
			}
			i += n + 1
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// isDate reports whether cells of a style, as a cell names it, are dates. Excelize shows those of style 0 as numbers, and so they are read.
func (b *book) isDate(style string) bool {
	n, err := strconv.Atoi(style)
	return err == nil && n > 0 && n < len(b.dates) && b.dates[n]
}

// markDates makes excelize show the cells that are dates as dateMark and a number.
func (b *book) markDates(file *excelize.File) error {
	if !slices.Contains(b.dates, true) || file.Styles == nil || file.Styles.CellXfs == nil {
		return nil
	}
	format := dateFormat
	style, err := file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return badWorkbook(err)
	}
	all := file.Styles.CellXfs.Xf
	for i := range all[:min(len(all), len(b.dates))] {
		if b.dates[i] {
			all[i].NumFmtID = all[style].NumFmtID
		}
	}
	return nil
}

// dateOf reads the text that excelize made of a date; any other text is not changed.
func (b *book) dateOf(text string) string {
	sign, number, found := strings.Cut(text, dateMark)
	if !found || sign != "" && sign != "-" {
		return text
	}
	n, err := strconv.ParseFloat(sign+number, 64)
	if err != nil {
		return text
	}
	return serialText(n, b.date1904)
}

// isoDate reads the text of a cell that keeps its date as text (ECMA-376 part 1, 18.18.11), of which excelize makes a number where it ends with Z.
func isoDate(text string) string {
	number := strings.TrimPrefix(text, dateMark)
	if n, err := strconv.ParseFloat(number, 64); err == nil {
		return serialText(n, false)
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02"} {
		if at, err := time.Parse(layout, text); err == nil {
			return dayText(at.Year(), int(at.Month()), at.Day(), at.Hour()*3600+at.Minute()*60+at.Second())
		}
	}
	return text
}

// The day numbers of spreadsheets.
const (
	days1904   = 1462    // between 1 January 1904 and the day before 1 January 1900, as the older calendar counts
	leapNever  = 60      // 29 February 1900, which never was
	lastSerial = 2958465 // 31 December 9999
)

// serialText writes a day number with its time of day: 1985-01-31 or 1985-01-31 14:05:00; 14:05:00 where there is no day. What is no day that a
// spreadsheet can show is written as the number that it is. The days that never were, 0 and 60, are written as a spreadsheet shows them.
func serialText(n float64, date1904 bool) string {
	if n < 0 || n > lastSerial+1 {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	whole, fraction := math.Modf(n)
	day, seconds := int(whole), int(math.Round(fraction*86400))
	if seconds == 86400 {
		day, seconds = day+1, 0
	}
	if day == 0 && seconds > 0 {
		return clockText(seconds)
	}
	if date1904 {
		day += days1904
	}
	switch {
	case day > lastSerial:
		return strconv.FormatFloat(n, 'f', -1, 64)
	case day == 0:
		return dayText(1900, 1, 0, 0)
	case day == leapNever:
		return dayText(1900, 2, 29, seconds)
	case day < leapNever:
		day++
	}
	at := time.Date(1899, time.December, 30+day, 0, 0, 0, 0, time.UTC)
	return dayText(at.Year(), int(at.Month()), at.Day(), seconds)
}

func dayText(year, month, day, seconds int) string {
	text := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	if seconds > 0 {
		text += " " + clockText(seconds)
	}
	return text
}

func clockText(seconds int) string {
	return fmt.Sprintf("%02d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
}
