package source

import (
	"context"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

// evidence is what the words of a content that is not UTF-8 say of its encoding, in bounded memory. A word is a run of ASCII letters and bytes over
// 0x7f, at most maxWord of them. It is an io.Writer.
type evidence struct {
	ctx   context.Context // ends the writing
	words int             // distinct ones with bytes over 0x7f, as far as seen can tell
	pages []pageEvidence
	multi []*multiEvidence
	bytes [128]bool // which bytes from 0x80 on there are

	seen map[string]bool // of maxSeen words
	word []byte          // under way
	high bool            // it has a byte over 0x7f
}

const (
	maxWord = 40
	maxSeen = 20_000
)

// pageEvidence is what speaks for one candidate of one byte a character.
type pageEvidence struct {
	candidate
	likely int // words that its languages could have
	of     [maxLanguages]languageEvidence
}

// languageEvidence is what speaks for one of its languages.
type languageEvidence struct {
	in     [128]bool // which bytes the words have that it could have
	others int       // of these words those with a letter for which windows-1252 has another
}

// newEvidence begins with all candidates.
func newEvidence(ctx context.Context) *evidence {
	e := &evidence{ctx: ctx, seen: map[string]bool{}}
	for _, c := range candidates {
		e.pages = append(e.pages, pageEvidence{candidate: c})
	}
	for _, name := range []string{"euc-kr", "gbk", "big5", "shift_jis", "euc-jp"} {
		e.multi = append(e.multi, newMultiEvidence(name))
	}
	return e
}

// evidenceOf reads the content of an input once more.
func evidenceOf(ctx context.Context, f *File, l Limits) (*evidence, error) {
	raw, err := openRaw(f, nil)
	if err != nil {
		return nil, err
	}
	t := newText(raw)
	defer t.Close()
	if err := t.unpack(l); err != nil {
		return nil, err
	}
	e := newEvidence(ctx)
	if _, err := io.Copy(e, struct{ io.Reader }{t}); err != nil {
		return nil, err
	}
	e.finish()
	return e, t.raw.finish()
}

// Write fails only when the context has ended.
func (e *evidence) Write(p []byte) (int, error) {
	if e.ctx.Err() != nil {
		return 0, context.Cause(e.ctx)
	}
	for _, c := range p {
		switch {
		case c >= 0x80:
			e.bytes[c-0x80], e.high = true, true
		case c|0x20 < 'a' || c|0x20 > 'z':
			e.endWord()
			continue
		}
		if e.word = append(e.word, c); len(e.word) == maxWord {
			e.endWord()
		}
	}
	for _, m := range e.multi {
		m.write(p, false)
	}
	return len(p), nil
}

func (e *evidence) finish() {
	e.endWord()
	for _, m := range e.multi {
		m.write(nil, true)
	}
}

// endWord weighs the word under way. A word that was weighed before says nothing new.
func (e *evidence) endWord() {
	if e.high && !e.seen[string(e.word)] {
		e.weigh(string(e.word))
	}
	e.word, e.high = e.word[:0], false
}

func (e *evidence) weigh(word string) {
	if r := windows1252.char(word[0]); len(word) == 1 && r != utf8.RuneError && !isLetter(r) {
		return // a dash or the sign of the euro by itself: what is a letter there elsewhere stands in words, too
	}
	if len(e.seen) < maxSeen {
		e.seen[word] = true
	}
	e.words++
	for i := range e.pages {
		p := &e.pages[i]
		languages := p.reads(word)
		if languages == 0 {
			continue
		}
		p.likely++
		for j := range p.of {
			if languages&(1<<j) != 0 {
				p.of[j].add(word, p.page)
			}
		}
	}
}

func (l *languageEvidence) add(word string, page *codePage) {
	other := false
	for i := range len(word) {
		if c := word[i]; c >= 0x80 {
			l.in[c-0x80] = true
			other = other || page.char(c) != windows1252.char(c)
		}
	}
	if other {
		l.others++
	}
}

// bytes are those of the words of all languages that the list may be in.
func (p *pageEvidence) bytes() (in [128]bool) {
	for i := range p.of {
		if p.excludes(i) {
			continue
		}
		for b, there := range p.of[i].in {
			in[b] = in[b] || there
		}
	}
	return in
}

// excludes reports whether the list cannot be in a language, since it has many of its words and no telling letter.
func (p *pageEvidence) excludes(i int) bool {
	if i >= len(p.languages) || p.languages[i].telling == "" || p.of[i].others < p.languages[i].enough {
		return false
	}
	for b, there := range p.of[i].in {
		if there && strings.ContainsRune(p.languages[i].telling, unicode.ToLower(p.page[b])) {
			return false
		}
	}
	return true
}

// multiEvidence is what speaks for an encoding with several bytes a character.
type multiEvidence struct {
	name    string
	decoder transform.Transformer
	encoder *encoding.Encoder
	rest    []byte // of a character that is not whole yet
	wrong   bool   // there was something that is no character
	last    rune
	all     int // characters beyond ASCII
	odd     int // of them those that are no letter of a language that is written so, or stand beside a Latin letter
	common  int // of them those that are frequent in texts
}

func newMultiEvidence(name string) *multiEvidence {
	stream := charsetOf(name).stream
	return &multiEvidence{name: name, decoder: stream.NewDecoder().Transformer, encoder: stream.NewEncoder()}
}

// write decodes what follows.
func (m *multiEvidence) write(p []byte, end bool) {
	if m.wrong {
		return
	}
	var out [4 << 10]byte
	for p = slices.Concat(m.rest, p); ; {
		n, used, err := m.decoder.Transform(out[:], p, end)
		m.look(string(out[:n]))
		if p = p[used:]; err != transform.ErrShortDst {
			break
		}
	}
	m.rest = p
}

func (m *multiEvidence) look(text string) {
	for _, r := range text {
		switch {
		case r == '\uFFFD':
			m.wrong = true
		case r < 0x80:
			if isASCIILetter(r) && isEastAsian(m.last) {
				m.odd++
			}
		default:
			m.all++
			if !isEastAsian(r) && !isEastAsianSign(r) || isEastAsian(r) && isASCIILetter(m.last) {
				m.odd++
			}
			if m.isCommon(r) {
				m.common++
			}
		}
		m.last = r
	}
}

// likely reports whether the content may well be in the encoding.
func (m *multiEvidence) likely() bool { return !m.wrong && m.all > 0 && m.odd*5 <= m.all }

// commonShare is how many of a hundred characters are frequent ones.
func (m *multiEvidence) commonShare() int { return m.common * 100 / max(m.all, 1) }

// isCommon reports a character that texts in the encoding mostly have: Hangul, kana, or the first of the two levels of Chinese characters.
func (m *multiEvidence) isCommon(r rune) bool {
	if unicode.In(r, unicode.Hiragana, unicode.Katakana) {
		return r < 0xFF00 && (m.name == "shift_jis" || m.name == "euc-jp")
	}
	var text [utf8.UTFMax]byte
	var written [8]byte
	m.encoder.Reset()
	n, _, err := m.encoder.Transform(written[:], text[:utf8.EncodeRune(text[:], r)], true)
	if err != nil || n != 2 {
		return false
	}
	from, to := byte(0xB0), byte(0xD7)
	switch m.name {
	case "big5":
		from, to = 0xA4, 0xC6
	case "shift_jis":
		from, to = 0x88, 0x97
	case "euc-jp":
		to = 0xCF
	case "euc-kr":
		to = 0xC8
	}
	return written[0] >= from && written[0] <= to && (m.name != "gbk" && m.name != "euc-kr" || written[1] >= 0xA1)
}
