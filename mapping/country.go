package mapping

import (
	"maps"
	"slices"
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
	if len(s) > 100 {
		return value{}, flawCountry
	}
	switch codes := countryIndex()[normalCountry(s)]; len(codes) {
	case 0:
		return value{}, flawCountry
	case 2:
		return value{text: codes}, nil
	default:
		return value{}, severalCountries(codes)
	}
}

func severalCountries(codes string) *flaw {
	return newFlaw(CodeCountryUnknown, "is a name of more than one country").withHint("write the ISO code: it may be " + strings.Join(strings.Fields(codes), " or "))
}

var flawCountry = newFlaw(CodeCountryUnknown, "is no country by ISO code or name")

// countryIndex finds alpha-2 codes by normalized code or name; several, with spaces between them, where a name is used of more than
// one country. Codes go before names. It is made on first use and never changed.
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
	index := names.index()
	maps.Copy(index, codes)
	return index
})

// nameIndex gathers what normalized names stand for.
type nameIndex map[string][]string

// add notes a name, and its writing without umlauts as German keyboards without them have it.
func (x nameIndex) add(normalize func(string) string, name, code string) {
	if name == "" {
		return
	}
	for _, written := range []string{name, umlauts.Replace(name)} {
		normalized := normalize(written)
		if normalized != "" && !slices.Contains(x[normalized], code) {
			x[normalized] = append(x[normalized], code)
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

// index joins the codes of each name.
func (x nameIndex) index() map[string]string {
	index := make(map[string]string, len(x))
	for name, codes := range x {
		slices.Sort(codes)
		index[name] = strings.Join(codes, " ")
	}
	return index
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
