package mapping

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
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
)

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
	s, suffix := cutSuffixes(s)
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
	for _, r := range s {
		switch {
		case r == '&' || r == '+' || r == '/' || r == ';':
			return namePeople
		case unicode.IsLetter(r), unicode.IsMark(r), strings.ContainsRune(" .,-'’‘`´ʼ‐‑·\u200c\u200d", r), '1' <= r && r <= '3':
			// Digits are for 2nd and 3rd only: see below.
		default:
			return nameMarks
		}
		if r > unicode.MaxLatin1 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
			return nameFlaw("is in a script in which the family name may come first")
		}
	}
	for i, w := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' }) {
		normalized := normalWord(w)
		switch {
		case strings.ContainsAny(w, "123") && !isOrdinal(w):
			return nameMarks
		case normalized == "" && !isOrdinal(w):
			return nameMarks
		case i == 0:
		case isWord("pairs", normalized):
			return namePeople
		case isWord("companies", normalized) || strings.HasPrefix(w, "S.A"):
			return nameFlaw("looks like a company")
		case isWord("born", normalized):
			return nameFlaw("gives an earlier name as well")
		}
	}
	return nil
}

func isOrdinal(w string) bool { return w == "2nd" || w == "3rd" }

// cutSuffixes cuts degrees and generations off the end, with the commas before them: "King, Jr." and "Smith, PhD, MBA".
// "Smith Jr., John" and "Smith, Jr., John" carry the suffix in front of the comma.
func cutSuffixes(s string) (rest, suffix string) {
	if pieces := strings.Split(s, ","); len(pieces) == 3 {
		if w := strings.TrimSpace(pieces[1]); isGeneration(w) {
			return pieces[0] + "," + pieces[2], w
		}
	}
	for {
		s = strings.TrimRight(s, " ,")
		at := strings.LastIndexAny(s, " ,")
		if at < 0 {
			return s, suffix
		}
		word := s[at+1:]
		switch normalized := normalWord(word); {
		case isGeneration(word) && suffix == "":
			suffix = word
		case isWord("degrees", normalized) &&
			(strings.ToUpper(word) == word || strings.ContainsRune(word, '.') || strings.ContainsRune("dDqQ", rune(word[len(word)-1]))):
		default:
			return s, suffix
		}
		s = s[:at]
	}
}

func isGeneration(w string) bool { return isWord("generations", normalWord(w)) || isOrdinal(w) }

func joinSuffix(last, suffix string) string {
	if suffix == "" {
		return last
	}
	return last + " " + suffix
}

// cutTitles leaves out the titles in front.
func cutTitles(all []string) []string {
	titled := false
	for len(all) > 0 {
		normalized := normalWord(all[0])
		title := isWord("titles", normalized) || normalized == "sr" && len(all) > 1 || normalized == "de" && len(all) > 1 && normalWord(all[1]) == "heer"
		if !title && !(titled && isWord("after titles", normalized) && strings.HasSuffix(all[0], ".")) {
			break
		}
		titled = true
		all = all[1:]
	}
	return all
}

// lastFirstName reads "Last, First". Particles behind the given name belong to the family name: "Berg, Jan van den".
func lastFirstName(last, first, suffix string) (fullName, *flaw) {
	lastWords, more := cutSuffixes(last)
	if more != "" && suffix != "" {
		return fullName{}, nameCommas
	}
	if more != "" {
		suffix = more
	}
	family, given := cutTitles(strings.Fields(lastWords)), cutTitles(strings.Fields(first))
	for _, w := range given {
		if isWord("pairs or links", normalWord(w)) && utf8.RuneCountInString(w) <= 2 && w == strings.ToLower(w) {
			return fullName{}, namePeople
		}
	}
	at := len(given)
	for at > 1 && isParticle(given[at-1]) && given[at-1] == strings.ToLower(given[at-1]) {
		at--
	}
	family = append(slices.Clone(given[at:]), family...)
	given = given[:at]
	switch {
	case len(family) == 0 || len(given) == 0:
		return fullName{}, nameOneWord
	case len(family) == 1 && isInitial(family[0]):
		return fullName{}, nameInitial
	case !slices.ContainsFunc(family, func(w string) bool { return !isParticle(w) }), isParticle(given[0]):
		return fullName{}, nameParticle
	}
	return fullName{strings.Join(given, " "), joinSuffix(strings.Join(family, " "), suffix)}, nil
}

func isParticle(w string) bool {
	normalized := normalWord(w)
	return isWord("opening", normalized) || isWord("linking", normalized) || isWord("continuing", normalized) && strings.ToLower(w) == w
}

// isInitial reports J, J. and J.R.
func isInitial(w string) bool {
	bare := strings.ReplaceAll(w, ".", "")
	return utf8.RuneCountInString(bare) <= 1 || strings.HasSuffix(w, ".") && strings.Count(w, ".") == utf8.RuneCountInString(bare)
}
