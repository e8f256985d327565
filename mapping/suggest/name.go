package suggest

import (
	"fmt"
	"slices"
	"strings"

	"importer/mapping"
)

// nameEvidence is what a column's name says for one meaning.
type nameEvidence struct {
	meaning int
	score   Score
	reasons []Reason
}

// named is a header cell as the lexicon understands it.
type named struct {
	words    []string
	evidence []nameEvidence // best first; scores above zero only
	place    string         // "billing", "shipping", …: the first word that says which of several; "" when none does
	mobile   bool
}

// read understands a header cell.
func (l *lexicon) read(cell string) named {
	var n named
	for _, w := range wordsOf(cell) {
		n.words = append(n.words, l.split(w)...)
	}
	if len(n.words) > 40 {
		n.words = n.words[:40]
	}
	for _, w := range n.words {
		if _, ok := places[w]; ok && n.place == "" && !harmless[w] {
			n.place = placeOf(w)
		}
		n.mobile = n.mobile || mobile[w]
	}
	for m, windows := range l.windows(n.words) {
		if e, ok := l.weigh(m, windows, n.words); ok {
			n.evidence = append(n.evidence, e)
		}
	}
	slices.SortStableFunc(n.evidence, func(a, b nameEvidence) int {
		if a.score != b.score {
			return compareScores(b.score, a.score)
		}
		return a.meaning - b.meaning
	})
	return n
}

func compareScores(a, b Score) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// placeOf names the group a place word belongs to by its cost, so that `rechnung` and `billing` are one block.
func placeOf(word string) string { return fmt.Sprintf("%.2f", places[word]) }

// window is a phrase found in words[from:to].
type window struct {
	from, to int
	points   Score
}

// windows finds every phrase in the words, by meaning.
func (l *lexicon) windows(words []string) map[int][]window {
	found := map[int][]window{}
	for from := range words {
		joined := ""
		for to := from; to < len(words) && to-from < l.longest; to++ {
			joined += words[to]
			for _, p := range l.phrases[joined] {
				found[p.meaning] = append(found[p.meaning], window{from, to + 1, p.points})
			}
		}
	}
	return found
}

// weigh scores a meaning: the points of its longest phrase, less what the words beside it cost.
func (l *lexicon) weigh(m int, windows []window, words []string) (nameEvidence, bool) {
	slices.SortStableFunc(windows, func(a, b window) int {
		if d := (b.to - b.from) - (a.to - a.from); d != 0 {
			return d
		}
		return compareScores(b.points, a.points)
	})
	covered := make([]bool, len(words))
	for _, w := range windows {
		if !slices.Contains(covered[w.from:w.to], true) {
			for i := w.from; i < w.to; i++ {
				covered[i] = true
			}
		}
	}
	first := windows[0]
	said := strings.Join(words[first.from:first.to], " ")
	e := nameEvidence{meaning: m, score: first.points}
	e.reasons = []Reason{{first.points, fmt.Sprintf("the name says %q", said)}}
	strange := 0
	for i, w := range words {
		if covered[i] {
			continue
		}
		cost, why := l.beside(m, w, &strange)
		if cost >= 1 {
			return nameEvidence{}, false
		}
		e.score -= cost
		if cost > 0.02 {
			e.reasons = append(e.reasons, Reason{-cost, fmt.Sprintf("%q %s", w, why)})
		}
	}
	return e, e.score > 0
}

// beside says what a word costs beside a phrase of meaning m; 1 rules the meaning out.
func (l *lexicon) beside(m int, word string, strange *int) (Score, string) {
	field := l.meanings[m].field != mapping.NoField
	switch cost, isPlace := places[word]; {
	case l.soft[m][word]:
		return 0.01, ""
	case harmless[word]:
		return 0.01, ""
	case isPlace:
		return cost + 0.01, "is one of several"
	case turning[word] && field:
		return 1, ""
	case l.cores[word]:
		return 0.5, "means something else"
	}
	*strange++
	if *strange == 1 {
		return 0.3, "is not understood"
	}
	return 0.2, "is not understood"
}
