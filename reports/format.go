package reports

import (
	"fmt"
	"strings"
	"time"

	"importer/pipeline/journal"
)

// Grouped writes a number with thousands apart: 1,234,567.
func Grouped(n int64) string {
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// CountsText writes the counts that are not 0: "40 created, 2 exists".
func CountsText(counts journal.Counts) string { return strings.Join(terms(counts, Grouped), ", ") }

// terms are the counts that are not 0, each with its status: "40 created".
func terms(counts journal.Counts, number func(int64) string) (list []string) {
	for _, s := range journal.Statuses() {
		if n := counts[s]; n != 0 {
			list = append(list, number(n)+" "+s.String())
		}
	}
	return list
}

// Plural writes "1 row", "2 rows".
func Plural(n int64, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return Grouped(n) + " " + noun
}

// elapsed writes seconds as people say them: 40 ms, 0.4 s, 12.3 s, 4 min 10 s, 2 h 5 min.
func elapsed(sec float64) string {
	d := time.Duration(sec * float64(time.Second))
	switch {
	case d < 100*time.Millisecond:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Hour:
		d = d.Round(time.Second)
		return fmt.Sprintf("%d min %d s", d/time.Minute, d%time.Minute/time.Second)
	}
	d = d.Round(time.Minute)
	return fmt.Sprintf("%d h %d min", d/time.Hour, d%time.Hour/time.Minute)
}
