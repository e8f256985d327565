package mapping

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Nearest returns the candidate that word is most likely a typo of, and whether any is near enough to be offered.
// Case, spaces and punctuation do not count; one typo (a letter missing, added, wrong or swapped) is allowed per four letters.
// The first of equally near candidates wins. Failing that, the one candidate that begins with the word is offered.
func Nearest(word string, candidates []string) (string, bool) {
	normalized := normalName(word)
	if normalized == "" {
		return "", false
	}
	best, bestDistance := "", len([]rune(normalized))/4+1
	for _, c := range candidates {
		if d := editDistance(normalized, normalName(c)); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	if best != "" {
		return best, true
	}
	return onlyLonger(normalized, candidates)
}

// onlyLonger finds the one candidate that begins as the word does: "lang" leads to "language", what leads to several to none.
func onlyLonger(normalized string, candidates []string) (string, bool) {
	longer := slices.DeleteFunc(slices.Clone(candidates), func(c string) bool { return !strings.HasPrefix(normalName(c), normalized) })
	if len(normalized) < 3 || len(longer) != 1 {
		return "", false
	}
	return longer[0], true
}

// didYouMean is the hint that offers the nearest candidate; otherwise is returned when none is near.
func didYouMean(word string, candidates []string, otherwise string) string {
	if near, ok := Nearest(word, candidates); ok {
		hint := "did you mean " + strconv.Quote(near) + "?"
		if quoted := Scalar(near); quoted != near && normalName(near) == normalName(word) {
			hint += " YAML wants quotes around it: " + quoted
		}
		return hint
	}
	return otherwise
}

// normalName keeps the letters and digits of a name, in lower case.
func normalName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// editDistance counts the insertions, deletions, substitutions and swaps of neighbours that lead from a to b.
func editDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 100 || len(y) > 100 {
		return 100
	}
	before, last, now := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		now[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last, now = last, now, before
	}
	return last[len(y)]
}
