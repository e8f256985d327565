package mapping

import (
	"strings"
	"testing"
)

// kindCase is one text and what reading it comes to: a canonical text, or the code of its flaw.
type kindCase struct{ in, want, code string }

func checkKind(t *testing.T, read func(string) (value, *flaw), cases []kindCase) {
	t.Helper()
	for _, c := range cases {
		v, bad := read(c.in)
		code := ""
		if bad != nil {
			code = bad.code
			if bad.message == "" || bad.hint == "" {
				t.Errorf("%q: flaw %s lacks a message or a hint", c.in, code)
			}
		}
		if v.text != c.want || code != c.code {
			t.Errorf("%q: got %q, code %q; want %q, code %q", c.in, v.text, code, c.want, c.code)
		}
	}
}

func TestReadEmail(t *testing.T) {
	long := strings.Repeat("a", 64)
	checkKind(t, readEmail, []kindCase{
		{"jane@example.com", "jane@example.com", ""},
		{"Jane.Doe@EXAMPLE.com", "Jane.Doe@example.com", ""},
		{"o'neill+tag@mail.example.co.uk", "o'neill+tag@mail.example.co.uk", ""},
		{"jane@münchen.de", "jane@xn--mnchen-3ya.de", ""},
		{"jane@MÜNCHEN.de", "jane@xn--mnchen-3ya.de", ""},
		{"jane@例え.jp", "jane@xn--r8jz45g.jp", ""},
		{"jane@xn--mnchen-3ya.de", "jane@xn--mnchen-3ya.de", ""},
		{long + "@example.com", long + "@example.com", ""},
		{"1@2.co", "1@2.co", ""},
		{"a" + long + "@example.com", "", CodeTooLong},
		{"a@" + strings.Repeat(long[:50]+".", 5) + "com", "", CodeTooLong},
		{"a@" + long + ".com", "", CodeEmailInvalid},
		{"jane", "", CodeEmailInvalid},
		{"@example.com", "", CodeEmailInvalid},
		{"jane@", "", CodeEmailInvalid},
		{"jane@example", "", CodeEmailInvalid},
		{"jane@localhost", "", CodeEmailInvalid},
		{"jane@example.c", "", CodeEmailInvalid},
		{"jane@127.0.0.1", "", CodeEmailInvalid},
		{"jane@[127.0.0.1]", "", CodeEmailInvalid},
		{"jane@exa mple.com", "", CodeEmailInvalid},
		{"ja ne@example.com", "", CodeEmailInvalid},
		{"jane@@example.com", "", CodeEmailInvalid},
		{"jane@a@example.com", "", CodeEmailInvalid},
		{".jane@example.com", "", CodeEmailInvalid},
		{"jane.@example.com", "", CodeEmailInvalid},
		{"ja..ne@example.com", "", CodeEmailInvalid},
		{`"jane"@example.com`, "", CodeEmailInvalid},
		{"Jane <jane@example.com>", "", CodeEmailInvalid},
		{"jane@example.com,joe@example.com", "", CodeEmailInvalid},
		{"jane(home)@example.com", "", CodeEmailInvalid},
		{"jané@example.com", "", CodeEmailInvalid},
		{"jane@example..com", "", CodeEmailInvalid},
		{"jane@example.com.", "", CodeEmailInvalid},
		{"jane@-example.com", "", CodeEmailInvalid},
		{"jane@exam_ple.com", "", CodeEmailInvalid},
		{"jane@xn--0.com", "", CodeEmailInvalid},
		{"ja\tne@example.com", "", CodeControlCharacter},
		{"jane@exam\nple.com", "", CodeControlCharacter},
	})
}

