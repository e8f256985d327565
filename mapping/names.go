package mapping

import (
	"regexp"
	"strings"
	"unicode"
)

// fullName is a name taken apart. The last part carries a suffix that separates father and son ("King Jr.").
type fullName struct{ first, last string }

// isWord reports a word of one of the lists of words/names.txt.
func isWord(list, normalized string) bool { return nameWords().Has(list, normalized) }

const nameHint = "write it \"Last, First\" in the list, give each part a column of its own, or list it under `values`"

func nameFlaw(message string) *flaw { return newFlaw(CodeNameUnclear, message).withHint(nameHint) }

var (
	nameOneWord   = nameFlaw("is one word, and nobody can tell which part of the name it is")
	nameManyWords = nameFlaw("has words that may belong to the given or to the family name")
	nameParticle  = nameFlaw("begins with a word that family names begin with, so its parts may be swapped")
	namePeople    = nameFlaw("names more than one person")
	nameMarks     = nameFlaw("holds a character that names don't have")
	nameCommas    = nameFlaw("has commas that nobody can tell the meaning of")
	nameInitial   = nameFlaw("has an initial where a name is looked for")
	nameCapitals  = nameFlaw("has a short word in capitals that may be initials or a family name")
	nameMixed     = nameFlaw("is in capitals and in small letters, and nobody can tell whether the capitals mark the family name")
	nameTitle     = nameFlaw("begins with a word that may be a title or a name")
	nameDegree    = nameFlaw("ends with a word that may be a degree or a position, or part of the name")
	nameNobility  = nameFlaw("has a title of nobility, which may belong to the family name")
	nameHalf      = nameFlaw("begins with the first half of a name, so that the family name may be missing")
	nameFather    = nameFlaw("has a word that stands before a father's or husband's name, and nobody can tell whether there is a family name")
	nameOrder     = nameFlaw("has a family name of countries that write it first, and nobody can tell which order this is")
)

// fatherAbbreviation is son of, daughter of, wife of and their Malay forms (anak lelaki, anak perempuan): Kumar s/o Raju.
var fatherAbbreviation = regexp.MustCompile(`(?i)(?:^|\s)(?:[sdw]/o|a/[lp])(?:\s|$)`)

// readNamePart returns the reader of one part of full names.
func readNamePart(part func(fullName) string) func(string) (value, *flaw) {
	return func(s string) (value, *flaw) {
		n, bad := splitName(s)
		if bad != nil {
			return value{}, bad
		}
		return value{text: part(n)}, nil
	}
}

// splitName takes "First Last" and "Last, First" apart. Both parts are there, in the words and the spelling of s without titles and
// degrees. What could be taken apart in two ways is a flaw.
func splitName(s string) (fullName, *flaw) {
	if len(s) > 300 {
		return fullName{}, newFlaw(CodeTooLong, "is longer than 300 bytes")
	}
	if bad := checkNameText(s); bad != nil {
		return fullName{}, bad
	}
	s, suffix, bad := cutSuffixes(s)
	if bad != nil {
		return fullName{}, bad
	}
	if last, first, ok := strings.Cut(s, ","); ok {
		if strings.ContainsRune(first, ',') {
			return fullName{}, nameCommas
		}
		return lastFirstName(last, first, suffix)
	}
	n, bad := firstLastName(cutTitles(strings.Fields(s)))
	if bad != nil {
		return fullName{}, bad
	}
	n.last = joinSuffix(n.last, suffix)
	return n, nil
}

func checkNameText(s string) *flaw {
	if _, bad := readText(s); bad != nil {
		return bad
	}
	if fatherAbbreviation.MatchString(s) {
		return nameFather
	}
	for i, r := range s {
		switch {
		case r == '&' || r == '+' || r == '/' || r == ';':
			return namePeople
		case unicode.IsLetter(r), unicode.IsMark(r), strings.ContainsRune(" .,-'’‘`´ʼ‐‑·\u200c\u200d", r), '1' <= r && r <= '3':
			// Digits are for 2nd and 3rd only: see below.
		default:
			return nameMarks
		}
		if r == '\'' && i > 0 && s[i-1] == ' ' && strings.Contains(s[i+1:], "' ") { // Maria 'Mia' Meier
			return nameMarks
		}
		if r > unicode.MaxLatin1 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
			return nameFlaw("is in a script in which the family name may come first")
		}
	}
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' })
	for i, w := range words {
		normalized := normalWord(w)
		switch {
		case strings.ContainsAny(w, "123") && !isOrdinal(w):
			return nameMarks
		case normalized == "" && !isOrdinal(w):
			return nameMarks
		case i == 0 && isWord("households", normalized):
			return namePeople
		case w == "NULL" || w == "NaN": // what a program writes for a part that is missing; Null and Nan are names
			return nameMarks
		case i == 0:
		case isWord("pairs", normalized):
			return namePeople
		case isWord("companies", normalized) || isWord("short companies", normalized) && (isLoud(w) || strings.Contains(w, ".")) || strings.HasPrefix(w, "S.A"):
			return nameFlaw("looks like a company")
		case isWord("born", normalized) && i+1 < len(words):
			return nameFlaw("gives an earlier name as well")
		}
	}
	return nil
}
