package mapping

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// cutSuffixes cuts degrees and generations off the end, with the commas before them: "King, Jr." and "Smith, PhD, MBA".
// "Smith Jr., John" and "Smith, Jr., John" carry the suffix in front of the comma. What may be a degree and may be a name is a flaw.
func cutSuffixes(s string) (rest, suffix string, bad *flaw) {
	if pieces := strings.Split(s, ","); len(pieces) == 3 {
		if w := strings.TrimSpace(pieces[1]); isGeneration(w) {
			return pieces[0] + "," + pieces[2], w, nil
		}
	}
	for {
		s = strings.TrimRight(s, " ,")
		at := strings.LastIndexAny(s, " ,")
		if at < 0 {
			return s, suffix, nil
		}
		word, before := s[at+1:], strings.TrimRight(s[:at+1], " ")
		normalized := normalWord(word)
		switch {
		case isWord("generations or families", normalized) && !strings.ContainsAny(before, " ,"):
			return s, suffix, nil // Miguel Neto
		case isGeneration(word) && suffix == "":
			suffix = word
		case isDegree(word, normalized):
		case isWord("degrees or names", normalized) && isLoud(word):
			cut, bad := isDegreeAfter(before, normalized)
			if bad != nil || !cut {
				return s, suffix, bad
			}
		default:
			return s, suffix, nil
		}
		s = s[:at]
	}
}

// isDegree reports a degree that no name is written like.
func isDegree(word, normalized string) bool {
	return isWord("degrees", normalized) || isWord("degrees with stops", normalized) && strings.Count(word, ".") >= 2
}

// isDegreeAfter reports whether a word that may be a degree, in capitals, is one behind what stands before it: behind a comma, and beside two words
// in small letters (Jane Doe, MA). Without a comma it is the last name of two (Jack MA), or nobody knows (Jane Doe MD).
func isDegreeAfter(before, normalized string) (bool, *flaw) {
	words := len(strings.FieldsFunc(before, func(r rune) bool { return r == ' ' || r == ',' }))
	mixed := strings.ContainsFunc(before, unicode.IsLower)
	switch comma := strings.HasSuffix(before, ","); {
	case comma && mixed && words >= 2:
		return true, nil
	case comma, !isWord("degrees that are names", normalized), words >= 2 && mixed:
		return false, nameDegree
	}
	return false, nil
}

// isLoud reports a word of two letters and more, all of them capitals.
func isLoud(w string) bool {
	return utf8.RuneCountInString(w) >= 2 && !strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsUpper(r) })
}

func isGeneration(w string) bool {
	return isWord("generations", normalWord(w)) || isWord("numbers", normalWord(w)) && isLoud(w) || isOrdinal(w)
}

func isOrdinal(w string) bool { return w == "2nd" || w == "3rd" }

func joinSuffix(last, suffix string) string {
	if suffix == "" {
		return last
	}
	return last + " " + suffix
}

// cutTitles leaves out the titles in front that are certain to be some.
func cutTitles(all []string) []string {
	titled := false
	for len(all) > 0 {
		if left, right, glued := strings.Cut(all[0], "."); glued && isWord("titles", normalWord(left)) && !isWord("titles", normalWord(all[0])) && len(right) > 2 && !strings.Contains(right, ".") {
			all = append([]string{right}, all[1:]...) // Mr.John
			titled = true
			continue
		}
		normalized, stopped := normalWord(all[0]), strings.HasSuffix(all[0], ".")
		title := isWord("titles", normalized) || stopped && isWord("titles with a stop", normalized) || normalized == "sr" && len(all) > 1 ||
			normalized == "de" && len(all) > 1 && normalWord(all[1]) == "heer" || titled && normalized == "heer" && len(all) > 2
		if !title && !(titled && stopped && isWord("after titles", normalized)) {
			break
		}
		titled = true
		all = all[1:]
	}
	return all
}