func TestReadPhone(t *testing.T) {
	ireland := phoneReader{region: "IE"}.remembering()
	checkKind(t, ireland, []kindCase{
		{"086 123 4567", "+353861234567", ""},
		{"(086) 123-4567", "+353861234567", ""},
		{"+353 86 123 4567", "+353861234567", ""},
		{"00353 86 123 4567", "+353861234567", ""},
		{"+353 (0)86 123 4567", "+353861234567", ""},
		{"861234567", "+353861234567", ""},
		{"+44 20 7946 0018", "+442079460018", ""},
		{"+39 06 1234 5678", "+390612345678", ""},
		{"086 123", "", CodePhoneInvalid},
		{"086 123 4567 8901", "", CodePhoneInvalid},
		{"+353 86 123 4567 x12", "", CodePhoneExtension},
		{"086 123 4567 ext. 12", "", CodePhoneExtension},
		{"086 123 4567;ext=3", "", CodePhoneExtension},
		{"086 123 4567 / 087 123 4567", "", CodePhoneTwo},
		{"086 123 4567x12", "", CodePhoneExtension},
		{"086 123 4567 X 12", "", CodePhoneExtension},
		{"086 123 4567 extn. 12", "", CodePhoneExtension},
		{"086 123 4567, ext: 12", "", CodePhoneExtension},
		{"086 123 4567 #12", "", CodePhoneExtension},
		{"086 123 4567,,12", "", CodePhoneExtension},
		{"086 123 4567 Durchwahl 12", "", CodePhoneExtension},
		{"086 123 4567 DW 12", "", CodePhoneExtension},
		{"086 123 4567 poste 12", "", CodePhoneExtension},
		{"086 123 4567 int. 12", "", CodePhoneExtension},
		{"086 123 4567 ramal 12", "", CodePhoneExtension},
		{"086 123 4567 tst. 12", "", CodePhoneExtension},
		{"086 123 4567 wew. 12", "", CodePhoneExtension},
		{"086 123 4567, 087 123 4567", "", CodePhoneTwo},
		{"086 123 4567; 0871234567", "", CodePhoneTwo},
		{"086 123 4567 (home)", "", CodePhoneInvalid},
		{"086 123 4567 evenings", "", CodePhoneInvalid},
		{"00 353 (0)86 123 4567", "+353861234567", ""},
		{"0044 (0)20 7946 0018", "+442079460018", ""},
		{"+44 (0) 20 7946 0018", "+442079460018", ""},
		{"+49 (0)89 1234567", "+49891234567", ""},
		{"+39 (06) 1234 5678", "+390612345678", ""},
		{"1800 FLOWERS", "", CodePhoneInvalid},
		{"call me", "", CodePhoneInvalid},
		{"--", "", CodePhoneInvalid},
		{"+999 123 456 789", "", CodePhoneCountryUnknown},
		{"+", "", CodePhoneInvalid},
		{"1", "", CodePhoneInvalid},
		{strings.Repeat("1", 65), "", CodePhoneInvalid},
		{"086\t1234567", "", CodeControlCharacter},
		{"086\u200b1234567", "", CodePhoneInvalid},
	})
	anywhere := phoneReader{region: ""}.remembering()
	checkKind(t, anywhere, []kindCase{
		{"+353861234567", "+353861234567", ""},
		{"+1 212 555 2368", "+12125552368", ""},
		{"+800 1234 5678", "+80012345678", ""},
		{"0861234567", "", CodePhoneCountryUnknown},
		{"00353861234567", "", CodePhoneCountryUnknown},
		{"+48 22 123 45 67 wew. 8", "", CodePhoneExtension},
	})
	v, _ := anywhere("+800 1234 5678")
	if want := (PhoneParts{"+80012345678", 800, "12345678", "001"}); v.phone != want {
		t.Errorf("parts of a number of no country: %+v, want %+v", v.phone, want)
	}
	v, _ = ireland("086 123 4567")
	if want := (PhoneParts{"+353861234567", 353, "861234567", "IE"}); v.phone != want {
		t.Errorf("parts: %+v, want %+v", v.phone, want)
	}
}

