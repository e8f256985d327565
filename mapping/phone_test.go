package mapping

import (
	"strings"
	"testing"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// readings compares what numbers of a country are read as: the E.164 text, or the code of the flaw, and what is noted.
func checkPhones(t *testing.T, p phoneReader, cases [][2]string) {
	t.Helper()
	for _, c := range cases {
		v, bad := p.read(c[0])
		got := v.text
		for _, n := range noteKinds {
			if v.noted&(n.bit) != 0 {
				got += " " + n.Name
			}
		}
		if bad != nil {
			got = bad.code
		}
		if got != c[1] {
			t.Errorf("%+v reads %q as %q (%+v), want %q", p, c[0], got, bad, c[1])
		}
	}
}

func TestPhoneDecimals(t *testing.T) {
	t.Parallel()
	checkPhones(t, phoneReader{region: "DE"}, [][2]string{
		{"1701234567.0", "+491701234567 decimals_removed"},
		{"1701234567,0", "+491701234567 decimals_removed"},
		{"1701234567.00", "+491701234567 decimals_removed"},
		{"01701234567.0", "+491701234567 decimals_removed"},
		{"+491701234567.0", "+491701234567 decimals_removed"},
		{"１７０１２３４５６７.0", "+491701234567 decimals_removed"},
		{"030.1234.0", "+493012340"},
		{"030 1234.0", "+493012340"},
		{"0170.1234567", "+491701234567"},
		{"01.70.12.34.56", "phone_invalid"},
		{"1701234567.", "+491701234567"},
		{"0171 1234567.0", CodePhoneInvalid}, {"(0171) 1234567.0", CodePhoneInvalid}, {"0171/1234567.0", CodePhoneInvalid}, {"+49 171 1234567.0", CodePhoneInvalid}, {"0171-1234567,00", CodePhoneInvalid},
		{"030 1234.56", "+4930123456"}, {"0170 123.45.67", "+491701234567"},
		{"1.70123E+09", CodeDigitsLost},
		{"4,91702E+11", CodeDigitsLost},
	})
	checkPhones(t, phoneReader{region: "FR"}, [][2]string{{"612345678.0", "+33612345678 decimals_removed"}, {"06.12.34.56.00", "+33612345600"}, {"01.23.45.67.00", "+33123456700"}})
	checkPhones(t, phoneReader{}, [][2]string{{"491701234567.0", CodePhoneCountryUnknown}})
}

func TestPhoneDigitsOfAllScripts(t *testing.T) {
	t.Parallel()
	checkPhones(t, phoneReader{region: "JP"}, [][2]string{
		{"０９０－１２３４－５６７８", "+819012345678"}, {"＋８１　９０　１２３４　５６７８", "+819012345678"}, {"（０３）１２３４５６７８", "+81312345678"},
	})
	checkPhones(t, phoneReader{region: "EG"}, [][2]string{{"٠١٠٠ ١٢٣ ٤٥٦٧", "+201001234567"}, {"+٢٠١٠٠١٢٣٤٥٦٧", "+201001234567"}})
	checkPhones(t, phoneReader{region: "IR"}, [][2]string{{"۰۹۱۲ ۳۴۵ ۶۷۸۹", "+989123456789"}})
	checkPhones(t, phoneReader{region: "IN"}, [][2]string{{"९८७६५४३२१०", "+919876543210"}})
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if unicode.Is(unicode.Nd, r) && unicode.Is(unicode.Nd, r+9-(digitOf(r)-'0')) != true {
			t.Errorf("%U is digit %d of no block of ten", r, (digitOf(r) - '0'))
		}
	}
}

