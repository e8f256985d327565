package mapping

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// fillerDay is a day that programs write where they have none.
type fillerDay struct {
	date Date
	sure bool // nobody living was born then: one cell is enough to be noted
}

// fillerDays are those that can be read as birth dates. It is never changed.
var fillerDays = []fillerDay{
	{Date{1900, 1, 1}, true}, {Date{1900, 1, 2}, true}, {Date{1901, 1, 1}, true}, {Date{1904, 1, 1}, true}, {Date{1904, 1, 2}, true},
	{Date{1910, 1, 1}, false}, {Date{1911, 11, 11}, false}, {Date{1950, 1, 1}, false}, {Date{1960, 1, 1}, false}, {Date{1969, 12, 31}, false}, {Date{1970, 1, 1}, false},
	{Date{1970, 1, 2}, false}, {Date{1980, 1, 1}, false}, {Date{1990, 1, 1}, false}, {Date{1999, 12, 31}, false}, {Date{2000, 1, 1}, false}, {Date{2001, 1, 1}, false},
}

// noDays are those that are refused anyway. It is never changed.
var noDays = []Date{
	{0, 0, 0}, {1, 1, 1}, {9999, 12, 31}, {9999, 1, 1}, {9999, 9, 9}, {2999, 12, 31}, {2099, 12, 31}, {1111, 11, 11}, {1582, 10, 15}, {1601, 1, 1}, {1753, 1, 1}, {1800, 1, 1},
	{1899, 12, 29}, {1899, 12, 30}, {1899, 12, 31},
}

var (
	dayThenTime = regexp.MustCompile(`^(\d{1,4})([/. -])(\d{1,2})([/. -])(\d{1,4})(?:[T ,]+[0-9:.,]+ ?(?:[APap][Mm]|Z|\+00:?00)?)?$`)
	eightDigits = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
)

// StandsForNoDate reports a text that programs write where they have no date, such as 0000-00-00, 31.12.9999 or 01/01/0001 00:00:00, in whatever order:
// one that is no birth date in any reading.
func StandsForNoDate(text string) bool {
	text = plainDate(text)
	if found := eightDigits.FindStringSubmatch(text); found != nil {
		return isNoDay(found[1], found[2], found[3])
	}
	found := dayThenTime.FindStringSubmatch(text)
	if found == nil {
		return isNoMoment(text)
	}
	if found[2] != found[4] {
		return false
	}
	return isNoDay(found[1], found[3], found[5]) || isNoDay(found[5], found[3], found[1]) || isNoDay(found[5], found[1], found[3])
}

// isNoMoment reports the first or the last moment that .NET knows, in seconds or milliseconds since 1970 and any time zone: /Date(-62135596800000)/.
func isNoMoment(text string) bool {
	number := text
	if found := dotNet.FindStringSubmatch(text); found != nil {
		number = found[1] + found[3]
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return false
	}
	const firstSecond, lastSecond, zones = -62135596800, 253402300799, 14 * 3600
	for _, second := range []int64{n, n / 1000} {
		if -zones <= second-firstSecond && second-firstSecond <= zones || -zones <= second-lastSecond && second-lastSecond <= zones {
			return true
		}
	}
	return false
}

func isNoDay(year, month, day string) bool {
	if len(year) != 4 || len(month) > 2 || len(day) > 2 {
		return false
	}
	var d Date
	d.Year, _ = leadingNumber(year, 4)
	d.Month, _ = leadingNumber(month, 2)
	d.Day, _ = leadingNumber(day, 2)
	return slices.Contains(noDays, d)
}

// emptied is the flaw with how to read the text as an empty cell, where that is what it stands for.
func (f *flaw) emptied(text string) *flaw {
	if !StandsForNoDate(text) {
		return f
	}
	return f.withHint("if this stands for no date, list it: `empty: [" + Scalar(text) + "]`")
}

// fillers counts the dates of a field, and those among them that stand for none perhaps. It is safe for concurrent use, and bounded.
type fillers struct {
	dates atomic.Int64
	times [24 * 4]atomic.Int64 // of day that were dropped, by quarter of an hour, as far as they are whole ones
	mu    sync.Mutex
	cells map[string]*filler // by the cell's text; at most maxFillers
}

type filler struct {
	day   fillerDay
	cells int64
}

const (
	maxFillers     = 40   // different texts that are counted
	leastFillers   = 3    // cells of one day from which on it stands out
	fillersPerDate = 1000 // and it has one cell of so many: any other day has one of 25,000
	twoPerDate     = 20   // two cells are enough in a list of twice as many dates
)

func (f *fillers) count(v *value, text string) {
	f.dates.Add(1)
	if at := v.clock / (quarter * time.Second); v.clock > 0 && v.clock%(quarter*time.Second) == 0 && int(at) < len(f.times) {
		f.times[at].Add(1)
	}
	i := slices.IndexFunc(fillerDays, func(filler fillerDay) bool { return filler.date == v.date })
	if i < 0 || len(text) > maxShown {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.cells == nil {
		f.cells = map[string]*filler{}
	}
	found := f.cells[text]
	if found == nil {
		if len(f.cells) == maxFillers {
			return
		}
		found = &filler{day: fillerDays[i]}
		if strings.Trim(onlyDigits(text), "0") == "" { // 0, /Date(0)/: the first second of 1970 is nobody's birth date
			found.day.sure = true
		}
		f.cells[strings.Clone(text)] = found
	}
	found.cells++
}

// seenTimes shows the times of day that several cells had, the commonest first: 22:00 and 23:00 are midnights that were shifted.
func (f *fillers) seenTimes() (seen []string) {
	var quarters []int
	for i := range f.times {
		if f.times[i].Load() >= leastFillers {
			quarters = append(quarters, i)
		}
	}
	slices.SortStableFunc(quarters, func(a, b int) int { return cmp.Compare(f.times[b].Load(), f.times[a].Load()) })
	for _, i := range quarters[:min(len(quarters), maxSeen)] {
		seen = append(seen, fmt.Sprintf("%02d:%02d in %d", i/4, i%4*15, f.times[i].Load()))
	}
	return seen
}

// standOut returns how many cells have a day that stands out, and what to show of them: each text with its count, and how to read them as empty.
func (f *fillers) standOut() (cells int64, seen []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	perDay := map[Date]int64{}
	for _, filler := range f.cells {
		perDay[filler.day.date] += filler.cells
	}
	var texts []string
	for text, filler := range f.cells {
		n := perDay[filler.day.date]
		if dates := f.dates.Load(); filler.day.sure || n >= leastFillers && n*fillersPerDate >= dates || n == 2 && n*twoPerDate >= dates {
			cells += filler.cells
			texts = append(texts, text)
		}
	}
	if len(texts) == 0 {
		return 0, nil
	}
	slices.SortFunc(texts, func(a, b string) int {
		return cmp.Or(cmp.Compare(f.cells[b].cells, f.cells[a].cells), cmp.Compare(a, b))
	})
	texts = texts[:min(len(texts), maxSeen-1)]
	for _, text := range texts {
		seen = append(seen, fmt.Sprintf("%s in %d", Escape(text, maxShown), f.cells[text].cells))
	}
	return cells, append(seen, "if they stand for none: empty: ["+strings.Join(scalars(texts), ", ")+"]")
}
