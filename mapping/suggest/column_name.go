package suggest

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"importer/mapping"
)

// nameEvidence is what a column's name says for one meaning.
type nameEvidence struct {
	meaning int
	score   Score
	reasons []Reason
	place   string // which of several it is, "billing" say: the cost of the first such word beside the phrase; "" when none is said
}

// named is a header cell as the lexicon understands it.
type named struct {
	words    []string
	evidence []nameEvidence // best first; scores above zero only
	mobile   bool           // it says that people carry the telephone
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
	n.mobile = slices.ContainsFunc(n.words, func(w string) bool { return l.words.Has("mobile", w) })
	for m, windows := range l.windows(n.words) {
		if e, ok := l.weigh(m, windows, n.words); ok {
			n.evidence = append(n.evidence, e)
		}
	}
	slices.SortStableFunc(n.evidence, func(a, b nameEvidence) int {
		return cmp.Or(cmp.Compare(b.score, a.score), a.meaning-b.meaning)
	})
	return n
}

// place says which of several the column is, by what it most likely means.
func (n *named) place() string {
	if len(n.evidence) == 0 {
		return ""
	}
	return n.evidence[0].place
}

// has reports a word of the name.
func (n *named) has(words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(n.words, w) })
}

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
		return cmp.Or((b.to-b.from)-(a.to-a.from), cmp.Compare(b.points, a.points))
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
		if e.place == "" && !l.words.Has("harmless", w) {
			e.place = l.places.Of(w) // `rechnung` and `billing` are one block
		}
		cost, why := l.cost(m, w, &strange)
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

// cost says what a word costs beside a phrase of meaning m; 1 rules the meaning out.
func (l *lexicon) cost(m int, word string, strange *int) (Score, string) {
	field := l.meanings[m].field != mapping.NoField
	switch place := l.places.Of(word); {
	case slices.Contains(l.meanings[m].not, word):
		return 1, ""
	case slices.Contains(l.meanings[m].soft, word):
		return 0.01, ""
	case l.words.Has("address", word) && !l.meanings[m].address:
		return 0.08, "is said of an address"
	case l.words.Has("harmless", word):
		return 0.01, ""
	case place != "":
		cost, _ := strconv.ParseFloat(place, 64) // a test reads them all
		return Score(cost) + 0.01, "is one of several"
	case l.words.Has("turning", word) && field:
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
