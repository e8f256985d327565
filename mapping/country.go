package mapping

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"
)

// readCountry takes ISO 3166-1 alpha-2 and alpha-3 codes and English names, whatever their case, accents and punctuation.
func readCountry(s string) (value, *flaw) {
	if len(s) > 100 {
		return value{}, flawCountry
	}
	if code, ok := countryIndex()[foldCountry(s)]; ok {
		return value{text: code}, nil
	}
	return value{}, flawCountry
}

var flawCountry = newFlaw(CodeCountryUnknown, "is no country by ISO code or English name")

// countryIndex finds alpha-2 codes by folded code or name. It is made on first use and never changed.
var countryIndex = sync.OnceValue(func() map[string]string {
	index := make(map[string]string, 1024)
	names := display.English.Regions()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			region, err := language.ParseRegion(code)
			if err != nil || !isISOCountry(region, code) {
				continue
			}
			name := names.Name(region)
			if name == "" {
				continue // withdrawn: CLDR names countries that are
			}
			index[foldCountry(code)] = code
			index[foldCountry(region.ISO3())] = code
			index[foldCountry(name)] = code
		}
	}
	for name, code := range otherNames {
		index[foldCountry(name)] = code
	}
	return index
})

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

// otherNames are English names in common use beside the one that CLDR prefers. It is never changed.
var otherNames = map[string]string{
	"UK": "GB", "Great Britain": "GB", "England": "GB", "Scotland": "GB", "Wales": "GB", "Northern Ireland": "GB",
	"United Kingdom of Great Britain and Northern Ireland": "GB",
	"USA": "US", "United States of America": "US", "America": "US",
	"Republic of Ireland": "IE", "Eire": "IE", "Holland": "NL", "The Netherlands": "NL",
	"Czech Republic": "CZ", "Slovak Republic": "SK", "Turkey": "TR", "Türkiye": "TR", "Macedonia": "MK", "Swaziland": "SZ",
	"Burma": "MM", "Myanmar": "MM", "Cape Verde": "CV", "Ivory Coast": "CI", "East Timor": "TL", "Vatican": "VA", "Holy See": "VA",
	"Russian Federation": "RU", "Korea, Republic of": "KR", "Republic of Korea": "KR", "Viet Nam": "VN", "Syrian Arab Republic": "SY",
	"Iran, Islamic Republic of": "IR", "Moldova, Republic of": "MD", "Tanzania, United Republic of": "TZ",
	"Hong Kong": "HK", "Macau": "MO", "Macao": "MO", "Taiwan": "TW", "Palestine": "PS", "UAE": "AE", "Brunei Darussalam": "BN",
	"Lao People's Democratic Republic": "LA", "Democratic Republic of the Congo": "CD", "Republic of the Congo": "CG",
}

// foldCountry keeps the letters in lower case without accents, "and" for "&", "st" for "saint", no leading "the".
func foldCountry(s string) string {
	if isLowerASCII(s) {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ReplaceAll(s, "&", "and")) {
		if unicode.IsLetter(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	folded := strings.TrimPrefix(b.String(), "the")
	if rest, ok := strings.CutPrefix(folded, "saint"); ok {
		return "st" + rest
	}
	return folded
}

func isLowerASCII(s string) bool {
	if len(s) > 3 {
		return false // names may begin with "the" or "saint"
	}
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return true
}
