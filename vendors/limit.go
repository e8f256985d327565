package vendors

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Limit is a promise to a vendor: at most N requests in any window of length Per.
type Limit struct {
	N   int           // at least 1
	Per time.Duration // at least 1 ms
}

// String returns the limit as [ParseLimits] reads it: "5/s", "2000/15m".
func (l Limit) String() string { return strconv.Itoa(l.N) + "/" + shortDuration(l.Per) }

// FormatLimits returns limits as [ParseLimits] reads them; "none" when there are none.
func FormatLimits(limits []Limit) string {
	if len(limits) == 0 {
		return "none"
	}
	texts := make([]string, len(limits))
	for i, l := range limits {
		texts[i] = l.String()
	}
	return strings.Join(texts, ",")
}

// ParseLimits reads "20/s", "20/s,2000/15m" or "none". "none" gives an empty slice that is not nil. A window is a unit (ms, s, m, h, d) or a
// number and a unit; a count is 1 to 1,000,000,000.
func ParseLimits(text string) ([]Limit, error) {
	if strings.EqualFold(strings.TrimSpace(text), "none") {
		return []Limit{}, nil
	}
	var limits []Limit
	for _, part := range strings.Split(text, ",") {
		l, err := parseLimit(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		limits = append(limits, l)
	}
	return limits, nil
}

func parseLimit(text string) (Limit, error) {
	count, window, found := strings.Cut(text, "/")
	if !found {
		return Limit{}, fmt.Errorf("rate %q has no \"/\"; write it like 20/s, 2000/15m or none", text)
	}
	n, err := strconv.Atoi(strings.TrimSpace(count))
	if err != nil || n < 1 || n > 1_000_000_000 {
		return Limit{}, fmt.Errorf("rate %q: the count must be a whole number from 1 to 1000000000", text)
	}
	per, ok := parseWindow(strings.TrimSpace(window))
	if !ok {
		return Limit{}, fmt.Errorf("rate %q: the window must be like s, 15m, 1h or 1d", text)
	}
	return Limit{N: n, Per: per}, nil
}

// parseWindow reads "s" as one second and "15m" as fifteen minutes; at most 31 days.
func parseWindow(text string) (time.Duration, bool) {
	digits := 0
	for digits < len(text) && text[digits] >= '0' && text[digits] <= '9' {
		digits++
	}
	count := 1
	if digits > 0 {
		n, err := strconv.Atoi(text[:digits])
		if err != nil || n < 1 || n > 31*24*3600*1000 {
			return 0, false
		}
		count = n
	}
	unit, ok := windowUnit(text[digits:])
	if !ok || count > int(31*24*time.Hour/unit) {
		return 0, false
	}
	return time.Duration(count) * unit, true
}

func windowUnit(name string) (time.Duration, bool) {
	switch name {
	case "ms":
		return time.Millisecond, true
	case "s":
		return time.Second, true
	case "m", "min":
		return time.Minute, true
	case "h":
		return time.Hour, true
	case "d":
		return 24 * time.Hour, true
	}
	return 0, false
}

// shortDuration writes a window with its largest fitting unit, the number left out when it is 1.
func shortDuration(d time.Duration) string {
	for _, u := range []string{"d", "h", "m", "s", "ms"} {
		unit, _ := windowUnit(u)
		if d < unit || d%unit != 0 {
			continue
		}
		if d == unit {
			return u
		}
		return strconv.FormatInt(int64(d/unit), 10) + u
	}
	return d.String()
}
