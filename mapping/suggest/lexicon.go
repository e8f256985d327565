package suggest

import (
	"strings"
	"sync"

	"importer/mapping"
)

// meaning is what a column may be. Some meanings are no field: they are known so that they are told from fields.
type meaning struct {
	field mapping.Field // NoField for what is no field
	key   string        // names a meaning that is no field; "" for fields
	say   string        // how people call what is no field
	// Phrases of folded words, separated by commas; lines are languages. sure phrases mean just this, likely ones (they count
	// likelyPoints) mean it more often than not.
	sure, likely string
	// soft lists words that cost nothing beside this meaning's phrases, though elsewhere they do.
	soft string
	// not lists words that rule this meaning out beside its phrases, though elsewhere they do no harm.
	not string
}

const (
	surePoints   Score = 0.98
	likelyPoints Score = 0.62
)

// Keys of meanings that are no field.
const (
	fullName    = "full name"
	addressLine = "address line"
	secondLine  = "second line"
	birthDay    = "birth day"
	birthMonth  = "birth month"
	birthYear   = "birth year"
	optOut      = "opt out"
	hash        = "hash"
	other       = "other"
)

// lexicon is what the tables say, made ready for looking up.
type lexicon struct {
	meanings []meaning
	phrases  map[string][]phrase // by the words without spaces
	longest  int                 // words of the longest phrase
	known    map[string]bool     // single words that mean something: glued words are taken apart into these
	cores    map[string]bool     // words that alone are a sure phrase of some field
	soft     []map[string]bool   // by meaning
	not      []map[string]bool   // by meaning
	address  map[int]bool        // meanings that are about an address
}

type phrase struct {
	meaning int
	points  Score
}

// theLexicon is made on first use and never changed.
var theLexicon = sync.OnceValue(func() *lexicon {
	l := &lexicon{
		meanings: append(append(personMeanings(), addressMeanings()...), otherMeanings()...),
		phrases:  map[string][]phrase{},
		known:    map[string]bool{},
		cores:    map[string]bool{},
		address:  map[int]bool{},
	}
	for i, m := range l.meanings {
		l.add(i, m.sure, surePoints)
		l.add(i, m.likely, likelyPoints)
		l.soft = append(l.soft, wordSet(m.soft))
		l.not = append(l.not, wordSet(m.not))
		l.address[i] = isAddress(m)
	}
	for _, set := range []map[string]bool{harmless, turning} {
		for w := range set {
			l.learn(w)
		}
	}
	for w := range places {
		l.learn(w)
	}
	return l
})

func isAddress(m meaning) bool {
	switch m.field {
	case mapping.PostalCode, mapping.Country, mapping.AddressLine, mapping.AddressPremise, mapping.AddressLocality, mapping.AddressState:
		return true
	}
	return m.key == addressLine || m.key == secondLine
}

func (l *lexicon) add(meaning int, table string, points Score) {
	for _, text := range phrasesOf(table) {
		words := strings.Fields(text)
		joined := strings.Join(words, "")
		l.phrases[joined] = append(l.phrases[joined], phrase{meaning, points})
		l.longest = max(l.longest, len(words))
		for _, w := range words {
			l.learn(w)
		}
		if len(words) == 1 && points == surePoints && l.meanings[meaning].field != mapping.NoField {
			l.cores[joined] = true
		}
	}
}

// learn notes a word for taking glued names apart. Short ones would be found everywhere.
func (l *lexicon) learn(word string) {
	if len(word) >= 3 {
		l.known[word] = true
	}
}

func phrasesOf(table string) []string {
	var all []string
	for _, text := range strings.FieldsFunc(table, func(r rune) bool { return r == ',' || r == '\n' }) {
		if text = strings.TrimSpace(text); text != "" {
			all = append(all, text)
		}
	}
	return all
}

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
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
