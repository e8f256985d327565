package mapping

import (
	"cmp"
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
