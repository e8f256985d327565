package mapping

import (
	"errors"
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"importer/mapping/problem"
)

// maxPhone is the longest text taken for a number, in bytes.
const maxPhone = 64

// isPhoneRegion reports whether libphonenumber knows how numbers of the country are written.
func isPhoneRegion(alpha2 string) bool { return phonenumbers.GetCountryCodeForRegion(alpha2) != 0 }

// newPhoneReader returns a reader for numbers in international writing and, when region is not empty, in the national
// writing of that ISO alpha-2 region.
func newPhoneReader(region string) func(string) (value, *flaw) {
	return remember(manyTexts, func(text string) (value, *flaw) { return readPhone(region, text) })
}

func readPhone(region, text string) (value, *flaw) {
	if bad := checkPhoneText(text); bad != nil {
		return value{}, bad
	}
	number, err := phonenumbers.Parse(text, region)
	if err != nil {
		return value{}, phoneFlaw(err, region, text)
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

func phoneFlaw(err error, region, text string) *flaw {
	switch {
	case errors.Is(err, phonenumbers.ErrInvalidCountryCode) && region == "" && strings.HasPrefix(text, "00"):
		return newFlaw(CodePhoneCountryUnknown, "begins with 00, which means abroad in most countries and not in all").
			withHint("write + instead of 00, or give the field the country it is dialled from, such as `country: IE`")
	case errors.Is(err, phonenumbers.ErrInvalidCountryCode) && !strings.ContainsRune(text, '+') && region == "":
		return newFlaw(CodePhoneCountryUnknown, "is a national number, and nothing says of which country")
	case errors.Is(err, phonenumbers.ErrInvalidCountryCode):
		return phoneBadCountry
	case errors.Is(err, phonenumbers.ErrTooShortNSN):
		return phoneTooShort
	}
	return newFlaw(CodePhoneInvalid, "is no telephone number")
}

// invalidPhone says why a well-formed number is no number that exists, and what may be meant by it.
func invalidPhone(number *phonenumbers.PhoneNumber, region, text string) *flaw {
	bad := phoneNotAssigned
	switch phonenumbers.IsPossibleNumberWithReason(number) {
	case phonenumbers.TOO_SHORT, phonenumbers.IS_POSSIBLE_LOCAL_ONLY:
		bad = phoneTooShort
	case phonenumbers.TOO_LONG:
		bad = phoneTooLong
	case phonenumbers.INVALID_LENGTH:
		bad = newFlaw(CodePhoneInvalid, "has a number of digits that its country does not use")
	case phonenumbers.INVALID_COUNTRY_CODE:
		bad = phoneBadCountry
	}
	if region != "" && !strings.ContainsRune(text, '+') {
		return &flaw{bad.code, bad.message + " in the national writing of " + region, bad.hint}
	}
	return bad
}

var (
	phoneExtension   = newFlaw(CodePhoneExtension, "has an extension")
	phoneBadCountry  = newFlaw(CodePhoneCountryUnknown, "does not begin with a country code that exists")
	phoneTooShort    = newFlaw(CodePhoneInvalid, "is too short")
	phoneTooLong     = newFlaw(CodePhoneInvalid, "is too long")
	phoneNotAssigned = newFlaw(CodePhoneInvalid, "is not a number that its country has assigned")
	phoneCharacter   = newFlaw(CodePhoneInvalid, "holds a character that telephone numbers don't have").withHint("one number to a cell, without letters and remarks")
)

// checkPhoneText refuses what libphonenumber would search a number in: letters (vanity numbers, two numbers, remarks).
// Extensions and further numbers are told apart, since they are the commonest reasons.
func checkPhoneText(text string) *flaw {
	if len(text) > maxPhone {
		return phoneTooLong
	}
	if digitsLost(text) {
		return numberRounded
	}
	digits := 0
	for i, r := range text {
		switch {
		case '0' <= r && r <= '9':
			digits++
		case r == '+' && strings.Trim(text[:i], "( ") == "":
		case strings.ContainsRune(" ()-./\u00a0\u2010\u2011\u2012\u2013\u2014\u2212\u202f\u2009", r):
		case problem.IsControl(r):
			return controlFlaw(r)
		case problem.IsInvisible(r):
			return newFlaw(CodePhoneInvalid, "holds an invisible character")
		case digits >= 5:
			return strangePhone(text[i:])
		default:
			return phoneCharacter
		}
	}
	if digits == 0 {
		return newFlaw(CodePhoneInvalid, "has no digits")
	}
	return nil
}

// strangePhone says what follows the digits of a number.
func strangePhone(rest string) *flaw {
	digits := len(onlyDigits(rest))
	word := normalWord(strings.TrimLeft(rest, " ;,.:"))
	if end := strings.IndexAny(rest, "0123456789"); end > 0 {
		word = normalWord(strings.TrimLeft(rest[:end], " ;,.:"))
	}
	switch {
	case digits >= 7:
		return newFlaw(CodePhoneInvalid, "is more than one number").withHint("one number to a cell")
	case phoneWords("").Has("extension", word):
		return phoneExtension
	case digits > 0 && word == "" && strings.ContainsRune("#,;~*", rune(rest[0])):
		return phoneExtension
	}
	return phoneCharacter
}
