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
		return value{}, newFlaw(CodeDateTooEarly, "is before 1900")
	case today != (Date{}) && today.Before(d):
		return value{}, newFlaw(CodeDateInFuture, "is in the future")
	}
	return value{text: d.String(), date: d}, nil
}

// Before reports whether d comes before e.
func (d Date) Before(e Date) bool { return cmp.Or(d.Year-e.Year, d.Month-e.Month, d.Day-e.Day) < 0 }

// Valid reports whether d exists in the Gregorian calendar, with a year of 1 to 9999.
func (d Date) Valid() bool {
	return 1 <= d.Year && d.Year <= 9999 && 1 <= d.Month && d.Month <= 12 && 1 <= d.Day && d.Day <= daysIn(d.Year, d.Month)
}

func daysIn(year, month int) int {
	switch {
	case month == 4 || month == 6 || month == 9 || month == 11:
		return 30
	case month != 2:
		return 31
	case year%4 == 0 && (year%100 != 0 || year%400 == 0):
		return 29
	}
	return 28
}

// String returns the date as YYYY-MM-DD, the empty text for the zero Date. The date must be valid.
func (d Date) String() string {
	if d == (Date{}) {
		return ""
	}
	text := []byte("0000-00-00")
	for i, n := range [...]int{d.Year, d.Month, d.Day} {
		for at := 3 + 3*i; n > 0; at-- {
			text[at] += byte(n % 10)
			n /= 10
		}
	}
	return string(text)
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
		return Date{}, newFlaw(CodeDateInvalid, "is no number of days as Excel counts them").
			withHint("set the field's `format` to how the list writes dates, such as DD/MM/YYYY")
	}
	switch {
	case c == calendar1904:
		days += 1462 // the first day of its own count, in that of 1900
	case days == 60:
		return Date{}, newFlaw(CodeDateImpossible, "is the 29 February 1900 of Excel, which never existed")
	case days == 0:
		return Date{}, newFlaw(CodeDateImpossible, "is the day 0 of Excel, which is an empty cell with a date's format")
	case days < 60:
		days++ // the count is one behind before the day that never was
	}
	if days > lastSerial {
		return Date{}, newFlaw(CodeDateImpossible, "is past the year 9999")
	}
	return dateOfDay(days), nil
}

// dateOfDay returns the date that is so many days after 30 December 1899.
func dateOfDay(days int) Date {
	year, month, day := time.Date(1899, time.December, 30+days, 0, 0, 0, 0, time.UTC).Date()
	return Date{year, int(month), day}
}
