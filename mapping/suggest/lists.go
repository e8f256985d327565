package suggest

import (
	"embed"
	"sync"

	"importer/mapping/wordlist"
)

// wordFiles are the word lists of this package; each is read when it is first needed, and says itself what its lists are for.
//
//go:embed words/*.txt
var wordFiles embed.FS

// sectionsOf reads a file by the names of its sections.
func sectionsOf(name string) map[string]wordlist.Section {
	sections := map[string]wordlist.Section{}
	for _, s := range wordlist.Must(wordFiles, "words/"+name+".txt") {
		sections[s.Name] = s
	}
	return sections
}

// cellLists are words that stand in cells, normalized, from words/cells.txt.
type cellLists struct {
	truths, subscriptions, genders           map[string]string // what each word stands for
	salutations, accountStates, placeholders map[string]bool   // placeholders in lower case, not normalized
	genderLetters                            wordlist.Section  // letters for a man and a woman, by the letter that tells them
}

// cellWords is made on first use and never changed.
var cellWords = sync.OnceValue(func() cellLists {
	file := sectionsOf("cells")
	words := file["words"]
	return cellLists{
		truths: file["yes or no"].ByItem(), subscriptions: file["subscriptions"].ByItem(), genders: file["genders"].ByItem(),
		salutations: words.Set("salutations"), accountStates: words.Set("account states"), placeholders: words.Set("placeholders"),
		genderLetters: file["gender letters"],
	}
})

// countryLists say what speaks for a country, from words/countries.txt.
type countryLists struct {
	ofLanguage, ofPostalCode map[string]string // country by language and by shape of postal code
	openDomains              map[string]bool   // endings of domains that people anywhere have
	common                   []string          // countries to try after those that the list hints at
}

// countryWords is made on first use and never changed.
var countryWords = sync.OnceValue(func() countryLists {
	file := sectionsOf("countries")
	others := file["others"]
	return countryLists{file["languages"].ByItem(), file["postal codes"].ByItem(), others.Set("open domains"), others.Items("common")}
})
