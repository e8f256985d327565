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
	strange []string          // cells that are not understood, in the order of their appearance
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
		if word, ok := mean(fold(text)); ok {
			u.values[text] = word
			u.needed = u.needed || !reads(text) || differs(f, text, word)
		} else if reads(text) {
			u.values[text] = text
		} else {
			u.strange = append(u.strange, text)
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

func meaningOf(f mapping.Field, c *content) func(folded string) (string, bool) {
	switch f.Kind() {
	case mapping.Bool:
		words := cellWords().truths
		if f == mapping.Newsletter {
			return func(w string) (string, bool) {
				if word, ok := cellWords().subscriptions[w]; ok {
					return word, true
				}
				word, ok := words[w]
				return word, ok
			}
		}
		return func(w string) (string, bool) { word, ok := words[w]; return word, ok }
	case mapping.GenderWord:
		return genderMeaning(c)
	}
	return func(string) (string, bool) { return "", false }
}

// genderLetters say what single letters mean, told by the letters that stand beside them: H and M are hombre and mujer. Never changed.
var genderLetters = []struct {
	mark         string // its presence decides
	male, female string
}{
	{"w", "m", "w"}, // männlich, weiblich
	{"h", "h", "m"}, // hombre, mujer
	{"v", "m", "v"}, // man, vrouw
	{"k", "m", "k"}, // mężczyzna, kobieta
	{"u", "u", "d"}, // uomo, donna
	{"f", "m", "f"},
}

func genderMeaning(c *content) func(string) (string, bool) {
	letters := map[string]bool{}
	for _, text := range c.order {
		if w := fold(text); len(w) == 1 {
			letters[w] = true
		}
	}
	words := cellWords().genders
	for _, l := range genderLetters {
		if !letters[l.mark] {
			continue
		}
		return func(w string) (string, bool) {
			switch {
			case w == l.male:
				return "male", true
			case w == l.female:
				return "female", true
			}
			word, ok := words[w]
			return word, ok
		}
	}
	return func(w string) (string, bool) { word, ok := words[w]; return word, ok }
}
