package mapping

import (
	"regexp"
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

// readSerial reads a day as Excel keeps it: a whole number of days, and a fraction for the time.
func readSerial(c calendar, s string) (moment, *flaw) {
	whole, fraction, _ := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	days, n := leadingNumber(whole, 7)
	leading := len(whole) > 1 && whole[0] == '0'
	switch {
	case groupedNumber.MatchString(s):
		return moment{}, newFlaw(CodeDateInvalid, "is a number with marks between its thousands, or a small one with a fraction").
			withHint("write the numbers of days without such marks: 33000")
	case n == 0 || n != len(whole) || leading || strings.Trim(fraction, "0123456789") != "" || len(s) > 40:
		return moment{}, newFlaw(CodeDateInvalid, "is no number of days as Excel counts them").likely(s, setFormat)
	case 1900 <= days && days <= 2100:
		return moment{}, newFlaw(CodeDateInvalid, "looks like a year alone, not like a number of days as Excel counts them").withHint(yearAloneHint)
	}
	if strings.HasPrefix(fraction, "9999999") { // within a tenth of a second of the next day: 32995.9999999999 is what arithmetic leaves of 32996
		days, fraction = days+1, ""
	}
	d, bad := serialDate(c, days)
	m := moment{date: d}
	if strings.Trim(fraction, "0") != "" {
		m.clock = time.Nanosecond // which time it is does not matter
	}
	return m, bad
}

// groupedNumber is 33,000 and 1.234.567 and 33 000: nobody can tell the first from a number with a fraction.
var groupedNumber = regexp.MustCompile(`^\d{1,3}([.,' \x{2019}]\d{3})+$`)

// serialDate is the day of a number of days.
func serialDate(c calendar, days int) (Date, *flaw) {
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
	return dateOf(time.Date(1899, time.December, 30+days, 0, 0, 0, 0, time.UTC))
}
