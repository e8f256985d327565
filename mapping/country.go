package mapping

import (
	"maps"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"

	"importer/mapping/wordlist"
)

// nameLanguages are the languages in which countries and languages are known by name. Never changed.
var nameLanguages = []language.Tag{
	language.English, language.German, language.French, language.Spanish, language.Italian,
	language.Portuguese, language.EuropeanPortuguese, language.Dutch, language.Polish,
}

// readCountry takes ISO 3166-1 alpha-2 and alpha-3 codes and names in [nameLanguages], whatever their case, accents and punctuation.
func readCountry(s string) (value, *flaw) {
	if len(s) <= 100 && !strings.ContainsAny(s, "0123456789@/") { // normalizing drops these, and a time such as 09:30Z is no country
		normalized := normalCountry(s)
		if code := countryIndex()[normalized]; code != "" && (plainly(s, normalized) || !shortForNothing[normalized]) {
			return value{text: code}, nil
		}
	}
	return value{}, newFlaw(CodeCountryUnknown, "is no country by ISO code or name")
}

// shortForNothing are letters that stand for nothing where points or dashes are about them, and for a country as a code. Never changed.
var shortForNothing = map[string]bool{
	"na": true, // n.a., not available; Namibia
	"nc": true, // n.c., non communiqué; New Caledonia
	"nr": true, // n.r., non renseigné; Nauru
	"sd": true, // s.d., sin datos; Sudan
	"sn": true, // s.n., sine nomine; Senegal
}

// plainly reports a text that is written with its letters only.
func plainly(s, normalized string) bool { return strings.EqualFold(s, normalized) }

// countryIndex finds alpha-2 codes by normalized code or name. Codes go before names. It is made on first use and never changed.
var countryIndex = sync.OnceValue(func() map[string]string {
	codes := make(map[string]string, 512)
	names := nameIndex{}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			region, err := language.ParseRegion(code)
			if err != nil || !isISOCountry(region, code) || display.English.Regions().Name(region) == "" {
				continue // withdrawn: CLDR names countries that are
			}
			codes[normalCountry(code)] = code
			codes[normalCountry(region.ISO3())] = code
			for _, l := range nameLanguages {
				names.add(normalCountry, display.Regions(l).Name(region), code)
			}
		}
	}
	names.addAll(normalCountry, wordlist.Must(wordFiles, "words/countries.txt")...)
	maps.Copy(names, codes)
	return names
})

// nameIndex finds codes by normalized names. A name of more than one has "": tests make sure that there is none.
type nameIndex map[string]string

// add notes a name, and its writing without umlauts as German keyboards without them have it.
func (x nameIndex) add(normalize func(string) string, name, code string) {
	for _, written := range []string{name, umlauts.Replace(name)} {
		normalized := normalize(written)
		switch before, known := x[normalized]; {
		case normalized == "":
		case known && before != code:
			x[normalized] = ""
		default:
			x[normalized] = code
		}
	}
}

// addAll notes names that are listed under their code.
func (x nameIndex) addAll(normalize func(string) string, sections ...wordlist.Section) {
	for _, s := range sections {
		for _, code := range s.Keys {
			for _, name := range s.Items(code) {
				x.add(normalize, name, code)
			}
		}
	}
}

var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue")

// isISOCountry leaves out what CLDR lists besides the countries of ISO 3166-1: withdrawn codes and codes reserved for
// dependencies and unions. XK is kept: it is user-assigned, and what everybody writes for Kosovo.
func isISOCountry(region language.Region, code string) bool {
	if code == "XK" {
		return true
	}
	if region.String() != code || !region.IsCountry() || region.Canonicalize() != region || region.IsPrivateUse() {
		return false
	}
	return !strings.Contains("AC CP CQ DG EA EU EZ IC TA UN XA XB ZZ", code)
}

// normalCountry keeps the letters in lower case without accents, "and" for "&", "st" for "saint", no leading "the".
func normalCountry(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(plainLetters.Replace(strings.ReplaceAll(s, "&", "and"))) {
		if unicode.IsLetter(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	normalized := strings.TrimPrefix(b.String(), "the")
	if rest, ok := strings.CutPrefix(normalized, "saint"); ok {
		return "st" + rest
	}
	return normalized
}