func TestTwoPhones(t *testing.T) {
	t.Parallel()
	checkPhones(t, phoneReader{region: "DE"}, [][2]string{
		{"030/1234567", "+49301234567"},
		{"0171/1234567", "+491711234567"},
		{"030 / 123 45 67", "+49301234567"},
		{"+49/171/1234567", "+491711234567"},
		{"0049/30/1234567", "+49301234567"},
		{"04131/12345", "+49413112345"},
		{"033701/12345", "+493370112345"},
		{"0221/470-1234", "+492214701234"},
		{"030 12345-67", "+49301234567"}, // an extension, as Germans write it
		{"030 12345-0", "+4930123450"},
		{"0171-1234567", "+491711234567"},
		{"030-123-45-67", "+49301234567"},
		{"030 1234567/8", CodePhoneTwo},
		{"030 1234567 / 8", CodePhoneTwo},
		{"030/1234567/8", CodePhoneTwo},
		{"030 1234567/68", CodePhoneTwo},
		{"030 1234567/7654321", CodePhoneTwo},
		{"030 1234567-8", CodePhoneTwo},
		{"030 1234567-69", CodePhoneTwo},
		{"030 1234567 - 8", CodePhoneTwo},
		{"030 1234567 (8)", CodePhoneTwo},
		{"030 1234567 (0171 1234567)", CodePhoneTwo},
		{"0049 (0) 30 1234567", "+49301234567"},
		{"(030) (123) 4567", "+49301234567"},
		{"+49 (0) 30 / 123 45 67", "+49301234567"},
		{"030 1234567 / 0171 1234567", CodePhoneTwo},
		{"030 1234567/01711234567", CodePhoneTwo},
		{"030 1234567 oder 0171 1234567", CodePhoneTwo},
		{"030 1234567 oder 8", CodePhoneTwo},
		{"030 1234567 und 8", CodePhoneTwo},
		{"030 1234567;0171 1234567", CodePhoneTwo},
		{"030 1234567\n0171 1234567", CodePhoneTwo},
		{"030 1234567 | 0171 1234567", CodePhoneTwo},
		{"030 1234567 0171 1234567", CodePhoneTwo},
		{"030 1234567 +49 171 1234567", CodePhoneTwo},
		{"030 1234567\nabends", CodeControlCharacter},
	})
	checkPhones(t, phoneReader{region: "US"}, [][2]string{
		{"212-555-2368", "+12125552368"}, {"212/555-2368", "+12125552368"}, {"1-212-555-2368", "+12125552368"},
		{"212-555-2368/9", CodePhoneTwo}, {"212-555-2368-9", CodePhoneTwo}, {"212-555-2368 212-555-2369", CodePhoneTwo}, {"212-555-2368 or 2369", CodePhoneTwo},
	})
	checkPhones(t, phoneReader{region: "LU"}, [][2]string{{"27-12-34-56", "+35227123456"}})
	checkPhones(t, phoneReader{}, [][2]string{{"+49 30 1234567/8", CodePhoneTwo}, {"+49 30 1234567 / 030 1234568", CodePhoneTwo}, {"+49 30/1234567", "+49301234567"}})
	_, bad := phoneReader{region: "DE"}.read("030 1234567/8")
	if bad != phoneOneOrTwo || !strings.Contains(bad.message, "one number, or two") {
		t.Errorf("both readings are not said: %+v", bad)
	}
}

// TestPhonesOfOldPlans: what changed is said, and only of numbers that are not valid now.
func TestPhonesOfOldPlans(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"", "+52 1 55 1234 5678", "Mexico: 1, 01, 044 and 045"}, {"MX", "044 55 1234 5678", "August 2019"}, {"MX", "045 55 1234 5678", "August 2019"}, {"MX", "01 55 1234 5678", "August 2019"},
		{"", "+55 11 8765-4321", "ninth digit"}, {"BR", "(11) 8765-4321", "ninth digit"}, {"BR", "011 8765-4321", "ninth digit"},
		{"", "+225 07 12 34 56", "31 January 2021"}, {"CI", "07 12 34 56", "31 January 2021"},
		{"", "+229 97 12 34 56", "30 November 2024"}, {"BJ", "97123456", "30 November 2024"},
		{"AR", "15 2345 6789", "without its area code"}, {"", "+39 6 698 12345", "begins with the 0"},
		{"", "+57 1 2345678", "write 60"}, {"MX", "5215512345678", "Mexico: 1, 01, 044 and 045"}, {"VN", "0162 345 6789", "write 03"}, {"", "+84 1203456789", "write 070"}, {"", "+84 186 345 6789", "056 in the place"},
		{"", "+63 2 1234567", "eight digits"}, {"", "+237 77123456", "write a 6"}, {"", "+237 22123456", "write a 2"}, {"", "+230 7234567", "write a 5"},
		{"", "+593 9 1234567", "write a 9"}, {"EG", "010 1234567", "write 10"}, {"EG", "012 1234567", "write 12"}, {"", "+20 11 1234567", "write 11"}, {"", "+974 5512345", "twice"},
	} {
		_, bad := phoneReader{region: c[0]}.read(c[1])
		if bad == nil || bad.code != CodePhoneRenumbered || !strings.Contains(bad.message, c[2]) {
			t.Errorf("%s %q: %+v, want %q", c[0], c[1], bad, c[2])
		}
	}
	checkPhones(t, phoneReader{region: "MX"}, [][2]string{{"55 1234 5678", "+525512345678"}, {"044 55 1234 567", CodePhoneInvalid}})
	checkPhones(t, phoneReader{}, [][2]string{
		{"+54 11 15 2345 6789", "+5491123456789"}, {"+55 011 98765-4321", "+5511987654321"}, {"+55 11 98765-4321", "+5511987654321"}, {"+55 11 3765-4321", "+551137654321"},
		{"+225 07 07 12 34 56", "+2250707123456"}, {"+229 01 97 12 34 56", "+2290197123456"}, {"+39 06 698 12345", "+390669812345"}, {"+39 333 1234567", "+393331234567"},
		{"+39 6 69", CodePhoneInvalid}, {"+55 11 0765-4321", CodePhoneInvalid},
	})
}

// TestOldPlansAreOld: each line of the file is read, and no example of a number that is valid today fits one.
func TestOldPlansAreOld(t *testing.T) {
	t.Parallel()
	lines := 0
	for code, plans := range oldPlans() {
		lines += len(plans)
		for _, plan := range plans {
			if plan.changed == "" || strings.HasSuffix(plan.changed, ".") || phonenumbers.GetRegionCodeForCountryCode(code) == "ZZ" {
				t.Errorf("%d: %q", code, plan.changed)
			}
		}
	}
	if want := strings.Count(plansFile, "\n") - strings.Count(plansFile, "\n#") - strings.Count(plansFile, "\n\n") - 1; lines != want {
		t.Errorf("%d lines, want %d", lines, want)
	}
}
