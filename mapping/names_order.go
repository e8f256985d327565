package mapping

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// firstLastName reads the words of "First Last", without titles and suffixes.
func firstLastName(all []string) (fullName, *flaw) {
	if len(all) < 2 {
		return fullName{}, nameOneWord
	}
	begins := normalWord(all[0])
	if slices.ContainsFunc(all[:len(all)-1], func(w string) bool { return isWord("nobility", normalWord(w)) }) {
		return fullName{}, nameNobility
	}
	if len(all) == 2 && isAbdul(begins) && isWord("abdul", normalWord(all[1])) || strings.HasPrefix(begins, "abu") && len(begins) == 3 {
		return fullName{}, nameHalf
	}
	if mayBeTitle(all[0]) && !strings.HasSuffix(all[0], ".") {
		return fullName{}, nameTitle
	}
	if !isLoud(all[0]) || !slices.ContainsFunc(all, hasSmallLetters) { // NGUYEN Van An says which the family name is
		if n, found, bad := easternName(all); found {
			return n, bad
		}
	}
	if strings.HasPrefix(all[0], "Al-") || strings.HasPrefix(all[0], "El-") || strings.HasPrefix(all[0], "AL-") || strings.HasPrefix(all[0], "EL-") {
		return fullName{}, nameParticle // Al-Rashid Omar
	}
	switch given := isGivenToo(all); {
	case isInitial(all[len(all)-1]):
		return fullName{}, nameInitial
	case given:
	case isWord("opening", begins), !isInitial(all[0]) && (isWord("linking", begins) && len(all[0]) > 1 || isWord("continuing", begins)):
		return fullName{}, nameParticle
	case begins == "m" || all[0] == "D.":
		return fullName{}, nameInitial // M. Night Shyamalan, M. Dupont; D. Juan
	}
	if n, found, bad := capitalsName(all); found {
		return n, bad
	}
	if slices.ContainsFunc(all[:len(all)-1], isFather) {
		return fullName{}, nameFather
	}
	if at := slices.IndexFunc(all[1:], startsFamily) + 1; at > 0 {
		return particleName(all, at)
	}
	if len(all) > 2 && slices.ContainsFunc(all[1:len(all)-1], func(w string) bool { return !isInitial(w) }) {
		return fullName{}, nameManyWords
	}
	return cutAt(all, len(all)-1)
}

func hasSmallLetters(w string) bool { return strings.ContainsFunc(w, unicode.IsLower) }

// isGivenToo reports names that begin with a given name that is a particle elsewhere, with a family name behind it that is none of those
// which the particle goes with: Ben Miller, Al Green; not Ben Ali.
func isGivenToo(all []string) bool {
	first := normalWord(all[0])
	if first != "ben" && first != "al" || all[0] == strings.ToLower(all[0]) {
		return false
	}
	return !isWord(first, normalWord(all[1]))
}

func isAbdul(normalized string) bool {
	return slices.Contains([]string{"abdul", "abdel", "abdal", "abdur", "abdus", "abd"}, normalized)
}

// isFather reports a word that stands before a father's name: Ahmad bin Abdullah.
func isFather(w string) bool { return isWord("fathers", normalWord(w)) }

func cutAt(all []string, at int) (fullName, *flaw) {
	return fullName{strings.Join(all[:at], " "), strings.Join(all[at:], " ")}, nil
}

// startsFamily reports a particle: "O' Brien" and "D' Angelo" in two words are among them.
func startsFamily(w string) bool {
	normalized := normalWord(w)
	if isWord("opening", normalized) || isWord("linking", normalized) && !isInitial(w) || isWord("pairs or links", normalized) && w == normalized {
		return true
	}
	return strings.HasSuffix(w, "'") || strings.HasSuffix(w, "’") || w == "'t" || w == "’t"
}

// particleName cuts in front of the particle at all[at], where that is clear.
func particleName(all []string, at int) (fullName, *flaw) {
	begins := normalWord(all[at])
	if isWord("pairs or links", begins) {
		return fullName{}, nameManyWords
	}
	rest := at + 1
	for rest < len(all) && isWord("continuing", normalWord(all[rest])) {
		rest++
	}
	behind := all[rest:]
	if len(behind) == 0 || begins == "ben" && all[at] == "Ben" && !isWord("ben", normalWord(behind[0])) {
		return fullName{}, nameManyWords
	}
	others := 0 // words in front that are no initials
	for _, w := range all[:at] {
		if !isInitial(w) {
			others++
		}
	}
	strong := isWord("opening", begins) || strings.ContainsAny(all[at], "'’")
	switch {
	case strong && len(behind) == 1:
		return cutAt(all, at)
	case strong && others <= 1 && !slices.ContainsFunc(behind, isInitial):
		return cutAt(all, at) // Ludwig van Beethoven Schmidt: one given name, and all else behind it
	case others > 1 || len(behind) > 1 || isWord("devotions", normalWord(behind[0])):
		return fullName{}, nameManyWords
	}
	return cutAt(all, at)
}

// capitalsName reads names of which one part is in capitals: that is the family name (DUPONT Jean, Jean DUPONT).
func capitalsName(all []string) (n fullName, found bool, bad *flaw) {
	loud := make([]bool, len(all))
	count, first, last := 0, -1, -1
	for i, w := range all {
		if loud[i] = inCapitals(w); loud[i] {
			count++
			last = i
			if first < 0 {
				first = i
			}
		}
	}
	quiet := slices.ContainsFunc(all, func(w string) bool { return !inCapitals(w) && !isInitial(w) && !isParticle(w) })
	if count == 0 || !quiet {
		return n, false, nil
	}
	short := func(w string) bool { return utf8.RuneCountInString(strings.ReplaceAll(w, ".", "")) <= 3 }
	switch {
	case last-first+1 != count:
		return n, true, nameManyWords
	case last == len(all)-1: // Jean DUPONT, Jan Peter van der BERG
		if short(all[last]) && count == 1 && len(all) > 2 {
			return n, true, nameCapitals
		}
		for first > 1 && isParticle(all[first-1]) {
			first--
		}
		n, bad = cutAt(all, first)
		return n, true, bad
	case first == 0:
		if short(all[0]) {
			return n, true, nameCapitals
		}
		if !strings.ContainsFunc(strings.Join(all[count:], ""), unicode.IsUpper) {
			return n, true, nameMixed // JOHN smith
		}
		return fullName{strings.Join(all[count:], " "), strings.Join(all[:count], " ")}, true, nil
	}
	return n, true, nameManyWords
}

// inCapitals reports a word of two letters and more in capitals; McDONALD is one.
func inCapitals(w string) bool {
	for _, prefix := range []string{"Mc", "Mac"} {
		if rest, ok := strings.CutPrefix(w, prefix); ok && rest != "" {
			w = rest
			break
		}
	}
	if isInitial(w) {
		return false
	}
	letters := 0
	for _, r := range w {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 2
}
