package suggest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"importer/mapping"
)

var fourDigits = regexp.MustCompile(`(?:^|\D)(\d{4})(?:\D|$)`)

// bornThen reports dates as people's births are: spread over decades, and most of them before 2015.
func bornThen(c *content) bool {
	var years []int
	for _, text := range c.examined() {
		if found := fourDigits.FindStringSubmatch(text); found != nil {
			year, _ := strconv.Atoi(found[1])
			years = append(years, year)
		}
	}
	if len(years) < 5 {
		return false
	}
	slices.Sort(years)
	return years[len(years)*9/10] < 2015 && years[len(years)*9/10]-years[len(years)/10] >= 15
}

func spells(u understood, word string) bool {
	for text, canonical := range u.values {
		if canonical == word || strings.EqualFold(text, word) {
			return true
		}
	}
	return false
}

// longest is the length in bytes of the longest text looked at closely.
func longest(c *content) int {
	n := 0
	for _, text := range c.examined() {
		n = max(n, len(text))
	}
	return n
}

// digitless is the share of texts without a digit.
func digitless(c *content) float64 {
	return c.share(func(text string) bool { return !strings.ContainsAny(text, "0123456789") })
}

// evenDigits reports numbers of four to six digits, all of one length, not all the same.
func evenDigits(c *content) bool {
	texts := c.examined()
	if len(texts) < 2 || c.digits < 0.999 || len(texts[0]) < 4 || len(texts[0]) > 6 {
		return false
	}
	return !slices.ContainsFunc(texts, func(text string) bool { return len(text) != len(texts[0]) })
}

func shareOfSalutations(c *content) float64 {
	if len(c.counts) > 12 || c.filled == 0 {
		return 0
	}
	known, all := 0, 0
	for text, n := range c.counts {
		all += n
		w := strings.ReplaceAll(normal(text), " ", "")
		other := w == "d" || w == "m" && len(c.counts) < 3 && !hasWord(c, "mme")
		if !other && cellWords("words").Has("salutations", w) {
			known += n
		}
	}
	return float64(known) / float64(all)
}

func hasWord(c *content, word string) bool {
	return slices.ContainsFunc(c.order, func(text string) bool { return normal(text) == word })
}

// titleOrSalutation separates Dr and Head of Sales from Mr and Mrs: `Title` is used for both.
func titleOrSalutation(c *column, f mapping.Field, e *evidence) {
	share := shareOfSalutations(&c.content)
	switch {
	case f == mapping.Title && share >= 0.8:
		e.limit(0.3, "the cells are forms of address")
		c.raise(mapping.Salutation, 0.85, "the cells are forms of address")
	case f == mapping.Salutation && c.content.spaced > 0.8 && share < 0.1:
		e.limit(0.5, "the cells are no forms of address")
	}
}

func stateOfAccount(c *content) bool {
	if len(c.counts) > 10 {
		return false
	}
	return !slices.ContainsFunc(c.order, func(text string) bool { return !cellWords("words").Has("account states", normal(text)) })
}

// noLegs reports words besides those for the two sides of a genealogy.
func noLegs(c *content) bool {
	words := []string{"l", "r", "left", "right", "1", "2", "auto"}
	return slices.ContainsFunc(c.order, func(text string) bool { return !slices.Contains(words, strings.ToLower(text)) })
}
