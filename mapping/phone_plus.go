package mapping

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// plusRule is what digits without a + or a 0 in front are, where they are valid in national and in international writing. The zero value
// is nothing: what can be two numbers is refused then, apart from a number of a country that writes its own without a 0.
type plusRule uint8

const (
	plusOpen          plusRule = iota // nothing says so
	plusInternational                 // the job file says: international numbers whose + was lost
	plusNational                      // the job file says: national ones
	plusLost                          // the column says: international numbers whose + was lost
	plusNeverThere                    // the column says: national ones; it says nothing of the country's own calling code
	plusMixed                         // the column has both, or is too small a part of one to tell
)

// plusRules are the texts of the setting. It is never changed.
var plusRules = map[string]plusRule{"": plusOpen, "international": plusInternational, "national": plusNational}

// lacksPlus reports a text whose digits begin with neither + nor 0: national in a country that writes numbers so, or a number that lost what
// stood there.
func lacksPlus(text string) bool {
	at := strings.IndexAny(text, "+0123456789")
	return at >= 0 && text[at] != '+' && text[at] != '0'
}

// twoReadings is what a text that lacks a plus is, by both readings.
type twoReadings struct {
	national      bool // valid in the national writing of the country
	international bool // valid with a + in front
	differ        bool // both, and they are two numbers
	own           bool // it begins with the calling code of the country, and not only as mobile numbers of the country do that are written so
	retired       bool // with a + in front it is a number of a plan that is no more
	sure          bool // of its own calling code, and the national reading is none that exists but on paper
}

// readings compares what national (which is the zero value where it is none) and a + in front make of the text.
func (p phoneReader) readings(text string, national value) (r twoReadings, abroad value) {
	r.national = national.text != ""
	own := ""
	if code := phonenumbers.GetCountryCodeForRegion(p.region); code > 1 { // the 1 of America is both: what it begins has one reading
		own = strconv.Itoa(code)
	}
	digits := onlyDigits(text)
	r.own = own != "" && strings.HasPrefix(digits, own)
	if !maybeInternational(digits) {
		r.retired = r.national && len(digits) >= longNational && renumbered(digits)
		return r, abroad
	}
	abroad, bad := parsePhone("", "+"+text)
	if r.international = bad == nil; !r.international {
		r.retired = len(digits) >= longNational && bad.code == CodePhoneRenumbered
		return r, value{}
	}
	// A country's own prefix was there, such as the 8 of Russia, where the digits are not the number: they say that it is national.
	r.differ = r.national && national.text != abroad.text && national.phone.National == digits
	if r.own && r.differ && writtenWithoutTrunk(p.region) && isMobile(national) && !isMobile(abroad) {
		r.own = false // as 390 1234567 in Italy, where a landline is meant only if its + was lost
	}
	r.sure = r.own && (!r.differ || len(digits) >= longNational || isMobile(abroad) && !isMobile(national))
	return r, abroad
}

// longNational is a length in digits that numbers without calling code have in no country's practice, though Germany and Austria allow it.
const longNational = 12

// isMobile reports a number that is mobile and nothing else.
func isMobile(v value) bool {
	number, err := phonenumbers.Parse(v.text, "")
	return err == nil && phonenumbers.GetNumberType(number) == phonenumbers.MOBILE
}

// maybeInternational rules out, at little cost, digits that are no number with a + in front, by calling code and length.
func maybeInternational(digits string) bool {
	for n := 1; n <= 3 && n < len(digits); n++ {
		code, _ := strconv.Atoi(digits[:n])
		if phonenumbers.GetRegionCodeForCountryCode(code) == "ZZ" {
			continue
		}
		rest, err := strconv.ParseUint(digits[n:], 10, 64)
		if err != nil {
			return false
		}
		return digits[n] == '0' || phonenumbers.IsPossibleNumber(&phonenumbers.PhoneNumber{CountryCode: new(int32(code)), NationalNumber: &rest})
	}
	return false
}

// withoutPlus decides between the readings of a text without plus, given what the national one came to.
func (p phoneReader) withoutPlus(text string, national value, bad *flaw) (value, *flaw) {
	r, abroad := p.readings(text, national)
	switch {
	case r.retired && r.national && p.plus != plusNational && p.plus != plusInternational && !writtenWithoutTrunk(p.region):
		return value{}, newFlaw(CodePhoneAmbiguous, "may be a number of a former plan of another country, whose + was lost, or one in the national writing of "+p.region)
	case p.plus == plusInternational && !r.international:
		return value{}, newFlaw(CodePhoneInvalid, "is no number with a + in front, as `without_plus: international` has it").
			withHint("fix the number in the list, or take `without_plus` out of the field")
	case p.plus == plusInternational, p.plus == plusLost && r.international && !r.national:
		abroad.noted |= restoredPlus
		return abroad, nil
	case r.international && !r.national:
		return value{}, p.onlyAbroad(abroad, bad)
	case r.own && bad != nil && bad.code != CodePhoneRenumbered:
		if _, old := parsePhone("", "+"+text); old != nil && old.code == CodePhoneRenumbered {
			return value{}, old // 5215512345678, whose + was lost
		}
		return national, bad
	case !r.differ || !r.own && p.grouped(text):
		return national, bad
	}
	return p.either(r, national, abroad)
}

// grouped reports a text as a country that writes its numbers without a 0 has them, in groups: a + is lost where a spreadsheet takes a cell for a
// number, and that is digits alone.
func (p phoneReader) grouped(text string) bool {
	return onlyDigits(text) != text && writtenWithoutTrunk(p.region)
}

// either decides where both readings are valid and two numbers.
func (p phoneReader) either(r twoReadings, national, abroad value) (value, *flaw) {
	switch {
	case p.plus == plusNational, p.plus == plusNeverThere && !r.own:
		return national, nil
	case p.plus == plusLost && (r.own || !writtenWithoutTrunk(p.region) && !isMobile(national)):
		abroad.noted |= restoredPlus
		return abroad, nil
	case p.plus == plusOpen && !r.own && writtenWithoutTrunk(p.region):
		national.noted |= twoPhones
		return national, nil
	}
	message := fmt.Sprintf("may be the number +%d %s… of %s whose + was lost, or the number %s… in the national writing of %s",
		abroad.phone.CountryCode, start(abroad.phone.National), abroad.phone.Region, start(national.phone.National), p.region)
	return value{}, newFlaw(CodePhoneAmbiguous, message)
}

// start is what may be shown of a number: where it is from, not whose it is.
func start(national string) string { return national[:min(2, len(national))] }

// onlyAbroad says of digits that are a number only with a + in front. bad is what they are without.
func (p phoneReader) onlyAbroad(abroad value, bad *flaw) *flaw {
	message := fmt.Sprintf("%s; with a + in front it is a number of +%d", bad.message, abroad.phone.CountryCode)
	if p.region == "" {
		return &flaw{bad.code, message, bad.hint + ", or set `without_plus: international` where all its digits without + are such numbers"}
	}
	return newFlaw(CodePhonePlusMissing, message)
}

// writtenWithoutTrunk reports whether numbers of the country are written without a 0 or the like in front, so that digits as such are how they
// look in any list.
func writtenWithoutTrunk(region string) bool {
	return phonenumbers.GetNddPrefixForRegion(region, true) == "" || phonenumbers.GetCountryCodeForRegion(region) == 1 || phoneWords("").Has("bare", strings.ToLower(region))
}

// renumbered reports digits that are, with a + in front, a number of a plan that is no more.
func renumbered(digits string) bool {
	_, bad := parsePhone("", "+"+digits)
	return bad != nil && bad.code == CodePhoneRenumbered
}
