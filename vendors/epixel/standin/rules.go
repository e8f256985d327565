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

var signupRules = []sandbox.Rule{
	text("country_code", true, country("Invalid country code")),
	text("first_name", true, alphabet("The first name should be an alphabet.")),
	text("last_name", true, alphabet("The last name should be an alphabet.")),
	text("username", true, username),
	text("password", true, password),
	text("agree_terms", true, oneOf("1", "0")),
	text("user_type", true, oneOf("customer", "member")),
	text("email", true, sandbox.Email),
	text("phone_number", true, phone),
	text("place_genealogy", false, oneOf("1", "0")),
	text("position", false, position),
	text("sponsor", false, nil),
	text("subdomain", false, subdomain),
}

var packageRules = []sandbox.Rule{
	text("country_code", true, country("Invalid country code")),
	text("sponsor", true, nil),
	text("first_name", true, alphabet("The first name should be an alphabet.")),
	text("last_name", true, alphabet("The last name should be an alphabet.")),
	text("username", true, username),
	text("password", true, password),
	text("confirm_password", true, nil),
	text("agree_terms", true, oneOf("1", "0")),
	text("user_type", true, oneOf("customer", "member")),
	text("email", true, sandbox.Email),
	text("phone_number", true, phone),
	text("place_genealogy", false, oneOf("1", "0")),
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
	text("subdomain", true, subdomain),
	text("position", false, position),
}

func text(name string, required bool, check func(string) string) sandbox.Rule {
	return sandbox.Rule{Name: name, Kind: sandbox.String, Required: required, Check: check}
}

func oneOf(values ...string) func(string) string {
	return func(s string) string {
		if slices.Contains(values, s) {
			return ""
		}
		return "must be one of: " + strings.Join(values, ", ")
	}
}

// alphabet accepts letters and their marks alone.
func alphabet(message string) func(string) string {
	return func(s string) string {
		if strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) >= 0 {
			return message
		}
		return ""
	}
}

func country(message string) func(string) string {
	return func(s string) string {
		region, err := language.ParseRegion(s)
		if err != nil || len(s) != 2 || !sandbox.Only(s, sandbox.Upper) || !region.IsCountry() {
			return message
		}
		return ""
	}
}

func username(s string) string {
	if len(s) < 5 || len(s) > 250 || !sandbox.Only(s, sandbox.Alphanumeric+"._") {
		return invalidUsername
	}
	for i := 1; i < len(s); i++ {
		if strings.IndexByte("._", s[i-1]) >= 0 && strings.IndexByte("._", s[i]) >= 0 {
			return invalidUsername
		}
	}
	return ""
}

func password(s string) string {
	switch {
	case utf8.RuneCountInString(s) < 8:
		return "This password is too short. It must contain at least 8 characters."
	case sandbox.IsDigits(s):
		return "This password is entirely numeric."
	}
	return ""
}

func phone(s string) string {
	if digits := strings.TrimPrefix(s, "+"); !sandbox.IsDigits(digits) || len(digits) < 5 || len(digits) > 15 {
		return "Invalid phone number"
	}
	return ""
}

func position(s string) string {
	switch s {
	case "HOLDING_TANK", "LEFT", "RIGHT":
		return ""
	}
	return invalidPosition
}

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

func product(s string) string {
	if s == "0" || s == "discontinued" || !sandbox.Only(s, sandbox.Alphanumeric+"-_") {
		return "Invalid product_id"
	}
	return ""
}

func postcode(s string) string {
	if len(s) < 2 || len(s) > 12 || !sandbox.Only(s, sandbox.Alphanumeric+" -") || strings.TrimSpace(s) != s {
		return "Invalid postcode"
	}
	return ""
}

// state accepts a subdivision as ISO 3166-2 writes it, with or without its country: CA, US-CA, D.
func state(s string) string {
	if len(s) > 3 && s[2] == '-' && sandbox.Only(s[:2], sandbox.Upper) {
		s = s[3:]
	}
	if len(s) > 3 || !sandbox.Only(s, sandbox.Upper+sandbox.Digits) {
		return "Invalid address_state_code"
	}
	return ""
}
