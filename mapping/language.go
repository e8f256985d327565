package mapping

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"importer/mapping/wordlist"
)

// readLanguage takes BCP 47 tags (RFC 5646), with _ for - as many systems write them, and returns them in their usual
// casing with deprecated codes replaced. It takes names of languages in [nameLanguages] and in the language itself, too.
func readLanguage(s string) (value, *flaw) {
	if len(s) <= 35 {
		tag, err := language.Parse(s) // reads _ as -
		if base, _, _ := tag.Raw(); err == nil && base.String() != "und" {
			return value{text: tag.String(), noted: notesOfLanguage(s)}, nil
		}
	}
	if len(s) <= 100 && !strings.ContainsAny(s, "0123456789_@/") { // normalizing drops these
		if tag := languageIndex()[normalWord(s)]; tag != "" {
			return value{text: tag}, nil
		}
	}
	return value{}, newFlaw(CodeLanguageInvalid, "is no language tag and no name of a language")
}

// notesOfLanguage notes NA, which is the code of Nauruan, and far more often nothing.
func notesOfLanguage(s string) noteSet {
	if strings.EqualFold(s, "na") {
		return languageNA
	}
	return 0
}

// languageIndex finds tags by normalized names of the languages of ISO 639-1 and some variants. It is made on first use and never changed.
var languageIndex = sync.OnceValue(func() map[string]string {
	names := nameIndex{}
	add := func(tag language.Tag) {
		for _, l := range nameLanguages {
			names.add(normalWord, display.Tags(l).Name(tag), tag.String())
		}
	}
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			code := string([]rune{a, b})
			tag, err := language.Parse(code)
			if err != nil || tag.String() != code || display.English.Languages().Name(tag) == "" || code == "no" || code == "tw" {
				continue // CLDR calls no Bokmål, and tw Akan
			}
			add(tag)
			names.add(normalWord, display.Self.Name(tag), code)
		}
	}
	lists := wordlist.Must(wordFiles, "words/languages.txt")
	for _, variant := range lists[0].Items("tags") {
		add(language.MustParse(variant))
	}
	names.addAll(normalWord, lists[1])
	return names
})
