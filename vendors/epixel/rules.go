package epixel

import (
	"importer/mapping"
	"importer/vendors"
)

// rules is the page's two error tables, and the authentication page's 401.
func rules() []vendors.Rule {
	rules := append(taken(), sponsors()...)
	rules = append(rules, refusedFields()...)
	return append(rules,
		vendors.Rule{Status: []int{400}, Field: "*", Class: vendors.Rejected, Then: "field_rejected",
			Hint: "read the vendor's message and fix the field", Doc: "any other validation error of a field"},
		vendors.Rule{Status: []int{400}, Class: vendors.Rejected, Then: "rejected_by_vendor",
			Hint: "read the vendor's message and fix the row", Doc: "any other validation error"},
		vendors.Rule{Status: []int{401}, AnyBody: true, Class: vendors.Fatal, Then: "credentials_refused",
			Hint: "get a new access token from POST /user/login/, export EPIXEL_ACCESS_TOKEN and run the same command again; check EPIXEL_API_KEY too",
			Doc:  "the credentials are invalid, or the access token has run out"},
		vendors.Rule{Status: []int{403}, AnyBody: true, Class: vendors.Fatal, Then: "access_refused",
			Hint: "ask the company whether this key may register users", Doc: "not documented: not allowed"},
		vendors.Rule{Status: []int{500}, Text: "user creation is failed", Class: vendors.Unknown, Then: "user_creation_failed",
			Hint: "it is not known whether the user was registered; a repeat is refused, so the row is sent again automatically", Doc: "user creation failed (signup-package)"},
	)
}

// taken are the errors that say that somebody is there with the same e-mail address, username or phone number.
func taken() []vendors.Rule {
	const (
		phone    = "a user has this phone number already: this person, or another who shares it; look it up in the back office, then give the person a number of their own"
		username = "a user has this username already: this person, or another; look it up in the back office, then give another username"
	)
	return []vendors.Rule{
		{Status: []int{400}, Text: "registered with the specified e-mail", Class: vendors.Exists, Then: "email_already_registered", About: mapping.Email,
			Hint: "a user with this e-mail address exists; nothing to do", Doc: "the e-mail address is registered"},
		{Status: []int{400}, Field: "username", Text: "already taken", Class: vendors.Exists, Then: "username_already_taken", About: mapping.Username,
			Hint: username, Doc: "the username is taken"},
		{Status: []int{400}, Field: "phone_number", Text: "already taken", Class: vendors.Exists, Then: "phone_already_registered", About: mapping.PhoneNumber,
			Hint: phone, Doc: "the phone number is taken"},
		{Status: []int{400}, Text: "username is already taken", Class: vendors.Exists, Then: "username_already_taken", About: mapping.Username,
			Hint: username, Doc: "the same, reported without a field"},
		{Status: []int{400}, Text: "phone number already taken", Class: vendors.Exists, Then: "phone_already_registered", About: mapping.PhoneNumber,
			Hint: phone, Doc: "the same, reported without a field"},
	}
}

// sponsors are the errors of sponsors, of both operations and of validate-sponsor.
func sponsors() []vendors.Rule {
	const hint = "import the sponsor first, or fix the sponsor's username"
	return []vendors.Rule{
		{Status: []int{400, 404}, Text: "sponsor is not found or is in the inactive", Class: vendors.Rejected, Then: "sponsor_not_found", About: mapping.Sponsor,
			Hint: hint, Doc: "the sponsor is not found or inactive"},
		{Status: []int{400, 404}, Text: "sponsor is blocked or inactive", Class: vendors.Rejected, Then: "sponsor_inactive", About: mapping.Sponsor,
			Hint: "ask for the sponsor to be activated, or give another one", Doc: "the sponsor is blocked or inactive (validate-sponsor)"},
		{Status: []int{400, 404}, Text: "invalid sponsor", Class: vendors.Rejected, Then: "sponsor_invalid", About: mapping.Sponsor,
			Hint: hint, Doc: "the sponsor's name is invalid"},
		{Status: []int{400}, Field: "sponsor", Class: vendors.Rejected, Then: "sponsor_refused", Hint: hint, Doc: "any other error of the sponsor"},
	}
}

// refusedFields are the validation errors of single fields.
func refusedFields() []vendors.Rule {
	field := func(name, text, then, hint, doc string) vendors.Rule {
		return vendors.Rule{Status: []int{400}, Field: name, Text: text, Class: vendors.Rejected, Then: then, Hint: hint, Doc: doc}
	}
	return []vendors.Rule{
		field("country_code", "", "country_refused", "use a country the company serves; country_format: alpha2_lower if it wants ie", "invalid country code"),
		field("first_name", "", "first_name_refused", "write the name with letters only", "the first name should be an alphabet"),
		field("last_name", "", "last_name_refused", "write the name with letters only", "the last name should be an alphabet"),
		field("username", "", "username_refused", "5 to 250 letters, digits, dots and underscores, none of the two side by side", "invalid username"),
		field("password", "", "password_refused", "give a password that follows the company's rule", "password validation errors"),
		field("confirm_password", "", "password_not_confirmed", "nothing to fix in the list: report this as a fault of the program", "the confirmed password does not match"),
		field("position", "", "position_refused", "use HOLDING_TANK, LEFT or RIGHT, or leave it out", "the chosen position is invalid"),
		field("subdomain", "no more than", "subdomain_too_long", "shorten the subdomain to 15 characters", "more than 15 characters"),
		field("subdomain", "at least", "subdomain_too_short", "give a subdomain of at least 3 characters", "less than 3 characters"),
		field("product_id", "", "product_refused", "use the id of an enrollment package of the company", "invalid product_id"),
		field("address_postal_code", "", "address_postal_code_refused", "fix the postal code of the address", "invalid postcode"),
		field("address_state_code", "", "address_state_refused", "use the state's code", "invalid address_state_code"),
		field("address_first_name", "", "address_first_name_refused", "fix the first name of the address", "invalid address_first_name"),
		field("address_last_name", "", "address_last_name_refused", "fix the last name of the address", "invalid address_last_name"),
		field("address_country_code", "", "address_country_refused", "use a country the company serves", "invalid address_country_code"),
	}
}
