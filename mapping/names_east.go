package mapping

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"importer/mapping/wordlist"
)

// familyWords are the names of countries that write the family name first.
var familyWords = sync.OnceValue(func() *wordlist.Section { return &wordlist.Must(wordFiles, "words/families.txt")[0] })

// isFamilyFirst reports a family name of those countries that is hardly ever a given name.
func isFamilyFirst(normalized string) bool {
	words := familyWords()
	for _, key := range words.Keys {
		if !strings.HasPrefix(key, "given") && !strings.HasSuffix(key, " given") && key != "western" && words.Has(key, normalized) {
			return true
		}
	}
	return false
}

func isEastern(normalized string) bool {
	words := familyWords()
	return isFamilyFirst(normalized) || words.Has("given too", normalized) || words.Has("given", normalized)
}

// easternName looks at names of which the family name may stand first, without a comma or capitals that say so. It is a flaw where both orders are in
// use; n is the name where only one makes sense; neither where the name has nothing to do with it.
func easternName(all []string) (n fullName, found bool, bad *flaw) {
	words := familyWords()
	first, last := normalWord(all[0]), normalWord(all[len(all)-1])
	if slices.ContainsFunc(all[1:], isVietnameseMiddle) || isGivenLast(all[len(all)-1], last) || isFamilyFirst(first) && !strings.HasSuffix(all[0], ".") { // Ma. Santos is Maria
		return n, true, nameOrder
	}
	others := all[1:]
	if words.Has("given too", first) {
		if len(all) == 2 && (isFamilyFirst(last) || last == "kim" || last == "lee") {
			n, bad = cutAt(all, 1) // Wei Zhang, Kim Nguyen
			return n, true, bad
		}
		if slices.ContainsFunc(others, func(w string) bool { return isGivenOf(normalWord(w), first) }) {
			return n, true, nameOrder
		}
	}
	if len(all) == 2 && endsAsFamily(all[0], first) && !endsAsFamily(all[1], last) {
		return n, true, nameOrder // Иванов Иван, Popescu Ion
	}
	if len(all) == 2 && isFamilyToo(all[1]) {
		n, bad = cutAt(all, 1) // Anna Le
		return n, true, bad
	}
	for _, w := range others[:len(others)-1] { // Minh Van Nguyen
		if isParticle(w) && w != strings.ToLower(w) && (isFamilyFirst(last) || words.Has("given", last)) {
			return n, true, nameOrder
		}
	}
	return n, false, nil
}

// isGivenLast reports a given name of those countries in the place of the family name: Béla, Kenji, and Jae-in as Korea writes it.
func isGivenLast(w, normalized string) bool {
	words := familyWords()
	if words.Has("hungarian given", normalized) || words.Has("japanese given", normalized) {
		return true
	}
	left, right, ok := strings.Cut(w, "-")
	return ok && words.Has("given hyphened", normalized) || ok && right == strings.ToLower(right) && words.Has("given", normalWord(left)) && words.Has("given", normalWord(right))
}

// familyEnding is how family names of eastern Europe, the Caucasus, Greece and Turkey end, and hardly any given name: lists there often have them first.
var familyEnding = regexp.MustCompile(`(?:ов|ев|ёв|ова|ева|ёва|ский|цкий|ская|цкая|енко|дзе|швили|[a-z]{3}ov|[a-z]{2}[^dj]ev|vedev|[a-z]{3}eev|[a-z]{3}ova|[a-z]{2}[^dj]eva|[vwnlt]sk[iya]|[a-z]{2}enko|escu|dze|shvili|opoulos|oglu)$`)

// endsAsFamily reports a word that is a family name by its ending, and no given name that ends so.
func endsAsFamily(w, normalized string) bool {
	low := strings.ToLower(norm.NFC.String(w))
	if utf8.RuneCountInString(low) < 4 || familyWords().Has("given by ending", normalized) || familyWords().Has("given by ending", low) || strings.HasSuffix(normalized, "jeev") {
		return false
	}
	return familyEnding.MatchString(low) || familyEnding.MatchString(normalized)
}

// isGivenOf reports a given name of one syllable, or of two behind a family name that is none in the West: Mao Zedong.
func isGivenOf(normalized, family string) bool {
	words := familyWords()
	if words.Has("given", normalized) {
		return true
	}
	if words.Has("western", family) {
		return false
	}
	for at := 2; at+2 <= len(normalized); at++ {
		if words.Has("given", normalized[:at]) && words.Has("given", normalized[at:]) {
			return true
		}
	}
	return false
}

// isVietnameseMiddle reports Văn and Thị, which are no Dutch van.
func isVietnameseMiddle(w string) bool {
	if isASCII(w) {
		return false
	}
	low := strings.ToLower(norm.NFC.String(w))
	return low == "văn" || low == "thị"
}