// mayBeTitle reports a word in front that is a title or a name.
func mayBeTitle(w string) bool {
	normalized := normalWord(w)
	return isWord("titles or names", normalized) || isWord("ranks", normalized)
}

// lastFirstName reads "Last, First". Particles behind the given name belong to the family name: "Berg, Jan van den".
func lastFirstName(last, first, suffix string) (fullName, *flaw) {
	last, more, bad := cutSuffixes(last)
	switch {
	case bad != nil:
		return fullName{}, bad
	case more != "" && suffix != "":
		return fullName{}, nameCommas
	case more != "":
		suffix = more
	}
	family, given := strings.Fields(last), cutTitles(strings.Fields(first))
	if len(family) > 1 {
		family = cutTitles(family)
	}
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
	if bad := checkParts(family, given); bad != nil {
		return fullName{}, bad
	}
	return fullName{strings.Join(given, " "), joinSuffix(strings.Join(family, " "), suffix)}, nil
}

// checkParts finds what keeps the words around a comma from being a family name and a given name.
func checkParts(family, given []string) *flaw {
	switch {
	case len(family) == 0 || len(given) == 0:
		return nameOneWord
	case len(family) == 1 && isWord("titles", normalWord(family[0])) && normalWord(family[0]) != "herr":
		return nameOneWord // Dr., Jane
	case len(family) == 1 && isInitial(family[0]):
		return nameInitial
	case !slices.ContainsFunc(family, func(w string) bool { return !isParticle(w) }) && !(len(family) == 1 && isFamilyToo(family[0])):
		return nameParticle
	case slices.ContainsFunc(given[1:], func(w string) bool { return isWord("titles", normalWord(w)) }):
		return nameTitle // Doe, Jane Dr.
	case mayBeTitle(given[0]) && (len(given) > 1 || isWord("ranks", normalWord(given[0]))):
		return nameTitle
	case len(given) == 1 && looksLikeDegree(given[0], family):
		return nameDegree
	case isParticle(given[0]) && (given[0] == strings.ToLower(given[0]) || len(given) == 1 && isWord("opening", normalWord(given[0]))):
		return nameParticle // Berg, van
	case len(given) > 1 && isParticle(given[len(given)-1]) && !isInitial(given[len(given)-1]) && !isEastern(normalWord(family[0])):
		return nameParticle // Berg, Jan Van Den
	}
	return nil
}

// looksLikeDegree reports a word behind a comma that may be a degree or position behind a whole name, and not a given name behind a family name:
// Jane Doe, CFA.
func looksLikeDegree(w string, family []string) bool {
	quiet := slices.ContainsFunc(family, hasSmallLetters)
	if isWord("positions", normalWord(w)) || isLoud(w) && quiet && 3 <= len(w) && len(w) <= 5 { // Doe, AJ has initials
		return true
	}
	names := 0
	for _, one := range family {
		if !isParticle(one) {
			names++
		}
	}
	if names < 2 || isInitial(w) {
		return false
	}
	all := []rune(w)
	mixed := unicode.IsUpper(all[0]) && unicode.IsUpper(all[1]) || unicode.IsUpper(all[len(all)-1])
	return strings.HasSuffix(w, ".") || mixed && hasSmallLetters(w)
}

func isParticle(w string) bool {
	normalized := normalWord(w)
	return isWord("opening", normalized) || isWord("linking", normalized) || isFather(w) || isWord("continuing", normalized) && strings.ToLower(w) == w
}

// isFamilyToo reports a family name that is a particle elsewhere, written as names are.
func isFamilyToo(w string) bool {
	return isWord("families too", normalWord(w)) && w != strings.ToLower(w)
}

// isInitial reports J, J. and J.R.
func isInitial(w string) bool {
	bare := strings.ReplaceAll(w, ".", "")
	return utf8.RuneCountInString(bare) <= 1 || strings.HasSuffix(w, ".") && strings.Count(w, ".") == utf8.RuneCountInString(bare)
}
