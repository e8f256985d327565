package profile

import (
	"slices"
	"strings"
	"testing"
)

func TestSuspiciousValues(t *testing.T) {
	for value, want := range map[string]Suspicion{
		"Ada": "", "O'Brien": "", "ZOË": CapitalName, "ADA": CapitalName, "AD": "", "Zoë": "", "Smith & Sons": "", "a < b": "", "王小明": "",
		"<b>Ada</b>": Markup, "Ada <br/>": Markup, "1 <2": DigitsInName, "a < b > c": "",
		"Ada &amp; Bob": Entity, "O&#39;Brien": DigitsInName + " " + Entity, "AT&T; Inc": "", "&;": "",
		"ZoÃ«": DoubleUTF8, "MÃ¼ller": DoubleUTF8, "Â\u00a0": DoubleUTF8, "Łukasz": "", "José": "", "Ã": "", "Zo\ufffd": Replacement,
		"null": Nothing, "N/A": Nothing, "--": Nothing, "Null": Nothing, "Nullmeyer": "", "Na": "", "None": Nothing, "?": Nothing,
		"=Ada": LeadingMark, "'Ada": LeadingMark, "Ada1": DigitsInName, "ada@example.com": EmailInName,
		strings.Repeat("Ada ", 20) + "!": VeryLong,
	} {
		var s suspects
		s.look(Place{Row: 1}, value, true)
		var got []string
		for _, one := range s.list() {
			got = append(got, one.Text)
			if Suspicion(one.Text).Means() == one.Text {
				t.Errorf("%s has no words", one.Text)
			}
		}
		slices.Sort(got)
		if text := strings.Join(got, " "); text != string(want) {
			t.Errorf("%q is %q, want %q", value, text, want)
		}
	}
}
