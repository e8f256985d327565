package suggest

import (
	"cmp"
	"slices"
	"strings"

	"importer/mapping"
)

// maxListed is how many different cells a proposal lists under `values`.
const maxListed = 120

// understood is what a column's words mean for a field that takes a fixed set of words.
type understood struct {
	values  map[string]string // cell -> canonical word, for every cell that is understood
	needed  bool              // some of them are not read by package mapping as they stand
	unknown []string          // cells that are not understood, in the order of their appearance
	share   float64           // of the filled cells that are understood
}

// wordsAs reads a column's cells as words of the field's kind.
func wordsAs(f mapping.Field, c *content) understood {
	u := understood{values: map[string]string{}}
	if len(c.counts) > maxListed {
		if f.Kind() != mapping.CountryCode && f.Kind() != mapping.LanguageTag || len(c.counts) > 3*maxListed {
			return u // that many different texts are no fixed set of words
		}
	}
	reads, _ := newReading(f, mapping.FieldSpec{})
	meanings := meaningsOf(f, c)
	known := 0
	for _, text := range c.order {
		// What this column's words mean together goes before what a word means by itself: M is a woman beside H.
		word := ""
		for _, of := range meanings {
			word = cmp.Or(word, of(normal(text)))
		}
		if word != "" {
			u.values[text] = word
			u.needed = u.needed || !reads(text) || differs(f, text, word)
		} else if reads(text) {
			u.values[text] = text
		} else {
			u.unknown = append(u.unknown, text)
			continue
		}
		known += c.counts[text]
	}
	if c.filled > 0 {
		u.share = float64(known) / float64(c.filled)
	}
	return u
}

// differs reports a cell that package mapping would read, but as something else.
func differs(f mapping.Field, text, word string) bool {
	if f.Kind() != mapping.GenderWord {
		return false
	}
	low := strings.ToLower(text)
	return low == "m" && word != "male" || low == "f" && word != "female"
}

// meaningsOf returns what normalized words mean for the field in this column, "" for words that are not known; the first that knows a word counts.
func meaningsOf(f mapping.Field, c *content) []func(normalized string) string {
	switch {
	case f == mapping.Newsletter:
		return []func(string) string{cellWords("subscriptions").Of, cellWords("yes or no").Of}
	case f.Kind() == mapping.Bool:
		return []func(string) string{cellWords("yes or no").Of}
	case f.Kind() == mapping.GenderWord:
		return []func(string) string{genderLettersOf(c), cellWords("genders").Of}
	}
	return nil
}

// genderLettersOf says what the single letters in a column mean, as far as another letter in it shows.
func genderLettersOf(c *content) func(string) string {
	letters := cellWords("gender letters")
	meant := map[string]string{}
	if i := slices.IndexFunc(letters.Keys, func(mark string) bool { return hasWord(c, mark) }); i >= 0 {
		pair := letters.Items(letters.Keys[i])
		meant[pair[0]], meant[pair[1]] = "male", "female"
	}
	return func(word string) string { return meant[word] }
}
