package mapping

import (
	"errors"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// What is wrong with texts that are no telephone number.
var (
	phoneExtension   = newFlaw(CodePhoneExtension, "has an extension")
	phoneBadCountry  = newFlaw(CodePhoneCountryUnknown, "does not begin with a country code that exists")
	phoneTooShort    = newFlaw(CodePhoneInvalid, "is too short")
	phoneTooLong     = newFlaw(CodePhoneInvalid, "is too long")
	phoneNotAssigned = newFlaw(CodePhoneInvalid, "is not a number that its country has assigned")
	phoneCharacter   = newFlaw(CodePhoneInvalid, "holds a character that telephone numbers don't have").withHint("one number to a cell, without letters and remarks")
	phoneDecimals    = newFlaw(CodePhoneInvalid, "ends with a digit behind a point, as decimal numbers do: nobody can tell whether it belongs to the number").withHint("take out what stands behind the point, or the point")
	phoneTwo         = newFlaw(CodePhoneTwo, "is more than one number")
	phoneOneOrTwo    = newFlaw(CodePhoneTwo, "may be one number, or two of which the second is written by its last digits alone").
				withHint("one number to a cell: take out what stands behind the last /, - or (, or that character where the digits belong to the number")
)

// unparsedPhone says why libphonenumber finds no number in a text.
func unparsedPhone(err error, region, text string) *flaw {
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
	if bad := oldPlanFlaw(number, text); bad != nil {
		return bad
	}
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
