package mapping

// reader returns how cells of a standard field are read, after looking at the options that only its kind takes.
func (c *compiler) reader(s *FieldSpec, f Field) func(string) (value, *flaw) {
	kind := f.Kind()
	c.onlyFor(s, CalendarDate, kind)
	c.onlyFor(s, Phone, kind)
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
		return remember(readCountry)
	case LanguageTag:
		return remember(readLanguage)
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
		var low [len("false")]byte
		for i := range len(s) {
			low[i] = s[i]
			if 'A' <= s[i] && s[i] <= 'Z' {
				low[i] += 'a' - 'A'
			}
		}
		switch string(low[:len(s)]) {
		case "true", "1", "yes", "y":
			return value{text: "true"}, nil
		case "false", "0", "no", "n":
			return value{text: "false"}, nil
		}
	}
	return value{}, flawBool
}

// readGender takes the four words vendors use, and m and f.
func readGender(s string) (value, *flaw) {
	if len(s) <= len("unknown") {
		switch lowerASCII(s) {
		case "male", "m":
			return value{text: "male"}, nil
		case "female", "f":
			return value{text: "female"}, nil
		case "other":
			return value{text: "other"}, nil
		case "unknown":
			return value{text: "unknown"}, nil
		}
	}
	return value{}, flawGender
}

// readNumber takes what JSON calls a number, so that it can be sent as one without being altered.
func readNumber(s string) (value, *flaw) {
	if len(s) > 64 || !isJSONNumber(s) {
		return value{}, flawNumber
	}
	return value{text: s}, nil
}

func isJSONNumber(s string) bool {
	i := 0
	digits := func() bool {
		from := i
		for i < len(s) && '0' <= s[i] && s[i] <= '9' {
			i++
		}
		return i > from
	}
	if i < len(s) && s[i] == '-' {
		i++
	}
	if i < len(s) && s[i] == '0' {
		i++
	} else if !digits() {
		return false
	}
	if i < len(s) && s[i] == '.' {
		i++
		if !digits() {
			return false
		}
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if !digits() {
			return false
		}
	}
	return i == len(s)
}

var (
	flawBool     = newFlaw(CodeBoolInvalid, "is neither true, false, yes, no, y, n, 1 nor 0")
	flawGender   = newFlaw(CodeGenderUnknown, "is neither male, female, other nor unknown")
	flawNumber   = newFlaw(CodeNumberInvalid, "is no plain number")
	flawLanguage = newFlaw(CodeLanguageInvalid, "is no language tag and no name of a language")
)

// lowerASCII returns s with A–Z in lower case, without allocating when there is none.
func lowerASCII(s string) string {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			low := []byte(s)
			for j := i; j < len(low); j++ {
				if 'A' <= low[j] && low[j] <= 'Z' {
					low[j] += 'a' - 'A'
				}
			}
			return string(low)
		}
	}
	return s
}
