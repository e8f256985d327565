package mapping

import (
	"strconv"

	"github.com/nyaruka/phonenumbers"
)

// isPhoneRegion reports whether libphonenumber knows how numbers of the country are written.
func isPhoneRegion(alpha2 string) bool { return phonenumbers.GetCountryCodeForRegion(alpha2) != 0 }

// phoneReader reads numbers in international writing and, where it has a region, in the national writing there. A text is read in one way or
// refused. It is not changed.
type phoneReader struct {
	region string   // ISO alpha-2; "" for none
	plus   plusRule // what digits without a plus are
}

// remembering is read with a memory of what was read last.
func (p phoneReader) remembering() func(string) (value, *flaw) { return remember(manyTexts, p.read) }

func (p phoneReader) read(cell string) (value, *flaw) {
	text, noted, bad := phoneText(cell)
	if bad != nil {
		return value{}, bad
	}
	v, bad := p.number(text)
	if two := p.twoNumbers(text, bad == nil); two != nil {
		return value{}, two
	}
	v.noted |= noted
	return v, bad
}

// number reads a text that phoneText returned, as one number.
func (p phoneReader) number(text string) (value, *flaw) {
	v, bad := parsePhone(p.region, text)
	if lacksPlus(text) {
		return p.withoutPlus(text, v, bad)
	}
	return v, bad
}

// parsePhone is what libphonenumber says of a text.
func parsePhone(region, text string) (value, *flaw) {
	number, err := phonenumbers.Parse(text, region)
	if err != nil {
		return value{}, unparsedPhone(err, region, text)
	}
	if number.GetExtension() != "" {
		return value{}, phoneExtension
	}
	// The region is looked up once: IsValidNumber would do it again.
	of := phonenumbers.GetRegionCodeForNumber(number)
	if of == "" || !phonenumbers.IsValidNumberForRegion(number, of) {
		return value{}, invalidPhone(number, region, text)
	}
	national := phonenumbers.GetNationalSignificantNumber(number)
	code := int(number.GetCountryCode())
	e164 := "+" + strconv.Itoa(code) + national
	return value{text: e164, phone: PhoneParts{E164: e164, CountryCode: code, National: national, Region: of}}, nil
}
