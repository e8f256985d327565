package mapping

import (
	"cmp"
	"time"
)

// Before reports whether d comes before e.
func (d Date) Before(e Date) bool { return cmp.Or(d.Year-e.Year, d.Month-e.Month, d.Day-e.Day) < 0 }

// dateOf returns the day of a time, as its location counts it.
func dateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, int(month), day}
}

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
