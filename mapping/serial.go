package mapping

import (
	"strings"
	"time"
)

// calendar is which days Excel counts; the zero calendar is none.
type calendar uint8

const (
	noCalendar   calendar = iota
	calendar1900          // 1 is 1 January 1900, and 60 the 29 February 1900 that never was
	calendar1904          // 0 is 1 January 1904
)

// serialFormats are the formats that stand for a calendar. It is never changed.
var serialFormats = map[string]calendar{"excel": calendar1900, "excel1904": calendar1904}

// lastSerial is 31 December 9999 in the calendar of 1900.
const lastSerial = 2958465

// readSerial reads a day as Excel keeps it: a whole number of days, and a fraction for the time, which is dropped.
func readSerial(c calendar, s string) (Date, *flaw) {
	whole, fraction, _ := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	days, n := leadingNumber(whole, 7)
	leading := len(whole) > 1 && whole[0] == '0'
	if n == 0 || n != len(whole) || leading || strings.Trim(fraction, "0123456789") != "" || len(s) > 40 {
		return Date{}, serialMisfit
	}
	switch {
	case c == calendar1904:
		days += 1462 // the first day of its own count, in that of 1900
	case days == 60:
		return Date{}, serialLeap
	case days == 0:
		return Date{}, serialZero
	case days < 60:
		days++ // the count is one behind before the day that never was
	}
	if days > lastSerial {
		return Date{}, serialFar
	}
	return dateOfDay(days), nil
}

// dateOfDay returns the date that is so many days after 30 December 1899.
func dateOfDay(days int) Date {
	year, month, day := time.Date(1899, time.December, 30+days, 0, 0, 0, 0, time.UTC).Date()
	return Date{year, int(month), day}
}

var (
	serialMisfit = newFlaw(CodeDateInvalid, "is no number of days as Excel counts them").withHint("set the field's `format` to how the list writes dates, such as DD/MM/YYYY")
	serialLeap   = newFlaw(CodeDateImpossible, "is the 29 February 1900 of Excel, which never was")
	serialZero   = newFlaw(CodeDateImpossible, "is the day 0 of Excel, which is an empty cell with a date's format")
	serialFar    = newFlaw(CodeDateImpossible, "is past the year 9999")
)
