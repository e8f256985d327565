package vendors

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// longestRetryAfter bounds what ParseRetryAfter returns, so that sums with it cannot overflow. The engine caps waits further.
const longestRetryAfter = 31 * 24 * time.Hour

// ParseRetryAfter reads a Retry-After header: delay in seconds or an HTTP date (RFC 9110, section 10.2.3). A date in the past gives 0 and true.
// The result is never negative and never above 31 days; false means the header says nothing that can be used.
func ParseRetryAfter(value string, now time.Time) (time.Duration, bool) {
	value = strings.TrimSpace(value)
	if value == "" {
		return 0, false
	}
	if isDigits(value) {
		seconds, err := strconv.ParseInt(value, 10, 64)
		if err != nil || seconds > int64(longestRetryAfter/time.Second) {
			return longestRetryAfter, true
		}
		return time.Duration(seconds) * time.Second, true
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0, false
	}
	return min(max(at.Sub(now), 0), longestRetryAfter), true
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
