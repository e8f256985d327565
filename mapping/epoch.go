package mapping

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// unit is what a number since 1 January 1970 in UTC counts; the zero unit is none.
type unit uint8

const (
	noUnit unit = iota
	seconds
	milliseconds
	finer // microseconds, nanoseconds: no format reads them
)

// epochFormats are the formats that stand for a unit. It is never changed.
var epochFormats = map[string]unit{"epoch_s": seconds, "epoch_ms": milliseconds}

// The bounds by which units are told apart: the year 2100 in each.
const (
	lastSecond      = 4_102_444_800
	lastMillisecond = lastSecond * 1000
)

// unitOf is what a number seems to count, for a moment from 1840 to 2100.
func unitOf(n int64) unit {
	switch {
	case -lastSecond <= n && n <= lastSecond:
		return seconds
	case -lastMillisecond <= n && n <= lastMillisecond:
		return milliseconds
	}
	return finer
}

func (u unit) hint() string {
	switch u {
	case seconds:
		return "these seem to be seconds since 1970: set `format: epoch_s`"
	case milliseconds:
		return "these seem to be milliseconds since 1970: set `format: epoch_ms`"
	}
	return "if these count from 1970 in parts of a millisecond, export the list again with dates written YYYY-MM-DD"
}

// quarter is what all time zones of today are whole multiples of, in seconds: a midnight anywhere is one in UTC.
const quarter = 900

// epochNumber is a number, perhaps with a fraction; dotNet is one as .NET and JavaScript write it: /Date(641692800000+0200)/, new Date(641692800000).
var (
	epochNumber = regexp.MustCompile(`^(-?(?:0|[1-9]\d{0,17}))(?:\.(\d{1,9}))?$`)
	dotNet      = regexp.MustCompile(`^(?:\\?/Date\((-?\d{1,15})([+-]\d{4})?\)\\?/|(?:new )?Date\( ?(-?\d{1,15}) ?\))$`)
)

// readEpoch reads a moment as so many units since 1970. What looks like another unit, or like something else that is a number, is refused.
func readEpoch(u unit, s string) (moment, *flaw) {
	if found := dotNet.FindStringSubmatch(s); found != nil && u == milliseconds {
		return dotNetMoment(found[1]+found[3], found[2])
	}
	found := epochNumber.FindStringSubmatch(s)
	bad := newFlaw(CodeDateInvalid, "is no number of "+map[unit]string{seconds: "seconds", milliseconds: "milliseconds"}[u]+" since 1970")
	if found == nil {
		return moment{}, bad.likely(s, "")
	}
	n, err := strconv.ParseInt(found[1], 10, 64)
	fraction := strings.Trim(found[2], "0") != ""
	switch {
	case err != nil || unitOf(n) > u:
		return moment{}, bad.likely(s, "")
	case u == milliseconds && unitOf(n) == seconds && n%(quarter*1000) != 0: // births of January 1970 are whole quarters of an hour
		return moment{}, bad.likely(s, "")
	case u == seconds && -1e8 < n && n < 1e8 && (n%quarter != 0 || fraction): // a day of Excel, a year, YYYYMMDD: births up to 1973 are whole quarters of an hour
		return moment{}, bad.likely(s, "")
	}
	t := time.Unix(n, 0)
	if u == milliseconds {
		t = time.UnixMilli(n)
	}
	m := momentOf(t.UTC())
	m.utc = true
	if fraction {
		m.clock++
	}
	return m, nil
}

// dotNetMoment is a moment with an offset such as +0200, whose day counts then, or none.
func dotNetMoment(number, offset string) (moment, *flaw) {
	n, _ := strconv.ParseInt(number, 10, 64) // 15 digits at most
	if offset == "" || strings.Trim(offset, "+-0") == "" {
		m := momentOf(time.UnixMilli(n).UTC())
		m.utc = true
		return m, checkYear(m)
	}
	minutes, _ := leadingNumber(offset[3:], 2)
	hours, _ := leadingNumber(offset[1:3], 2)
	minutes += 60 * hours
	if offset[0] == '-' {
		minutes = -minutes
	}
	m := momentOf(time.UnixMilli(n).UTC().Add(time.Duration(minutes) * time.Minute))
	return m, checkYear(m)
}

func checkYear(m moment) *flaw {
	if !m.date.Valid() {
		return newFlaw(CodeDateImpossible, "is not in the years 1 to 9999")
	}
	return nil
}
