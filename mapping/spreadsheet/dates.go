package spreadsheet

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"importer/mapping"
)

// day is a date that a text can mean. Parts that it does not say are 0.
type day struct{ year, month, day int }

var (
	clock   = regexp.MustCompile(`(?:^|[T ,])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)? ?([AaPp]\.?[Mm]\.?)?(?:Z|[+-]\d{2}:?\d{2})?$`)
	serial  = regexp.MustCompile(`^[1-9]\d{4}(?:[.,]\d+)?$`)
	compact = regexp.MustCompile(`^(?:19|20)\d{6}$`)
)

// dates reports two texts that can mean one day, or one time of day, and are written in different ways. What is no date to a person may be one to a
// spreadsheet: 3/4, MAR1, 1-2.
func dates(before, after string) bool {
	was, timeWas := splitClock(before)
	is, timeIs := splitClock(after)
	if was == "" && is == "" {
		return timeWas != "" && timeWas == timeIs
	}
	for _, a := range daysOf(was) {
		for _, b := range daysOf(is) {
			if a.meets(b) {
				return true
			}
		}
	}
	return false
}

// meets reports whether two days agree in all parts that both have, and both have two at least.
func (d day) meets(e day) bool {
	common := 0
	for _, part := range [][2]int{{d.year, e.year}, {d.month, e.month}, {d.day, e.day}} {
		switch {
		case part[0] == 0 || part[1] == 0:
		case part[0] != part[1]:
			return false
		default:
			common++
		}
	}
	return common >= 2
}

// splitClock takes the time of day off a text, and returns it as 24 hours, minutes and seconds; "" for none.
func splitClock(s string) (rest, at string) {
	parts := clock.FindStringSubmatch(s)
	if parts == nil {
		return s, ""
	}
	hour, _ := strconv.Atoi(parts[1]) // two digits
	switch half := strings.ToLower(parts[4]); {
	case strings.HasPrefix(half, "p") && hour < 12:
		hour += 12
	case strings.HasPrefix(half, "a") && hour == 12:
		hour = 0
	}
	seconds := parts[3]
	if seconds == "" {
		seconds = "00"
	}
	return strings.TrimRight(strings.TrimSuffix(s, parts[0]), " ,"), strconv.Itoa(hour) + ":" + parts[2] + ":" + seconds
}

// daysOf are the days that a text can mean, whatever the order of its parts.
func daysOf(s string) []day {
	switch {
	case serial.MatchString(s): // days since the end of 1899, as a spreadsheet counts
		n, _ := strconv.Atoi(s[:5])
		t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n)
		return []day{{t.Year(), int(t.Month()), t.Day()}}
	case compact.MatchString(s):
		s = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	parts := partsOf(s)
	if len(parts) < 2 || len(parts) > 3 {
		return nil
	}
	var list []day
	for _, order := range orders[len(parts)] {
		list = append(list, inOrder(parts, order)...)
	}
	return list
}

// orders are the orders of day, month and year in which dates are written, by the number of parts.
var orders = map[int][]string{2: {"dm", "md", "my", "ym"}, 3: {"ymd", "ydm", "dmy", "mdy"}}

// partsOf splits a text at what stands between the parts of a date, and between digits and letters; nil for what is none.
func partsOf(s string) (parts []string) {
	if len(s) > 40 {
		return nil
	}
	kind := func(r rune) int {
		switch {
		case r >= '0' && r <= '9':
			return 1
		case unicode.IsLetter(r) || unicode.IsMark(r):
			return 2
		case strings.ContainsRune("-/. ,", r):
			return 0
		}
		return -1
	}
	last := 0
	for _, r := range s {
		now := kind(r)
		switch {
		case now < 0:
			return nil
		case now > 0 && now == last:
			parts[len(parts)-1] += string(r)
		case now > 0:
			parts = append(parts, string(r))
		}
		last = now
	}
	return parts
}

// inOrder reads the parts of a date in an order, such as "dmy". A year of two digits may be of this century or the last.
func inOrder(parts []string, order string) []day {
	list := []day{{}}
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		month := 0
		if err != nil {
			month = mapping.MonthOf(part)
		}
		switch {
		case order[i] == 'm' && month > 0:
			list = each(list, func(d *day) { d.month = month })
		case err != nil || n < 0:
			return nil
		case order[i] == 'm' && len(part) <= 2 && n >= 1 && n <= 12:
			list = each(list, func(d *day) { d.month = n })
		case order[i] == 'd' && len(part) <= 2 && n >= 1 && n <= 31:
			list = each(list, func(d *day) { d.day = n })
		case order[i] == 'y' && len(part) == 4 && n >= 1000:
			list = each(list, func(d *day) { d.year = n })
		case order[i] == 'y' && len(part) == 2:
			list = append(each(list, func(d *day) { d.year = 1900 + n }), each(list, func(d *day) { d.year = 2000 + n })...)
		default:
			return nil
		}
	}
	return list
}

// each is a copy of days, changed.
func each(list []day, change func(*day)) []day {
	changed := make([]day, len(list))
	for i, d := range list {
		change(&d)
		changed[i] = d
	}
	return changed
}
