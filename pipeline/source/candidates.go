package source

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// candidate is an encoding of one byte a character in which a list may be written, and the languages that are written in it.
type candidate struct {
	name      string
	page      *codePage
	home      byte     // not 0: it is a candidate only where there is a byte from 0x80 to this one, in which it has its everyday letters
	alphabets []string // lower-case letters beyond ASCII of each language; nil where the script says enough
}

// The languages of western Europe, and of each other region that has a code page of its own with Latin letters.
var (
	western = []string{
		"àâæçéèêëîïôœùûüÿ", "áéíñóúü", "áâãàçéêíóôõúü", "àèéìíîòóùú", "äöüßé", "áâäàçéèêëíïîóôöúûü", "æøåéèêóòôäöü", "åäöéàüšžõ",
		"áðéíóúýþæöø", "àçèéíïòóúü", "âêîôûáàäëïöé",
	}
	central = []string{
		"ąćęłńóśźż", "áčďéěíňóřšťúůýžöü", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţáé", "čćđšž", "äöüßé", "çëé", "ćčěłńóřšźž",
		"áâäçéëíîóôöúüý",
	}
	turkish = append([]string{"çğıi\u0307öşüâîû"}, western...)
)

// candidates are weighed against each other, the likelier first where nothing else decides. The languages of windows-1257 are weighed each by itself, since
// all of its letters together are those of half of Europe.
var candidates = []candidate{
	{Windows1252, windows1252, 0, western},
	{"windows-1250", pageOf("windows-1250"), 0, central},
	{"windows-1251", pageOf("windows-1251"), 0, nil},
	{"windows-1253", pageOf("windows-1253"), 0, nil},
	{"windows-1254", pageOf("windows-1254"), 0, turkish},
	{"windows-1257", pageOf("windows-1257"), 0, []string{"ąčęėįšųūž"}},
	{"windows-1257", pageOf("windows-1257"), 0, []string{"āčēģīķļņōŗšūž"}},
	{"windows-1257", pageOf("windows-1257"), 0, []string{"äöüõšž"}},
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

// reads reports whether a word, read so, could be one of a language that is written so: letters of one script, lower case after upper case and not the
// other way round, signs where words have them, and letters beyond ASCII that one of the languages has.
func (c *candidate) reads(word string) bool {
	var letters wordLetters
	last := rune(' ') // a sign, a letter, or the beginning
	for i := range len(word) {
		r := c.page.char(word[i])
		switch {
		case r == utf8.RuneError || unicode.In(r, unicode.Mn, unicode.Co) || r >= 0x2500 && r < 0x25A0:
			return false
		case r == 0xA0:
			letters = wordLetters{beyond: letters.beyond}
		case isLetter(r):
			if !isLetter(last) && last != ' ' && last != 0xA0 && !mayPrecede(last, letters.any) || !letters.add(r) {
				return false
			}
		case isLetter(last) && !strings.ContainsRune(within, r) && !strings.ContainsRune(closing, r):
			return false
		case strings.ContainsRune(within, r):
			letters.script, letters.lower, letters.upper = nil, false, 0
		}
		last = r
	}
	return c.hasAll(letters.beyond)
}

// mayPrecede reports whether a sign may stand before a letter, within a word or at its beginning.
func mayPrecede(sign rune, inWord bool) bool {
	if inWord {
		return strings.ContainsRune(within, sign)
	}
	return strings.ContainsRune(opening, sign)
}

// hasAll reports whether one of the languages has all of the letters.
func (c *candidate) hasAll(letters []rune) bool {
	if c.alphabets == nil || len(letters) == 0 {
		return true
	}
	for _, alphabet := range c.alphabets {
		all := true
		for _, r := range letters {
			all = all && strings.ContainsRune(alphabet, r)
		}
		if all {
			return true
		}
	}
	return false
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
	if upper && w.lower && (beyond || w.odd) || lower && w.upper > 1 && (beyond || w.odd) {
		return false
	}
	if beyond {
		w.beyond = append(w.beyond, unicode.ToLower(r))
	}
	if w.upper++; !upper {
		w.upper = 0
	}
	w.any, w.lower, w.odd = true, lower, beyond
	return true
}

// isEastAsian reports the letters of Chinese, Japanese and Korean.
func isEastAsian(r rune) bool {
	return r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// isEastAsianSign reports the signs that stand among them: wide punctuation, wide ASCII, and the long vowel.
func isEastAsianSign(r rune) bool {
	return r >= 0x3000 && r < 0x3040 || r >= 0xFF00 && r < 0xFFF0 || r == 'ー' || r == '·' || r == '・'
}

// isCommon reports a character that texts in the encoding mostly have: Hangul, kana, or the first of the two levels of Chinese characters.
func isCommon(name string, r rune) bool {
	if name == "euc-kr" {
		return unicode.Is(unicode.Hangul, r)
	}
	if unicode.In(r, unicode.Hiragana, unicode.Katakana) {
		return r < 0xFF00 && (name == "shift_jis" || name == "euc-jp")
	}
	written, err := charsetOf(name).stream.NewEncoder().String(string(r))
	if err != nil || len(written) != 2 {
		return false
	}
	from, to := byte(0xB0), byte(0xD7)
	switch name {
	case "big5":
		from, to = 0xA4, 0xC6
	case "shift_jis":
		from, to = 0x88, 0x97
	case "euc-jp":
		to = 0xCF
	}
	return written[0] >= from && written[0] <= to && (name != "gbk" || written[1] >= 0xA1)
}
