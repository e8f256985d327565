package reports

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// group writes a number with thousands apart: 1,234,567.
func group(n int64) string {
	digits := strconv.FormatInt(n, 10)
	var b strings.Builder
	for i, d := range digits {
		if left := len(digits) - i; i > 0 && left%3 == 0 && digits[i-1] != '-' {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// plural writes "1 row", "2 rows".
func plural(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return group(n) + " " + noun + "s"
}

func pluralWas(n int64) string {
	if n == 1 {
		return "1 row was"
	}
	return group(n) + " rows were"
}

// elapsed writes seconds as people say them: 0.4 s, 12.3 s, 4 min 10 s, 2 h 5 min.
func elapsed(sec float64) string {
	d := time.Duration(sec * float64(time.Second))
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Hour:
		d = d.Round(time.Second)
		return fmt.Sprintf("%d min %d s", d/time.Minute, d%time.Minute/time.Second)
	}
	d = d.Round(time.Minute)
	return fmt.Sprintf("%d h %d min", d/time.Hour, d%time.Hour/time.Minute)
}

// Group writes a number with thousands apart: 1,234,567.
func Group(n int64) string { return group(n) }

// Plural writes "1 row", "2 rows".
func Plural(n int64, noun string) string { return plural(n, noun) }
