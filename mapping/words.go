package mapping

import (
	"embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"importer/mapping/wordlist"
)

// The word lists of this package. Each file is read when it is first needed, and says itself what its lists are for.
//
//go:embed words/*.txt
var wordFiles embed.FS

var (
	monthWords      = wordlist.Lazy(wordFiles, "words/months.txt")
	nameWords       = sync.OnceValue(func() *wordlist.Section { return &wordlist.Must(wordFiles, "words/names.txt")[0] }) // looked up most
	passwordWords   = sync.OnceValue(func() *wordlist.Section { return &wordlist.Must(wordFiles, "words/passwords.txt")[0] })
	phoneWords      = wordlist.Lazy(wordFiles, "words/phones.txt")
	providerWords   = wordlist.Lazy(wordFiles, "words/providers.txt")
	salutationWords = wordlist.Lazy(wordFiles, "words/salutations.txt")

	spreadsheetWords = sync.OnceValue(func() *wordlist.Section { return &wordlist.Must(wordFiles, "words/spreadsheets.txt")[0] })
)

// letters that no accent comes off, as they are written where they are not at hand. It is never changed.
var plainLetters = strings.NewReplacer("ß", "ss", "ẞ", "ss", "ł", "l", "Ł", "l", "ø", "o", "Ø", "o", "æ", "ae", "Æ", "ae", "œ", "oe", "Œ", "oe", "đ", "d", "Đ", "d", "ı", "i")

// normalWord keeps the letters of a word in lower case without accents: "Señora", "SENORA" and "Sra.": "senora", "sra".
func normalWord(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r < 'a' || r > 'z' }) < 0 {
		return s
	}
	if isASCII(s) {
		low := make([]byte, 0, len(s))
		for i := range len(s) {
			if c := s[i]; isLetter(c) {
				low = append(low, c|0x20)
			}
		}
		return string(low)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(plainLetters.Replace(s)) {
		if unicode.IsLetter(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
