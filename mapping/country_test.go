package mapping

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"importer/mapping/wordlist"
)

// TestCountries counts what the index knows: the 249 codes of ISO 3166-1 and Kosovo.
func TestCountries(t *testing.T) {
	codes := map[string]bool{}
	for name, code := range countryIndex() {
		if len(code) != 2 {
			t.Errorf("%q is a name of %s", name, code)
		}
		codes[code] = true
		if len(name) == 2 && name != strings.ToLower(code) && name != "uk" && name != "vs" {
			t.Errorf("%q is %s", name, code)
		}
	}
	if len(codes) != 250 {
		t.Errorf("the index knows %d countries, want 250", len(codes))
	}
	for _, s := range wordlist.Must(wordFiles, "words/countries.txt") {
		for _, code := range s.Keys {
			for _, name := range s.Items(code) {
				if v, bad := readCountry(name); bad != nil || v.text != code {
					t.Errorf("%s is %q (%v), want %s", name, v.text, bad, code)
				}
			}
		}
	}
}

// TestCountriesOfAllLanguages reads every country by its name in every language, in capitals and without accents, too.
func TestCountriesOfAllLanguages(t *testing.T) {
	regions := map[string]bool{}
	for _, code := range countryIndex() {
		regions[code] = true
	}
	for _, l := range nameLanguages {
		for code := range regions {
			name := display.Regions(l).Name(language.MustParseRegion(code))
			for _, written := range []string{name, strings.ToUpper(name), strings.ToLower(name), umlauts.Replace(name)} {
				if v, bad := readCountry(written); bad != nil || v.text != code {
					t.Errorf("%s: %q is %q (%v), want %s", l, written, v.text, bad, code)
				}
			}
		}
	}
	checkKind(t, readCountry, []kindCase{
		{"Irland", "IE", ""}, {"Irlande", "IE", ""}, {"Irlanda", "IE", ""}, {"Ierland", "IE", ""}, {"Irlandia", "IE", ""},
		{"Deutschland", "DE", ""}, {"Allemagne", "DE", ""}, {"Alemania", "DE", ""}, {"Germania", "DE", ""}, {"Alemanha", "DE", ""}, {"Duitsland", "DE", ""}, {"Niemcy", "DE", ""},
		{"ÖSTERREICH", "AT", ""}, {"Oesterreich", "AT", ""}, {"Osterreich", "AT", ""}, {"Schweiz", "CH", ""}, {"Suisse", "CH", ""},
		{"Polska", "PL", ""}, {"Bialorus", "BY", ""}, {"España", "ES", ""}, {"Espana", "ES", ""}, {"Méjico", "", CodeCountryUnknown}, {"EE.UU.", "US", ""}, {"Etats-Unis", "US", ""},
		{"Congo", "", CodeCountryUnknown}, {"Korea", "", CodeCountryUnknown}, {"Guinea", "GN", ""}, {"Kongo-Kinshasa", "CD", ""},
	})
}

// TestNothingIsNoCountry: what stands for nothing, and a time, is no country for the letters in it; the plain code is one.
func TestNothingIsNoCountry(t *testing.T) {
	checkKind(t, readCountry, []kindCase{
		{"NA", "NA", ""}, {"na", "NA", ""}, {"NAM", "NA", ""}, {"Namibia", "NA", ""}, {"NC", "NC", ""},
		{"N/A", "", CodeCountryUnknown}, {"n.a.", "", CodeCountryUnknown}, {"-N-A-", "", CodeCountryUnknown}, {"#NA", "", CodeCountryUnknown},
		{"n.c.", "", CodeCountryUnknown}, {"N.R.", "", CodeCountryUnknown}, {"s/d", "", CodeCountryUnknown}, {"S.D.", "", CodeCountryUnknown},
		{"2024-01-05T10:00:00Z", "", CodeCountryUnknown}, {"DE1", "", CodeCountryUnknown}, {"I/E", "", CodeCountryUnknown},
		{"U.S.A.", "US", ""}, {"U.K.", "GB", ""}, {"united_states", "US", ""}, {"Bosnia & Herzegovina", "BA", ""},
	})
}

// TestNauruan: NA is the code of a language, and noted for what it may be instead.
func TestNauruan(t *testing.T) {
	for text, noted := range map[string]noteSet{"NA": languageNA, "na": languageNA, "nau": 0, "na-NR": 0, "Nauruan": 0, "nl": 0} {
		if v, bad := readLanguage(text); bad != nil || v.noted != noted {
			t.Errorf("%q: %+v, %v", text, v, bad)
		}
	}
}

func TestLanguagesByName(t *testing.T) {
	checkKind(t, readLanguage, []kindCase{
		{"English", "en", ""}, {"ENGLISCH", "en", ""}, {"anglais", "en", ""}, {"inglés", "en", ""}, {"ingles", "en", ""}, {"inglese", "en", ""}, {"inglês", "en", ""}, {"Engels", "en", ""}, {"angielski", "en", ""},
		{"Deutsch", "de", ""}, {"German", "de", ""}, {"allemand", "de", ""}, {"alemán", "de", ""}, {"tedesco", "de", ""}, {"alemão", "de", ""}, {"Duits", "de", ""}, {"niemiecki", "de", ""},
		{"Polski", "pl", ""}, {"Français", "fr", ""}, {"Nederlands", "nl", ""}, {"Português", "pt", ""}, {"Castellano", "es", ""}, {"Gaeilge", "ga", ""}, {"Irish", "ga", ""},
		{"American English", "en-US", ""}, {"Brazilian Portuguese", "pt-BR", ""}, {"Norwegian", "no", ""}, {"русский", "ru", ""}, {"日本語", "ja", ""},
		{"English2", "", CodeLanguageInvalid}, {"Klingon", "", CodeLanguageInvalid}, {"Swiss", "", CodeLanguageInvalid}, {"English/German", "", CodeLanguageInvalid}, {strings.Repeat("x", 101), "", CodeLanguageInvalid},
	})
	for name, tag := range languageIndex() {
		if tag == "" {
			t.Errorf("%q is a name of more than one language", name)
		}
	}
}

// FuzzCountry: a country is two capitals that read as themselves, and no text with digits is one.
func FuzzCountry(f *testing.F) {
	for _, s := range []string{"Irland", "the Gambia", "côte d’ivoire", "IE", "ı", "\xff", "St. & Nevis"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, bad := readCountry(s)
		if (bad == nil) == (v.text == "") {
			t.Fatalf("%q: both or neither of value %q and flaw %v", s, v.text, bad)
		}
		if bad == nil {
			if again, _ := readCountry(v.text); again.text != v.text || utf8.RuneCountInString(v.text) != 2 {
				t.Fatalf("%q is %q, which is %q", s, v.text, again.text)
			}
		}
		tag, bad := readLanguage(s)
		if bad == nil {
			if again, bad := readLanguage(tag.text); bad != nil || again.text != tag.text {
				t.Fatalf("%q is %q, which is %q (%v)", s, tag.text, again.text, bad)
			}
		}
	})
}
