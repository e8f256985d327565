package source

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// candidate is an encoding of one byte a character in which a list may be written, and the languages that are written in it.
type candidate struct {
	name      string
	page      *codePage
	home      byte       // not 0: it is a candidate only where there is a byte from 0x80 to this one, in which it has its everyday letters
	languages []language // nil where the script says enough; at most maxLanguages
}

// language is what a language has of letters beyond ASCII, in lower case.
type language struct {
	letters string
	// telling are letters of which a list in the language has one, if it has as many different words as enough whose letters windows-1252 has others for. At
	// least every fifth such word has one, or many more, so that a list without is not in the language: the odds are below one in a million.
	telling string
	enough  int
}

const maxLanguages = 14

// The languages of western Europe, and of each other region that has a code page of its own with Latin letters.
var (
	western = []language{
		{letters: "àâæçéèêëîïôœùûüÿ"}, {letters: "áéíñóúü"}, {letters: "áâãàçéêíóôõúü"}, {letters: "àèéìíîòóùú"}, {letters: "äöüßé"}, {letters: "áâäàçéèêëíïîóôöúûü"},
		{letters: "æøåéèêóòôäöü"}, {letters: "åäöéàüšžõ"}, {letters: "áðéíóúýþæöø"}, {letters: "àçèéíïòóúü"}, {letters: "âêîôûáàäëïöé"},
	}
	central = []language{
		{"ąćęłńóśźż", "łżą", 40}, {"áčďéěíňóřšťúůýžöü", "šž", 80}, {"áäčďéíĺľňóôŕšťúýž", "šžľť", 60}, {"áéíóöőúüű", "öü", 40}, {"ăâîşţáé", "şţ", 40},
		{"čćđšž", "šž", 80}, {"ćčěłńóřšźž", "łšž", 60}, {letters: "äöüßé"}, {letters: "çëé"}, {letters: "áâäçéëíîóôöúüý"},
	}
	turkish = append([]language{{"çğıi\u0307öşüâîû", "ış", 40}}, western...)
)

// candidates are weighed against each other, the likelier first where nothing else decides. The languages of windows-1257 are weighed each by itself, since
// all of its letters together are those of half of Europe.
var candidates = []candidate{
	{Windows1252, windows1252, 0, western},
	{"windows-1250", pageOf("windows-1250"), 0, central},
	{"windows-1251", pageOf("windows-1251"), 0, nil},
	{"windows-1253", pageOf("windows-1253"), 0, nil},
	{"windows-1254", pageOf("windows-1254"), 0, turkish},
	{"windows-1257", pageOf("windows-1257"), 0, []language{{"ąčęėįšųūž", "šž", 80}}},
	{"windows-1257", pageOf("windows-1257"), 0, []language{{"āčēģīķļņōŗšūž", "šž", 80}}},
	{"windows-1257", pageOf("windows-1257"), 0, []language{{letters: "äöüõšž"}}},
	{"windows-1255", pageOf("windows-1255"), 0, nil},
	{"windows-1256", pageOf("windows-1256"), 0, nil},
	{"iso-8859-15", pageOf("iso-8859-15"), 0, western},
	{"iso-8859-2", pageOf("iso-8859-2"), 0, central},
	{"macintosh", pageOf("macintosh"), 0x9F, western},
	{"cp850", pageOf("cp850"), 0xA5, western},
	{"cp437", pageOf("cp437"), 0xA5, western},
	{"cp852", pageOf("cp852"), 0xA5, central},
	{"koi8-r", pageOf("koi8-r"), 0, nil},
	{"ibm866", pageOf("ibm866"), 0, nil},
	{"iso-8859-5", pageOf("iso-8859-5"), 0, nil},
}

// Signs that may stand beside a letter: within a word, before it, or after it.
const (
	within  = "'’‘´·–—\u00ad"
	opening = "“”„‘’‚«»‹›¡¿•–—·'"
	closing = "“”‘’«»‹›®™…°ºª²³€£–—·´'"
)

