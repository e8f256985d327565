package suggest

import (
	"cmp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxName is how much of a header cell is looked at, in bytes. No name is longer.
const maxName = 200

// wordsOf takes a header cell apart into normalized words: "E-mail 1 - Value" is e, mail, 1, value; "billingPostCode2" is billing,
// post, code, 2; "Straße" is strasse. Case, accents and punctuation are gone.
func wordsOf(name string) []string {
	var words []string
	var word strings.Builder
	var last rune
	flush := func() {
		if word.Len() > 0 {
			words = append(words, word.String())
			word.Reset()
		}
	}
	runes := []rune(norm.NFKC.String(cut(name, maxName)))
	for i, r := range runes {
		switch {
		case unicode.IsMark(r):
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
		case unicode.IsDigit(r) != unicode.IsDigit(last),
			unicode.IsUpper(r) && unicode.IsLower(last),
			unicode.IsUpper(r) && unicode.IsUpper(last) && i+1 < len(runes) && unicode.IsLower(runes[i+1]) && !shortRest(runes[i+1:]):
			flush()
			fallthrough
		default:
			word.WriteString(baseLetters(r))
		}
		last = r
	}
	flush()
	return words
}

// shortRest tells the s of "IDs" from the rest of a word.
func shortRest(rest []rune) bool {
	return len(rest) < 2 || !unicode.IsLower(rest[1])
}

// written are letters that no accent comes off, as they are written where they are not at hand.
var written = map[rune]string{'ß': "ss", 'ł': "l", 'ø': "o", 'œ': "o", 'æ': "ae", 'đ': "d", 'ı': "i"}

// baseLetters gives a letter in lower case without accents.
func baseLetters(r rune) string {
	r = unicode.ToLower(r)
	if letters, ok := written[r]; ok || r < unicode.MaxASCII {
		return cmp.Or(letters, string(r))
	}
	for _, base := range norm.NFD.String(string(r)) {
		if !unicode.IsMark(base) {
			return string(base)
		}
	}
	return ""
}

// normal is wordsOf in one piece, for comparing cells: "Très Élevé" is "tres eleve".
func normal(text string) string { return strings.Join(wordsOf(text), " ") }

// cut shortens s to at most n bytes, between runes.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
