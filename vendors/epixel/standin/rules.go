package standin

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"importer/vendors/sandbox"
)

const (
	invalidPosition = "Your chosen position is invalid. The default will be the spilling preference of the sponsor."
	invalidUsername = "Invalid username. Only contains alphanumeric characters, underscore and dot. \n" +
		"Underscore and dot can't be next to each other (e.g user_.name). \n" +
		"Underscore or dot can't be used multiple times in a row (e.g user__name / user..name). The number of characters must be between 5 to 250."
)

// signupRules are the fields of signup and of signup-package, which has more of them and requires a sponsor and a subdomain.
func signupRules(packaged bool) []sandbox.Rule {
	rules := []sandbox.Rule{
		text("country_code", true, country("Invalid country code")),
		text("first_name", true, alphabet("The first name should be an alphabet.")),
		text("last_name", true, alphabet("The last name should be an alphabet.")),
		text("username", true, username),
		text("password", true, password),
		text("agree_terms", true, sandbox.OneOf("1", "0")),
		text("user_type", true, sandbox.OneOf("customer", "member")),
		text("email", true, sandbox.Email),
		text("phone_number", true, phone),
		text("place_genealogy", false, sandbox.OneOf("1", "0")),
		text("position", false, position),
		text("sponsor", packaged, nil),
		text("subdomain", packaged, subdomain),
	}
	if !packaged {
		return rules
	}
	return append(rules,
		text("confirm_password", true, nil),
		text("product_id", true, product),
		text("address_first_name", true, alphabet("Invalid address_first_name")),
		text("address_last_name", true, alphabet("Invalid address_last_name")),
		text("address_mail_id", true, sandbox.Email),
		text("address_phone_number", true, phone),
		text("address_name_line", true, nil),
		text("address_premise", true, nil),
		text("address_locality", true, nil),
		text("address_postal_code", true, postcode),
		text("address_country_code", true, country("Invalid address_country_code")),
		text("address_state_code", true, state),
	)
}

func text(name string, required bool, check sandbox.Check) sandbox.Rule {
	return sandbox.Rule{Name: name, Kind: sandbox.String, Required: required, Check: check}
}

// alphabet accepts letters and their marks alone.
func alphabet(message string) sandbox.Check {
	other := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }
	return sandbox.Valid(func(s string) bool { return !strings.ContainsFunc(s, other) }, message)
}

func country(message string) sandbox.Check {
	return sandbox.Valid(func(s string) bool {
		region, err := language.ParseRegion(s)
		return err == nil && len(s) == 2 && sandbox.Only(s, sandbox.Upper) && region.IsCountry()
	}, message)
}

var username = sandbox.Valid(func(s string) bool {
	adjacent := func(pair string) bool { return strings.Contains(s, pair) }
	return len(s) >= 5 && len(s) <= 250 && sandbox.Only(s, sandbox.Alphanumeric+"._") && !slices.ContainsFunc([]string{"..", "__", "._", "_."}, adjacent)
}, invalidUsername)

func password(s string) string {
	switch {
	case utf8.RuneCountInString(s) < 8:
		return "This password is too short. It must contain at least 8 characters."
	case sandbox.IsDigits(s):
		return "This password is entirely numeric."
	}
	return ""
}

var phone = sandbox.Valid(func(s string) bool {
	digits := strings.TrimPrefix(s, "+")
	return sandbox.IsDigits(digits) && len(digits) >= 5 && len(digits) <= 15
}, "Invalid phone number")

var position = sandbox.Valid(func(s string) bool { return slices.Contains([]string{"HOLDING_TANK", "LEFT", "RIGHT"}, s) }, invalidPosition)

func subdomain(s string) string {
	switch n := utf8.RuneCountInString(s); {
	case n > 15:
		return "Ensure this field has no more than 15 characters."
	case n < 3:
		return "Ensure this field has at least 3 characters."
	case !sandbox.Only(s, sandbox.Alphanumeric+"-"):
		return "must be letters, digits and dashes"
	}
	return ""
}

var product = sandbox.Valid(func(s string) bool {
	return s != "0" && s != "discontinued" && sandbox.Only(s, sandbox.Alphanumeric+"-_")
}, "Invalid product_id")

var postcode = sandbox.Valid(func(s string) bool {
	return len(s) >= 2 && len(s) <= 12 && sandbox.Only(s, sandbox.Alphanumeric+" -") && strings.TrimSpace(s) == s
}, "Invalid postcode")

// state accepts a subdivision as ISO 3166-2 writes it, with or without its country: CA, US-CA, D.
var state = sandbox.Valid(func(s string) bool {
	if len(s) > 3 && s[2] == '-' && sandbox.Only(s[:2], sandbox.Upper) {
		s = s[3:]
	}
	return len(s) <= 3 && sandbox.Only(s, sandbox.Upper+sandbox.Digits)
}, "Invalid address_state_code")
