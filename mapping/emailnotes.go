package mapping

import (
	"strings"
	"sync"

	"importer/mapping/wordlist"
)

// addressWords are the words by which a well-formed address is known not to be that of a person.
var addressWords = sync.OnceValue(func() *wordlist.Section { return &wordlist.Must(wordFiles, "words/addresses.txt")[0] })

// noteAddress notes what is odd about a well-formed address: each address counts under one note. Nothing of a person is kept: a domain, or a
// word that is no name.
func noteAddress(address string, notes *noted) {
	if notes == nil {
		return
	}
	words := addressWords()
	at := strings.LastIndexByte(address, '@')
	local, domain := address[:at], address[at+1:]
	ending := domain[strings.LastIndexByte(domain, '.')+1:]
	if strings.IndexByte(local, '#') >= 0 && strings.Contains(strings.ToUpper(local), guestMark) {
		notes.example(emailGuest, Escape(domain, maxShown))
		return
	}
	switch word := roleWord(local); {
	case words.Has("reserved endings", ending):
		notes.example(emailReserved, "."+ending)
	case isNobody(word, domain):
		notes.example(emailNobody, Escape(word+"@"+domain, maxShown))
	case words.Has("disposable domains", domain):
		notes.example(emailDisposable, domain)
	case words.Has("roles", word):
		notes.example(emailRole, word+"@")
	default:
		if meant := likelyDomain(domain); meant != "" {
			notes.example(emailTypo, Escape(domain, maxShown)+" for "+meant+"?")
		}
	}
}

// guestMark stands in the names that Microsoft Entra ID gives to guests: jane_gmail.com#EXT#@example.onmicrosoft.com.
const guestMark = "#EXT#"

// roleWord is the part before the @ as the word lists write it: without case, separators, and what follows a +.
func roleWord(local string) string {
	local, _, _ = strings.Cut(strings.ToLower(local), "+")
	half := strings.IndexAny(local, ".-_")
	if half < 0 || !addressWords().Has("first halves", local[:half]) {
		return local // most are first.last: no copy is made of them
	}
	return strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r == '_' {
			return -1
		}
		return r
	}, local)
}

// isNobody reports addresses that fill a cell: words such as none before the @; or one word or one letter on both sides, as in
// test@test.com and a@a.com.
func isNobody(word, domain string) bool {
	words := addressWords()
	if words.Has("nobody", word) {
		return true
	}
	name, _, _ := strings.Cut(domain, ".")
	return word == name && (words.Has("fillers", word) || word != "" && strings.Trim(word, word[:1]) == "")
}
