package suggest

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"importer/mapping"
)

// The bounds of looking at cells closely.
const (
	maxDistinct = 5000 // distinct texts of a column that are counted
	maxClose    = 300  // of these, how many are read as telephone numbers and the like
)

// content is what the sampled cells of a column look like. Shares are of the filled cells that were looked at closely.
type content struct {
	rows   int            // cells looked at
	filled int            // of these, not blank and no placeholder
	counts map[string]int // by trimmed text; at most maxDistinct
	order  []string       // the texts in the order of their first appearance
	blanks map[string]int // placeholders such as "n/a", by text

	emails, phones, international, hashes, masks, webs, digits, lettered, spaced, dateLike float64
}

// inspect counts a column's cells and says what they are.
func inspect(cells []string) content {
	c := content{rows: len(cells), counts: map[string]int{}, blanks: map[string]int{}}
	for _, cell := range cells {
		text := mapping.Trim(cell)
		switch {
		case text == "":
		case len(text) <= 20 && cellWords("words").Has("placeholders", strings.ToLower(text)):
			c.blanks[text]++
		default:
			c.count(text)
		}
	}
	c.keepCodes()
	c.shares()
	return c
}

// keepCodes counts placeholders of two letters as what they are where the others are codes of two letters as well: NA among countries is Namibia.
func (c *content) keepCodes() {
	isCode := func(text string) bool {
		return len(text) == 2 && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
	}
	if len(c.order) == 0 || c.share(isCode) < 0.8 {
		return
	}
	for _, text := range slices.Sorted(maps.Keys(c.blanks)) {
		for n := c.blanks[text]; isCode(text) && n > 0; n-- {
			c.count(text)
		}
		if isCode(text) {
			delete(c.blanks, text)
		}
	}
}

func (c *content) count(text string) {
	c.filled++
	if _, seen := c.counts[text]; !seen {
		if len(c.counts) >= maxDistinct {
			return
		}
		c.order = append(c.order, text)
	}
	c.counts[text]++
}

// examined returns the texts that are looked at closely.
func (c *content) examined() []string { return c.order[:min(len(c.order), maxClose)] }

func (c *content) shares() {
	c.emails, c.phones, c.international = c.share(isEmail), c.share(isPhoneLike), c.share(isInternational)
	c.hashes, c.masks, c.webs, c.dateLike = c.share(mapping.IsHash), c.share(mapping.IsMask), c.share(isWebAddress), c.share(isDateLike)
	c.digits = c.share(func(text string) bool { return strings.Trim(text, "0123456789") == "" })
	c.lettered = c.share(func(text string) bool { return strings.IndexFunc(text, unicode.IsLetter) >= 0 })
	c.spaced = c.share(func(text string) bool { return strings.ContainsAny(text, " ,") })
}

// share is the share of the texts looked at closely for which is reports true; 0 where there are none.
func (c *content) share(is func(string) bool) float64 {
	n := countOf(c.examined(), is)
	return float64(n) / float64(max(1, len(c.examined())))
}

func countOf(texts []string, is func(string) bool) (n int) {
	for _, text := range texts {
		if is(text) {
			n++
		}
	}
	return n
}

// distinct is how many of the filled cells differ, as a share; 1 where nothing was seen.
func (c *content) distinct() float64 {
	if c.filled == 0 {
		return 1
	}
	return float64(len(c.counts)) / float64(min(c.filled, maxDistinct))
}

// isEmail reports what has the shape of an address: the closer look is package mapping's.
var isEmail = regexp.MustCompile(`^[^@ ,;<>()/]+@[^@ ,;<>()/]+\.[^@ ,;<>()/.]+$`).MatchString

// isPhoneLike reports 7 to 15 digits written as telephone numbers are, and no date.
func isPhoneLike(text string) bool {
	digits := 0
	for _, r := range text {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case strings.ContainsRune(" +()-./\u00a0\u2010\u2011", r):
		default:
			return false
		}
	}
	return 7 <= digits && digits <= 15 && !isDateLike(text)
}

func isInternational(text string) bool {
	return isPhoneLike(text) && (strings.HasPrefix(text, "+") || strings.HasPrefix(text, "(+"))
}

func isWebAddress(text string) bool {
	return strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "www.")
}

// threeNumbers with separators, perhaps with a time behind.
var threeNumbers = regexp.MustCompile(`^[/\-. T]*(\d{1,4})[/\-. T]+(\d{1,4})[/\-. T]+(\d{1,4})(\D|$)`)

// isDateLike reports three numbers with separators, one of them a year of four digits, perhaps with a time behind.
func isDateLike(text string) bool {
	if len(text) < 8 || len(text) > 40 {
		return false
	}
	parts := threeNumbers.FindStringSubmatch(text)
	if parts == nil || len(parts[2]) > 2 {
		return false
	}
	if len(parts[1]) == 4 {
		parts[1], parts[3] = parts[3], parts[1]
	} else if len(parts[3]) != 4 {
		return false
	}
	day, _ := strconv.Atoi(parts[1])
	month, _ := strconv.Atoi(parts[2])
	year, _ := strconv.Atoi(parts[3])
	return 1000 <= year && year <= 2999 && 1 <= day && day <= 31 && 1 <= month && month <= 31 && (day <= 12 || month <= 12)
}