func TestReadWords(t *testing.T) {
	checkKind(t, readBool, []kindCase{
		{"true", "true", ""}, {"TRUE", "true", ""}, {"Yes", "true", ""}, {"y", "true", ""}, {"1", "true", ""},
		{"false", "false", ""}, {"No", "false", ""}, {"N", "false", ""}, {"0", "false", ""},
		{"1.0", "true", ""}, {"0.0", "false", ""}, {"WAHR", "true", ""}, {"Falsch", "false", ""}, {"VRAI", "true", ""}, {"FAUX", "false", ""}, {"FALSO", "false", ""}, {"FAŁSZ", "false", ""},
		{"1.5", "", CodeBoolInvalid}, {"10", "", CodeBoolInvalid},
		{"J", "", CodeBoolInvalid}, {"ja", "", CodeBoolInvalid}, {"on", "", CodeBoolInvalid}, {"2", "", CodeBoolInvalid},
		{"01", "", CodeBoolInvalid}, {"falsely", "", CodeBoolInvalid}, {"x", "", CodeBoolInvalid},
	})
	checkKind(t, readGender, []kindCase{
		{"male", "male", ""}, {"M", "male", ""}, {"Female", "female", ""}, {"f", "female", ""}, {"OTHER", "other", ""}, {"unknown", "unknown", ""},
		{"w", "", CodeGenderUnknown}, {"woman", "", CodeGenderUnknown}, {"0", "", CodeGenderUnknown},
	})
	checkKind(t, readNumber, []kindCase{
		{"0", "0", ""}, {"-1", "-1", ""}, {"1.50", "1.50", ""}, {"1e3", "1e3", ""}, {"-0.5E-2", "-0.5E-2", ""},
		{"007", "", CodeNumberInvalid}, {"+1", "", CodeNumberInvalid}, {"1,5", "", CodeNumberInvalid}, {".5", "", CodeNumberInvalid},
		{"5.", "", CodeNumberInvalid}, {"1e", "", CodeNumberInvalid}, {"NaN", "", CodeNumberInvalid}, {"0x1", "", CodeNumberInvalid}, {"-", "", CodeNumberInvalid},
	})
	checkKind(t, readLanguage, []kindCase{
		{"en", "en", ""}, {"EN", "en", ""}, {"en-IE", "en-IE", ""}, {"en_ie", "en-IE", ""}, {"zh-hant-tw", "zh-Hant-TW", ""}, {"iw", "he", ""}, {"pt-br", "pt-BR", ""},
		{"englishh", "", CodeLanguageInvalid}, {"xx", "", CodeLanguageInvalid}, {"und", "", CodeLanguageInvalid}, {"en-IEX", "", CodeLanguageInvalid},
		{"en-", "", CodeLanguageInvalid}, {"1", "", CodeLanguageInvalid}, {"x-private", "", CodeLanguageInvalid}, {"en IE", "", CodeLanguageInvalid},
	})
	checkKind(t, readCountry, []kindCase{
		{"IE", "IE", ""}, {"ie", "IE", ""}, {"IRL", "IE", ""}, {"irl", "IE", ""}, {"Ireland", "IE", ""}, {"IRELAND", "IE", ""},
		{"NO", "NO", ""}, {"no", "NO", ""}, {"UK", "GB", ""}, {"GB", "GB", ""}, {"U.S.A.", "US", ""}, {"United States", "US", ""}, {"the united states of america", "US", ""},
		{"Côte d’Ivoire", "CI", ""}, {"Cote d'Ivoire", "CI", ""}, {"Ivory Coast", "CI", ""}, {"Curacao", "CW", ""},
		{"Bosnia and Herzegovina", "BA", ""}, {"Bosnia & Herzegovina", "BA", ""}, {"St. Lucia", "LC", ""}, {"Saint Lucia", "LC", ""}, {"The Gambia", "GM", ""},
		{"Czech Republic", "CZ", ""}, {"Czechia", "CZ", ""}, {"South Korea", "KR", ""}, {"Russia", "RU", ""}, {"Kosovo", "XK", ""}, {"Hong Kong", "HK", ""},
		{"Irlande du Sud", "", CodeCountryUnknown}, {"XX", "", CodeCountryUnknown}, {"EU", "", CodeCountryUnknown}, {"DD", "", CodeCountryUnknown}, {"Yugoslavia", "", CodeCountryUnknown},
		{"353", "", CodeCountryUnknown}, {"-", "", CodeCountryUnknown}, {"Georgia ", "GE", ""}, {"ZZ", "", CodeCountryUnknown},
	})
}

func TestReadText(t *testing.T) {
	checkKind(t, readText, []kindCase{
		{"Jane", "Jane", ""}, {"Zoë 🎉", "Zoë 🎉", ""}, {"007", "007", ""}, {"a\u00a0b", "a\u00a0b", ""}, {"\ufffd", "\ufffd", ""},
		{strings.Repeat("x", 4096), strings.Repeat("x", 4096), ""},
		{strings.Repeat("x", 4097), "", CodeTooLong},
		{"a\nb", "", CodeControlCharacter}, {"a\tb", "", CodeControlCharacter}, {"a\x00b", "", CodeControlCharacter}, {"é\x7f", "", CodeControlCharacter},
		{"a\u0085b", "", CodeControlCharacter}, {"a\xffb", "", CodeControlCharacter},
	})
}

