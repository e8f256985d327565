package source

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A cell is a date where it holds a number and its number format shows a day, a month or a year. It is read as the day that it holds, as 2006-01-02,
// whatever the format shows of it: a display of d/m/yy is no two-digit year. A time of day follows after a space.

// dateMark begins the text that excelize makes of a date: its format is replaced by one that shows this and the number.
const (
	dateMark   = "\ue000\ue001\ue002"
	dateFormat = `"` + dateMark + `"0.0000000000`
)

// dateStyle is what a cell style shows of a date.
type dateStyle uint8

const (
	noDate     dateStyle = iota
	wholeDate            // day, month and year
	partOfDate           // less: a spreadsheet that was given a day and a month has made up a year, and one that was given a month and a year, a day
)

// DateColumn is a named column of a sheet in which cells are dates.
type DateColumn struct {
	Name  string
	Parts int64 // of them are shown without their year, month or day
	First int64 // the row of the first of these
}

// builtInDates are the numbers of the formats for dates that a workbook need not describe (ECMA-376 part 1, 18.8.30). What those from 27 on show depends on the language;
// some are times there, and a time is told by its number. It is never changed.
var builtInDates = func() map[int]dateStyle {
	known := map[int]dateStyle{14: wholeDate, 15: wholeDate, 16: partOfDate, 17: partOfDate, 22: wholeDate}
	for _, ids := range [][2]int{{27, 36}, {50, 58}} {
		for id := ids[0]; id <= ids[1]; id++ {
			known[id] = wholeDate
		}
	}
	return known
}()

// dateFormatOf reports what a number format shows of a date.
func dateFormatOf(code string) dateStyle {
	letters := secondParts.ReplaceAllString(formatLetters(strings.ToLower(code)), "s")
	isTime := strings.ContainsAny(letters, "hs")
	year, month, day := strings.ContainsAny(letters, "yeb"), strings.Contains(letters, "m"), strings.Contains(letters, "d")
	switch {
	case strings.ContainsAny(letters, "0#?"), strings.Contains(letters, "general"):
		return noDate // a number
	case year && month && day:
		return wholeDate
	case strings.Contains(letters, "y"), day, month && !isTime: // with a time, m is minutes
		return partOfDate
	}
	return noDate
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

// dateStyle reports what a style, as a cell names it, shows of a date. Excelize shows cells of style 0 as numbers, and so they are read.
func (b *book) dateStyle(style string) dateStyle {
	n, err := strconv.Atoi(style)
	if err != nil || n <= 0 || n >= len(b.styles.dates) {
		return noDate
	}
	return b.styles.dates[n]
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
