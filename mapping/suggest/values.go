package suggest

import (
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
	mean := meaningOf(f, c)
	known := 0
	for _, text := range c.order {
		// What this column's words mean together goes before what a word means by itself: M is a woman beside H.
		if word, ok := mean(normal(text)); ok {
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

// meaningOf returns what a normalized word means for the field in this column, and whether that is known.
func meaningOf(f mapping.Field, c *content) func(normalized string) (string, bool) {
	words := cellWords()
	switch {
	case f == mapping.Newsletter:
		return lookUp(words.subscriptions, words.truths)
	case f.Kind() == mapping.Bool:
		return lookUp(words.truths)
	case f.Kind() == mapping.GenderWord:
		return lookUp(genderLettersOf(c), words.genders)
	}
	return lookUp()
}

// lookUp asks the tables one after the other.
func lookUp(tables ...map[string]string) func(string) (string, bool) {
	return func(word string) (string, bool) {
		for _, table := range tables {
			if meant, ok := table[word]; ok {
				return meant, true
			}
		}
		return "", false
	}
}

// genderLettersOf says what the single letters in a column mean; nil where nothing tells.
func genderLettersOf(c *content) map[string]string {
	letters := cellWords().genderLetters
	for _, mark := range letters.Keys {
		if pair := letters.Items(mark); hasWord(c, mark) {
			return map[string]string{pair[0]: "male", pair[1]: "female"}
		}
	}
	return nil
}