func TestTrim(t *testing.T) {
	for in, want := range map[string]string{
		"a": "a", "": "", " ": "", "\t a b \r\n": "a b", "\u00a0a\u00a0": "a", "\ufeffa\u200b": "a", "\u200e+353\u202c": "+353",
		"\u3000é\u3000": "é", "a\u200bb": "a\u200bb", "\u00ad": "", " é": "é", "é ": "é",
	} {
		if got := Trim(in); got != want {
			t.Errorf("Trim(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMask(t *testing.T) {
	cases := []struct {
		f        Field
		in, want string
	}{
		{Email, "jane@example.com", "j***@example.com"},
		{Email, "@example.com", "***@example.com"},
		{Email, "jane.example.com", "j***"},
		{Email, "jane@a@b.com", "j***"},
		{Email, "Jane <jane@example.com>", "J***"},
		{Email, "a@b.com, c@d.com", "a***"},
		{Email, "é@x.com", "é***@x.com"},
		{PhoneNumber, "+353 86 123 4567", "***67"},
		{PhoneNumber, "12345", "***"},
		{BirthDate, "31/02/1990", "##/##/####"},
		{BirthDate, "3 May 1990", "# xxx ####"},
		{FirstName, "Jane", "J***"},
		{FirstName, "\x1b[31m", `\x1b***`},
		{Password, "hunter2", ""},
		{Country, "Irland", "Irland"},
		{Country, strings.Repeat("é", 41), strings.Repeat("é", 40) + "…"},
		{Country, "a\x1b[2J\u202eb", `a\x1b[2J\u202eb`},
		{Country, "", ""},
	}
	for _, c := range cases {
		if got := Mask(c.f, c.in); got != c.want {
			t.Errorf("Mask(%s, %q) = %q, want %q", c.f, c.in, got, c.want)
		}
	}
}

func TestNearest(t *testing.T) {
	for word, want := range map[string]string{
		"E-Mail": "email", "emial": "email", "FirstName": "first_name", "frist_name": "first_name", "lang": "language",
		"address": "", "colour": "", "xyz": "", "": "", "lastname": "last_name",
	} {
		if got, ok := Nearest(word, FieldNames()); got != want || ok != (want != "") {
			t.Errorf("Nearest(%q) = %q, %t, want %q", word, got, ok, want)
		}
	}
}

func TestCatalogueIsWhole(t *testing.T) {
	for _, f := range Fields() {
		if back, ok := ParseField(f.String()); f.String() == "" || f.Doc() == "" || !ok || back != f {
			t.Errorf("field %d (%s) is not whole", f, f)
		}
	}
	if f, ok := ParseField(""); ok {
		t.Errorf("the empty name is field %d", f)
	}
	if got := Field(250).String(); got != "" {
		t.Errorf("no field at all is called %q", got)
	}
	names := []string{CodeEmailInvalid, CodePhoneInvalid, CodePhoneCountryUnknown, CodePhoneExtension, CodeDateInvalid, CodeDateImpossible, CodeDateTwoDigitYear,
		CodeDateAmbiguous, CodeDateInFuture, CodeDateTooEarly, CodeValueNotListed, CodeBoolInvalid, CodeNumberInvalid, CodeCountryUnknown, CodeLanguageInvalid,
		CodeGenderUnknown, CodeNameUnclear, CodeControlCharacter, CodePasswordSpace, CodeExpressionFailed, CodeTooLong, CodeDigitsLost,
		CodePhoneAmbiguous, CodePhonePlusMissing, CodePhoneTwo, CodePhoneRenumbered, CodeDateEpoch, CodeDateTimeZone, CodeCellError, CodePasswordArmour, CodeTextDamaged}
	for i, c := range Codes() {
		if len(Codes()) != len(names) || c.Name != names[i] || c.Hint == "" {
			t.Errorf("code %+v is not whole, or not in its place", c)
		}
	}
}
