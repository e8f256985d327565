package source

import (
	"cmp"
	"slices"
	"strings"
)

// Doubt says that nothing in an input decides its encoding: it is not UTF-8, and what else it may be reads some of its bytes in different ways.
// The input is read in the first of the candidates, which may be wrong: nothing of it should be sent until Options.Encoding says which it is.
type Doubt struct {
	Candidates []string // names of encodings, the likeliest first; at least two
}

// Message says what is in doubt, without a word of the list.
func (d Doubt) Message() string {
	return "its encoding is not certain: it is not UTF-8, and " + andList(d.Candidates) + " read some of its letters differently"
}

const maxCandidates = 4 // that are named

// share is how many of a hundred words a candidate reads likely.
func (e *evidence) share(p *pageEvidence) int {
	switch {
	case e.words == 0 && p.name == Windows1252: // it has signs alone
		return 100
	case e.words == 0, p.home > 0 && !slices.Contains(e.bytes[:p.home-0x80+1], true):
		return 0
	}
	return p.likely * 100 / e.words
}

// A candidate is taken for windows-1252 only where nearly all words can be; another is left out of account where many cannot be.
const (
	surelyShare = 90
	maybeShare  = 60
)

// verdict decides between the candidates. The encoding is certain, and doubt nil, where the words could be those of windows-1252, and every other encoding
// that they could as well be of reads them in the same way: each of their bytes.
func (e *evidence) verdict() (encoding string, doubt *Doubt) {
	first := e.pages[0]
	certain := e.share(&first) >= surelyShare
	pages := e.likelyPages()
	if certain {
		pages = slices.DeleteFunc(pages, func(p pageEvidence) bool { return p.name != Windows1252 && !p.differs(&first) })
		i := slices.IndexFunc(pages, func(p pageEvidence) bool { return p.name == Windows1252 })
		pages = append([]pageEvidence{first}, slices.Delete(pages, i, i+1)...)
	}
	frequent, rare := e.likelyMulti()
	if certain && len(pages)+len(frequent)+len(rare) == 1 {
		return Windows1252, nil
	}
	names := slices.Clone(frequent)
	if len(pages) > 0 {
		names = names[:min(len(names), maxCandidates-1)]
	}
	for _, p := range pages {
		if !slices.Contains(names, p.name) {
			names = append(names, p.name)
		}
	}
	names = append(names, rare...)
	for _, usual := range []string{Windows1252, "windows-1250"} { // a doubt is between two
		if len(names) < 2 && !slices.Contains(names, usual) {
			names = append(names, usual)
		}
	}
	names = names[:min(len(names), maxCandidates)]
	return names[0], &Doubt{Candidates: names}
}

// likelyPages are the candidates of one byte a character that are not to be left out of account, the likeliest first, and one alone of those that read all
// in the same way.
func (e *evidence) likelyPages() (pages []pageEvidence) {
	all := slices.Clone(e.pages)
	slices.SortStableFunc(all, func(a, b pageEvidence) int { return cmp.Compare(e.share(&b), e.share(&a)) })
	for _, p := range all {
		same := func(q pageEvidence) bool { return !p.differs(&q) }
		if e.share(&p) >= maybeShare && (p.name == Windows1252 || !slices.ContainsFunc(pages, same)) {
			pages = append(pages, p)
		}
	}
	return pages
}

// likelyMulti are the encodings of several bytes a character that the content may be in, the likeliest first: those in which it has frequent characters, and
// the others.
func (e *evidence) likelyMulti() (frequent, rare []string) {
	all := slices.Clone(e.multi)
	slices.SortStableFunc(all, func(a, b *multiEvidence) int { return cmp.Compare(b.commonShare(), a.commonShare()) })
	for _, m := range all {
		switch {
		case !m.likely():
		case m.commonShare() > 50:
			frequent = append(frequent, m.name)
		default:
			rare = append(rare, m.name)
		}
	}
	return frequent, rare
}

// differs reports whether a byte of the words that both could have is another character in p than in q.
func (p *pageEvidence) differs(q *pageEvidence) bool {
	for i, there := range p.bytes() {
		if there && p.page[i] != q.page[i] {
			return true
		}
	}
	return false
}

// andList is "a, b and c".
func andList(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
