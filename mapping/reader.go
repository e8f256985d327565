package mapping

import (
	"encoding/json"
	"strings"
)

// reader returns how cells of a standard field are read, after looking at the options that only its kind takes.
func (c *compiler) reader(st *step, s *FieldSpec) func(string) (value, *flaw) {
	kind := st.kind
	c.onlyFor(s, kind)
	switch kind {
	case EmailAddress:
		return c.emailReader(s)
	case Phone:
		st.phone = c.phoneReader(s)
		return st.phone.remembering()
	case CalendarDate:
		return c.dateReader(s)
	case Bool:
		return readBool
	case CountryCode:
		return rememberFirst(readCountry)
	case LanguageTag:
		return rememberFirst(readLanguage)
	case GenderWord:
		return readGender
	}
	return readText
}

// phoneReader looks at what the job file says of telephone numbers.
func (c *compiler) phoneReader(s *FieldSpec) (p phoneReader) {
	if s.Country != "" {
		v, bad := readCountry(Trim(s.Country))
		if bad != nil || !isPhoneRegion(v.text) {
			c.addf(s.at("country", ""), "use an ISO code such as IE", "unknown country %q", Escape(s.Country, maxShown))
		} else {
			p.region = v.text
		}
	}
	rule, known := plusRules[s.Plus]
	if !known {
		c.addf(s.at("without_plus", ""), "use international or national", "unknown without_plus %q", Escape(s.Plus, maxShown))
	}
	if rule == plusNational && s.Country == "" {
		c.addf(s.at("without_plus", ""), "give the field the country whose numbers they are, such as `country: IE`", "%q has national numbers, and no country", s.Name)
	}
	p.plus = rule
	return p
}

// Words that mean the same everywhere. Anything else needs `values`.
var (
	readBool = wordReader(CodeBoolInvalid, "is neither true, false, yes, no, y, n, 1 nor 0", map[string]string{
		"true": "true", "1": "true", "yes": "true", "y": "true", "false": "false", "0": "false", "no": "false", "n": "false",
		"1.0": "true", "1,0": "true", "0.0": "false", "0,0": "false", // kept as decimal numbers
		// What spreadsheets show for TRUE and FALSE in German, French, Spanish, Italian, Portuguese, Dutch and Polish.
		"wahr": "true", "vrai": "true", "verdadero": "true", "vero": "true", "verdadeiro": "true", "waar": "true", "prawda": "true",
		"falsch": "false", "faux": "false", "falso": "false", "onwaar": "false", "fałsz": "false",
	})
	readGender = wordReader(CodeGenderUnknown, "is neither male, female, other nor unknown", map[string]string{
		"male": "male", "female": "female", "other": "other", "unknown": "unknown", "m": "male", "f": "female",
	})
)

// wordReader reads words whatever their case.
func wordReader(code, message string, words map[string]string) func(string) (value, *flaw) {
	return func(s string) (value, *flaw) {
		word, ok := words[s]
		if !ok {
			word, ok = words[strings.ToLower(s)]
		}
		if ok {
			return value{text: word}, nil
		}
		return value{}, newFlaw(code, message)
	}
}

// readNumber takes what JSON calls a number, so that it can be sent as one without being altered.
func readNumber(s string) (value, *flaw) {
	if s == "" || len(s) > 64 || !isNumeric(s[0]) || !isNumeric(s[len(s)-1]) || !json.Valid([]byte(s)) {
		return value{}, newFlaw(CodeNumberInvalid, "is no plain number")
	}
	return value{text: s}, nil
}

// isNumeric keeps out other values of JSON, and the white space that may stand around them.
func isNumeric(c byte) bool { return '0' <= c && c <= '9' || c == '-' }
