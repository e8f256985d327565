package epixel

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"importer/mapping"
	"importer/vendors"
)

// fields is the page's tables of both operations. Forms carry texts, so every member is a string, flags as "1" and "0".
func fields() []vendors.WireField {
	packaged := []string{signupPackage}
	sponsored := vendors.RequiredWhen("user_type is member, or the operation is signup-package", sponsored)
	names := []vendors.Check{lettersOnly()}
	text := func(name string, f mapping.Field, need vendors.Need, doc string) vendors.WireField {
		return vendors.WireField{Name: name, From: f, Need: need, Doc: doc}
	}
	all := []vendors.WireField{
		{Name: "country_code", From: mapping.Country, Need: vendors.Required(), Format: country(), Doc: "country"},
		{Name: "sponsor", From: mapping.Sponsor, Need: sponsored, Doc: "the sponsor's username"},
		{Name: "first_name", From: mapping.FirstName, Need: vendors.Required(), Checks: names, Doc: "first name"},
		{Name: "last_name", From: mapping.LastName, Need: vendors.Required(), Checks: names, Doc: "last name"},
		{Name: "username", From: mapping.Username, Need: vendors.Required(), Checks: []vendors.Check{username()}, Doc: "username, unique"},
		text("password", mapping.Password, vendors.Required(), "password; its rule is not published"),
		{Name: "confirm_password", From: mapping.Password, Need: vendors.Required(), Operations: packaged, Doc: "the password again"},
		{Name: "agree_terms", From: mapping.TermsAccepted, Need: vendors.Required(), Format: flag(), Checks: []vendors.Check{vendors.OneOf("1", "0")},
			Doc: "whether the person agrees to the terms"},
		{Name: "user_type", From: mapping.UserType, Need: vendors.Required(), Format: vendors.Lower(),
			Checks: []vendors.Check{vendors.OneOf("customer", "member")}, Doc: "role; a member is a distributor, consultant or agent"},
		text("email", mapping.Email, vendors.Required(), "e-mail address, unique"),
		{Name: "phone_number", From: mapping.PhoneNumber, Need: vendors.Required(), Format: phone(), Doc: "phone number, unique"},
		{Name: "place_genealogy", From: mapping.PlaceGenealogy, Format: flag(), Checks: []vendors.Check{vendors.OneOf("1", "0")},
			Doc: "whether the person is placed in the genealogy"},
		{Name: "position", From: mapping.Position, Format: vendors.Upper(),
			Checks: []vendors.Check{vendors.OneOf("HOLDING_TANK", "LEFT", "RIGHT")}, Doc: "position, where place_genealogy is 1"},
		{Name: "subdomain", From: mapping.Subdomain, Need: sponsored, Checks: []vendors.Check{vendors.Length(3, 15)}, Doc: "subdomain"},
	}
	for _, f := range []vendors.WireField{
		text("product_id", mapping.ProductID, vendors.Required(), "enrollment package"),
		text("address_first_name", mapping.AddressFirstName, vendors.Required(), "first name on the address"),
		text("address_last_name", mapping.AddressLastName, vendors.Required(), "last name on the address"),
		text("address_mail_id", mapping.AddressEmail, vendors.Required(), "e-mail address on the address"),
		{Name: "address_phone_number", From: mapping.AddressPhone, Need: vendors.Required(), Format: phone(), Doc: "phone number on the address"},
		text("address_name_line", mapping.AddressLine, vendors.Required(), "house number"),
		text("address_premise", mapping.AddressPremise, vendors.Required(), "street"),
		text("address_locality", mapping.AddressLocality, vendors.Required(), "locality"),
		text("address_postal_code", mapping.AddressPostalCode, vendors.Required(), "postal code"),
		{Name: "address_country_code", From: mapping.AddressCountry, Need: vendors.Required(), Format: country(), Doc: "country of the address"},
		text("address_state_code", mapping.AddressState, vendors.Required(), "state"),
	} {
		f.Operations = packaged
		all = append(all, f)
	}
	return all
}

func sponsored(in *vendors.Input) bool {
	return in.Operation == signupPackage || strings.EqualFold(in.Text(mapping.UserType), "member")
}

// flag writes what says yes or no as "1" or "0"; anything else goes through as it is, for the check to name.
func flag() vendors.Format {
	return vendors.TextFormat(`"1" or "0"`, func(in *vendors.Input, f mapping.Field) string {
		text := in.Text(f)
		return cmp.Or(map[string]string{"true": "1", "false": "0"}[text], text)
	})
}

func country() vendors.Format {
	return vendors.TextFormat("ISO 3166-1 alpha-2, in the case that country_format says", func(in *vendors.Input, f mapping.Field) string {
		if in.Setting("country_format") == "alpha2_lower" {
			return strings.ToLower(in.Text(f))
		}
		return in.Text(f)
	})
}

func phone() vendors.Format {
	return vendors.TextFormat("E.164, or national digits by phone_format", func(in *vendors.Input, f mapping.Field) string {
		if in.Setting("phone_format") == "national" {
			return in.Customer.Phone(f).National
		}
		return in.Customer.Phone(f).E164
	})
}

// username is the page's rule: 5 to 250 letters, digits, dots and underscores; dots and underscores neither doubled nor side by side.
func username() vendors.Check {
	charset := vendors.AlphanumericAnd("._", "")
	return vendors.Check{
		Code: "username_invalid", Doc: "5 to 250 letters, digits, dots and underscores, no two dots or underscores in a row",
		Hint: "fix the username, or make one with `expr`",
		OK: func(in *vendors.Input, text string) bool {
			if len(text) < 5 || len(text) > 250 || !charset.OK(in, text) {
				return false
			}
			inText := func(pair string) bool { return strings.Contains(text, pair) }
			return !slices.ContainsFunc([]string{"..", "__", "._", "_."}, inText)
		},
	}
}

func lettersOnly() vendors.Check {
	return vendors.Check{
		Code: "name_not_letters", Doc: "letters only (name_rule: letters)", Hint: "fix the name, or set name_rule: off and let the vendor decide",
		OK: func(in *vendors.Input, text string) bool {
			return in.Setting("name_rule") != "letters" || strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
		},
	}
}
