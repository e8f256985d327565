package suggest

import (
	"strings"
	"sync"

	"importer/mapping"
	"importer/mapping/wordlist"
)

// meaning is what a column may be. Some meanings are no field: they are known so that they are told from fields.
type meaning struct {
	field     mapping.Field // NoField for what is no field
	is        string        // what it is when it is no field
	address   bool          // it is about an address
	soft, not []string      // words that cost nothing, and words that rule it out, beside its phrases
}

const (
	surePoints   Score = 0.98 // of phrases that mean just this
	likelyPoints Score = 0.62 // of phrases that mean it more often than not
)

// What words/fields.txt says of meanings that are no field and that the code asks for.
const (
	fullName    = "a full name"
	addressLine = "a line with street and house number"
	secondLine  = "a further line of an address"
	birthDay    = "the day of a birth date"
	birthMonth  = "the month of a birth date"
	birthYear   = "the year of a birth date"
	optOut      = "an opt-out"
)

// lexicon is what words/fields.txt and words/columns.txt say of the names of columns, made ready for looking up.
type lexicon struct {
	meanings []meaning
	phrases  map[string][]phrase // by the words without spaces
	longest  int                 // words of the longest phrase
	known    map[string]bool     // single words that mean something: glued words are taken apart into these
	cores    map[string]bool     // words that alone are a sure phrase of some field

	words  *wordlist.Section // words in names of columns besides the phrases
	places *wordlist.Section // words that say which of several it is, by their cost
}

type phrase struct {
	meaning int
	points  Score
}

// theLexicon is made on first use and never changed.
var theLexicon = sync.OnceValue(func() *lexicon {
	l := &lexicon{phrases: map[string][]phrase{}, known: map[string]bool{}, cores: map[string]bool{}, words: columnWords("words"), places: columnWords("places")}
	for _, s := range wordlist.Must(wordFiles, "words/fields.txt") {
		l.addMeaning(s)
	}
	l.learn(l.words.Items("harmless")...)
	l.learn(l.words.Items("turning")...)
	for _, cost := range l.places.Keys {
		l.learn(l.places.Items(cost)...)
	}
	return l
})

// addMeaning takes one section of words/fields.txt. It panics when the section is none: a test reads the file.
func (l *lexicon) addMeaning(s wordlist.Section) {
	var m meaning
	var isField, isOther bool
	m.field, isField = mapping.ParseField(s.Name)
	m.is, isOther = strings.CutPrefix(s.Name, "no field: ")
	if isField == isOther {
		panic("words/fields.txt has the section " + s.Name)
	}
	m.address = isAddress(m)
	l.meanings = append(l.meanings, m)
	added := &l.meanings[len(l.meanings)-1]
	for _, key := range s.Keys {
		switch key {
		case "sure":
			l.addPhrases(s.Items(key), surePoints)
		case "likely":
			l.addPhrases(s.Items(key), likelyPoints)
		case "soft":
			added.soft = s.Items(key)
		case "not":
			added.not = s.Items(key)
		default:
			panic("words/fields.txt has the key " + key)
		}
	}
}

func isAddress(m meaning) bool {
	switch m.field {
	case mapping.PostalCode, mapping.Country, mapping.AddressLine, mapping.AddressPremise, mapping.AddressLocality, mapping.AddressState:
		return true
	}
	return m.is == addressLine || m.is == secondLine
}

// addPhrases gives phrases to the meaning that was added last.
func (l *lexicon) addPhrases(phrases []string, points Score) {
	at := len(l.meanings) - 1
	for _, text := range phrases {
		words := strings.Fields(text)
		joined := strings.Join(words, "")
		l.phrases[joined] = append(l.phrases[joined], phrase{at, points})
		l.longest = max(l.longest, len(words))
		l.learn(words...)
		if len(words) == 1 && points == surePoints && l.meanings[at].field != mapping.NoField {
			l.cores[joined] = true
		}
	}
}

// learn notes words for taking glued names apart. Short ones would be found everywhere.
func (l *lexicon) learn(words ...string) {
	for _, w := range words {
		if len(w) >= 3 {
			l.known[w] = true
		}
	}
}

// split takes a word apart that is several known words glued together, into as few as possible. Words that are known, or
// cannot be taken apart wholly, stay as they are.
func (l *lexicon) split(word string) []string {
	if l.known[word] || len(word) > 60 {
		return []string{word}
	}
	best := make([][]string, len(word)+1)
	best[0] = []string{}
	for end := 3; end <= len(word); end++ {
		for from := 0; from <= end-3; from++ {
			if best[from] == nil || !l.known[word[from:end]] {
				continue
			}
			if best[end] == nil || len(best[from])+1 < len(best[end]) {
				best[end] = append(append([]string{}, best[from]...), word[from:end])
			}
		}
	}
	if len(best[len(word)]) < 2 {
		return []string{word}
	}
	return best[len(word)]
}
