package mapping

import (
	"encoding/json"
	"strings"
)

// reader returns how cells of a standard field are read, after looking at the options that only its kind takes.
func (c *compiler) reader(s *FieldSpec, f Field) func(string) (value, *flaw) {
	kind := f.Kind()
	c.onlyFor(s, kind)
	switch kind {
	case EmailAddress:
		return readEmail
	case Phone:
		return c.phoneReader(s)
	case CalendarDate:
		return c.dateReader(s)
	case Bool:
		return readBool
	case CountryCode:
		return remember(fewTexts, readCountry)
	case LanguageTag:
		return remember(fewTexts, readLanguage)
	case GenderWord:
		return readGender
	}
	return readText
}

func (c *compiler) phoneReader(s *FieldSpec) func(string) (value, *flaw) {
	region := ""
	if s.Country != "" {
		v, bad := readCountry(Trim(s.Country))
		if bad != nil || !isPhoneRegion(v.text) {
			c.addf(s.at(s.At.Country), "use an ISO code such as IE", "unknown country %q", Escape(s.Country, maxShown))
		} else {
			region = v.text
		}
	}
	return newPhoneReader(region)
}

func (c *compiler) dateReader(s *FieldSpec) func(string) (value, *flaw) {
	layout := isoLayout
	if s.Format != "" {
		var problem *layoutProblem
		if layout, problem = parseLayout(s.Format); problem != nil {
			c.addf(s.at(s.At.Format), problem.hint, "format %q %s", Escape(s.Format, maxShown), problem.message)
			layout = isoLayout
			return func(string) (value, *flaw) { return value{}, nil }
		}
	}
	today := c.opts.Today
	return func(text string) (value, *flaw) { return readBirthDate(layout, today, text) }
}

// readBool takes the words that mean the same everywhere. Anything else needs `values`.
func readBool(s string) (value, *flaw) {
	if len(s) <= len("false") {
		switch strings.ToLower(s) {
		case "true", "1", "yes", "y":
			return value{text: "true"}, nil
		case "false", "0", "no", "n":
			return value{text: "false"}, nil
		}
	}
	return value{}, newFlaw(CodeBoolInvalid, "is neither true, false, yes, no, y, n, 1 nor 0")
}

// readGender takes the four words vendors use, and m and f.
func readGender(s string) (value, *flaw) {
	if len(s) <= len("unknown") {
		switch word := strings.ToLower(s); word {
		case "male", "female", "other", "unknown":
			return value{text: word}, nil
		case "m":
			return value{text: "male"}, nil
		case "f":
			return value{text: "female"}, nil
		}
	}
	return value{}, newFlaw(CodeGenderUnknown, "is neither male, female, other nor unknown")
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

var (
	flawLanguage = newFlaw(CodeLanguageInvalid, "is no language tag and no name of a language")
)