// reads returns which languages a word, read so, could be of, one bit for each; where there are none, the first bit stands for all. That wants letters of
// one script, lower case after upper case and not the other way round, signs where words have them, and letters beyond ASCII that the language has.
func (c *candidate) reads(word string) (languages uint16) {
	if len(word) == 1 && !strings.HasPrefix(c.name, "windows-") {
		return 0 // one letter says nothing
	}
	var letters wordLetters
	last := rune(' ') // a sign, a letter, or the beginning
	for i := range len(word) {
		r := c.page.char(word[i])
		switch {
		case r == utf8.RuneError || unicode.In(r, unicode.Mn, unicode.Co) || r >= 0x2500 && r < 0x25A0:
			return 0
		case r == 0xA0:
			letters = wordLetters{beyond: letters.beyond}
		case isLetter(r):
			if !isLetter(last) && last != ' ' && last != 0xA0 && !mayPrecede(last, letters.any) || !letters.add(r) {
				return 0
			}
		case isLetter(last) && !strings.ContainsRune(within, r) && !strings.ContainsRune(closing, r):
			return 0
		case strings.ContainsRune(within, r):
			letters = wordLetters{any: letters.any, beyond: letters.beyond}
		}
		last = r
	}
	return c.having(letters.beyond)
}

// mayPrecede reports whether a sign may stand before a letter, within a word or at its beginning.
func mayPrecede(sign rune, inWord bool) bool {
	if inWord {
		return strings.ContainsRune(within, sign)
	}
	return strings.ContainsRune(opening, sign)
}

// having returns the languages that have all of the letters.
func (c *candidate) having(letters []rune) (languages uint16) {
	if c.languages == nil {
		return 1
	}
	for i, l := range c.languages {
		lacks := func(r rune) bool { return !strings.ContainsRune(l.letters, r) }
		if !slices.ContainsFunc(letters, lacks) {
			languages |= 1 << i
		}
	}
	return languages
}

// isLetter leaves out letters that are signs: the ordinals of Spanish, raised letters, the florin and the micro sign.
func isLetter(r rune) bool {
	return unicode.IsLetter(r) && !unicode.Is(unicode.Lm, r) && !strings.ContainsRune("ºªƒµ", r)
}

// wordLetters are the letters of a word so far.
type wordLetters struct {
	any    bool
	script *unicode.RangeTable // nil at the beginning
	lower  bool                // the last one is lower case
	upper  int                 // how many before are upper case, without others between
	caps   bool                // one of them is beyond ASCII
	odd    bool                // the last one is beyond ASCII
	beyond []rune              // those beyond ASCII, in lower case
}

var wordScripts = []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Hebrew, unicode.Arabic}

// add reports whether the letter can follow. Only letters beyond ASCII are judged: McDonald and IDs are no one's encoding.
func (w *wordLetters) add(r rune) bool {
	beyond := r >= 0x80
	for _, script := range wordScripts {
		if !unicode.Is(script, r) {
			continue
		}
		if w.script != nil && w.script != script {
			return false
		}
		w.script = script
	}
	upper, lower := unicode.IsUpper(r), unicode.IsLower(r)
	if upper && w.lower && (beyond || w.odd) || lower && w.upper > 1 && (beyond || w.caps) {
		return false
	}
	if beyond {
		w.beyond = append(w.beyond, unicode.ToLower(r))
	}
	w.upper, w.caps = w.upper+1, w.caps || beyond
	if !upper {
		w.upper, w.caps = 0, false
	}
	w.any, w.lower, w.odd = true, lower, beyond
	return true
}

// isEastAsian reports the letters of Chinese, Japanese and Korean, narrow ones included.
func isEastAsian(r rune) bool {
	return r >= 0x1100 && (r >= 0xFF61 && r <= 0xFF9F || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul))
}

// isEastAsianSign reports the signs that stand among them: wide punctuation, wide ASCII, and the long vowel.
func isEastAsianSign(r rune) bool {
	return r >= 0x3000 && r < 0x3040 || r >= 0xFF00 && r < 0xFFF0 || r == 'ー' || r == '·' || r == '・'
}
