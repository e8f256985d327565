package mapping

import (
	"strings"
	"testing"
)

func TestLikelyDomain(t *testing.T) {
	for want, all := range map[string]string{
		"gmail.com":      "gmial.com gamil.com gmal.com gmil.com gmai.com gmaill.com gmali.com gnail.com gmaul.com gmsil.com gmail.con gmail.cmo gmail.co gmail.cm gmail.comm gmial.con gail.com",
		"hotmail.com":    "hotnail.com hotmial.com hotmai.com hotmal.com homail.com hormail.com hotmaill.com hotmail.con hotmail.cm",
		"hotmail.co.uk":  "hotmial.co.uk hotnail.co.uk",
		"hotmail.fr":     "hotmial.fr homail.fr",
		"outlook.com":    "outlok.com outlokk.com oulook.com outloook.com outlook.con",
		"yahoo.com":      "yaho.com yahooo.com yhoo.com yahho.com yahoo.con yahoo.co",
		"yahoo.fr":       "yahooo.fr yaoo.fr",
		"icloud.com":     "iclould.com icoud.com iclod.com icloud.vom",
		"live.com":       "live.con",
		"aol.com":        "aol.con aol.cm",
		"t-online.de":    "tonline.de t-onlin.de",
		"small-shop.com": "small-shop.con small-shop.cmo small-shop.comm",
	} {
		for _, domain := range strings.Fields(all) {
			if got := likelyDomain(domain); got != want {
				t.Errorf("%s: did you mean %q, want %s", domain, got, want)
			}
		}
	}
}

// TestRealDomainsAreLeftAlone: domains of providers and of small companies that exist one typo away from big names.
func TestRealDomainsAreLeftAlone(t *testing.T) {
	for _, domain := range strings.Fields(`gmail.com googlemail.com hotmail.com outlook.com yahoo.com icloud.com mail.com email.com ymail.com rocketmail.com fmail.com
		gmx.com gmx.net gmx.de gmx.at gmx.ch web.de aon.com aon.at love.com life.com aim.com me.com mac.com live.ie live.nl live.fr live.co.uk hotmail.be hotmail.se hotmail.no hotmail.co.jp
		yahoo.se yahoo.ie yahoo.ca yahoo.co.in yahoo.com.au yahoo.com.br yahoo.gr yahoo.ro outlook.ie outlook.fr outlook.de outlook.es fastmail.com fastmail.fm hushmail.com tutanota.com
		msn.com mns.com free.fr fre.fr sfr.fr wp.pl op.pl o2.pl onet.pl onet.eu libero.it liber.it alice.it tim.it orange.fr orange.es orage.fr comcast.net sky.com protonmail.com proton.me
		example.com example.org shop.co shop.cm company.om a.co t.co x.com g.co mail.ru gmail.ru hotel.com hotmart.com outlet.com outlook.com.br icloud.de cloud.com yahoo.de btopenworld.com
		hotmail.co.nz gmail.de museum.museum con.com con.de mail.cz btinternet.com laposte.net wanadoo.fr wanadoo.es wanadoo.nl`) {
		if got := likelyDomain(domain); got != "" {
			t.Errorf("%s is reported as %s", domain, got)
		}
	}
}

func TestEmailHints(t *testing.T) {
	for address, want := range map[string]string{
		"jane@gmail": "gmail.com", "jane@gmail,com": "gmail.com", "jane@GMAILCOM": "gmail.com", "jane@gmail..com": "gmail.com", "jane@hotmail": "hotmail.com", "jane@yahoo.co.uk.": "yahoo.co.uk",
		"jane@example": "", "jane@@gmail.com": "gmail.com", "jane": "", "@": "",
	} {
		_, bad := readEmail(address)
		if bad == nil {
			t.Errorf("%s is accepted", address)
			continue
		}
		if got := strings.Contains(bad.hint, "did you mean "+want+" after"); got != (want != "") {
			t.Errorf("%s: the hint is %q, want %q in it", address, bad.hint, want)
		}
	}
}

// FuzzLikelyDomain: what is suggested is a domain that raises no question itself.
func FuzzLikelyDomain(f *testing.F) {
	for _, s := range []string{"gmial.com", "gmail.con", "a.con", "con.con", ".com", "x", "gmial.co.uk", "gmailgmail.com"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		domain, bad := readDomain(s)
		if bad != nil {
			return
		}
		if meant := likelyDomain(domain); meant != "" && (likelyDomain(meant) != "" || meant == domain) {
			t.Fatalf("%s: %s, which is %q", domain, meant, likelyDomain(meant))
		}
	})
}
