package mapping

import (
	"cmp"
	"strings"
	"time"
)

// earliestBirth is the first year a birth date may have.
const earliestBirth = 1900

// readBirthDate reads a date in the layout and checks that somebody living may have been born on it.
func readBirthDate(l layout, today Date, s string) (value, *flaw) {
	d, bad := l.read(s)
	switch {
	case bad != nil:
		return value{}, bad
	case d.Year < earliestBirth:
		return value{}, dateTooEarly
	case today != (Date{}) && today.Before(d):
		return value{}, dateInFuture
	}
	return value{text: d.String(), date: d}, nil
}

var (
	dateTooEarly = newFlaw(CodeDateTooEarly, "is before 1900")
	dateInFuture = newFlaw(CodeDateInFuture, "is in the future")
)

// Before reports whether d comes before e.
func (d Date) Before(e Date) bool {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day)) < 0
}

// Valid reports whether d exists in the Gregorian calendar, with a year of 1 to 9999.
func (d Date) Valid() bool {
	return 1 <= d.Year && d.Year <= 9999 && 1 <= d.Month && d.Month <= 12 && 1 <= d.Day && d.Day <= daysIn(d.Year, d.Month)
}

// daysIn is the number of days of a month: the day before the first of the next one.
func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

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
	serialLeap   = newFlaw(CodeDateImpossible, "is the 29 February 1900 of Excel, which never existed")
	serialZero   = newFlaw(CodeDateImpossible, "is the day 0 of Excel, which is an empty cell with a date's format")
	serialFar    = newFlaw(CodeDateImpossible, "is past the year 9999")
)
