package vendors

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"importer/mapping/problem"
)

// longest bounds windows and what ParseRetryAfter returns, so that sums with them cannot overflow. The engine caps waits further.
const longest = 31 * 24 * time.Hour

// Limit is a promise to a vendor: at most N requests in any window of length Per.
type Limit struct {
	N   int           // at least 1
	Per time.Duration // at least 1 ms
}

// String returns the limit as [ParseLimits] reads it: "5/s", "2000/15m".
func (l Limit) String() string { return strconv.Itoa(l.N) + "/" + shortDuration(l.Per) }

// FormatLimits returns limits as [ParseLimits] reads them; "none" when there are none.
func FormatLimits(limits []Limit) string {
	texts := make([]string, len(limits))
	for i, l := range limits {
		texts[i] = l.String()
	}
	return cmp.Or(strings.Join(texts, ","), "none")
}

// ParseLimits reads "20/s", "20/s,2000/15m" or "none". "none" gives an empty slice that is not nil. A window is a unit (ms, s, m, h, d) or a
// number and a unit; a count is 1 to 1,000,000,000. The error is a [problem.Error] of the kind Input.
func ParseLimits(text string) ([]Limit, error) {
	if strings.EqualFold(strings.TrimSpace(text), "none") {
		return []Limit{}, nil
	}
	var limits []Limit
	for part := range strings.SplitSeq(text, ",") {
		l, err := parseLimit(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		limits = append(limits, l)
	}
	return limits, nil
}

func parseLimit(text string) (Limit, error) {
	wrong := func(format string) (Limit, error) {
		return Limit{}, problem.New(problem.Input, fmt.Sprintf(format, text), "write it like 20/s, 2000/15m or none")
	}
	count, window, found := strings.Cut(text, "/")
	if !found {
		return wrong(`rate %q has no "/"`)
	}
	n, err := strconv.Atoi(strings.TrimSpace(count))
	if err != nil || n < 1 || n > 1_000_000_000 {
		return wrong("rate %q: the count must be a whole number from 1 to 1000000000")
	}
	per, ok := parseWindow(strings.TrimSpace(window))
	if !ok {
		return wrong("rate %q: the window must be like s, 15m, 1h or 1d")
	}
	return Limit{N: n, Per: per}, nil
}

// windowUnits lists the units of a window from the longest; of two names of one length the first is written.
var windowUnits = []struct {
	name   string
	length time.Duration
}{{"d", 24 * time.Hour}, {"h", time.Hour}, {"m", time.Minute}, {"min", time.Minute}, {"s", time.Second}, {"ms", time.Millisecond}}

// parseWindow reads "s" as one second and "15m" as fifteen minutes; at most 31 days.
func parseWindow(text string) (time.Duration, bool) {
	name := strings.TrimLeft(text, "0123456789")
	count, err := strconv.Atoi(cmp.Or(strings.TrimSuffix(text, name), "1"))
	for _, u := range windowUnits {
		if u.name == name {
			return time.Duration(count) * u.length, err == nil && count >= 1 && count <= int(longest/u.length)
		}
	}
	return 0, false
}

// shortDuration writes a window with its largest fitting unit, the number left out when it is 1.
func shortDuration(d time.Duration) string {
	for _, u := range windowUnits {
		if d >= u.length && d%u.length == 0 {
			if d == u.length {
				return u.name
			}
			return strconv.FormatInt(int64(d/u.length), 10) + u.name
		}
	}
	return d.String()
}

// ParseRetryAfter reads a Retry-After header: delay in seconds or an HTTP date (RFC 9110, section 10.2.3). A date in the past gives 0 and true.
// The result is never negative and never above 31 days; false means the header says nothing that can be used.
func ParseRetryAfter(value string, now time.Time) (time.Duration, bool) {
	value = strings.TrimSpace(value)
	if value == "" {
		return 0, false
	}
	if isDigits(value) {
		seconds, err := strconv.ParseInt(value, 10, 64)
		if err != nil || seconds > int64(longest/time.Second) {
			return longest, true
		}
		return time.Duration(seconds) * time.Second, true
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0, false
	}
	return min(max(at.Sub(now), 0), longest), true
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
