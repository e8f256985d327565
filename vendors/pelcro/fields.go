package pelcro

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"importer/mapping"
	"importer/vendors"
)

// fields is the page's table "Body Params".
func fields() []vendors.WireField {
	return []vendors.WireField{
		{Name: "email", From: mapping.Email, Need: vendors.Required(), Doc: "e-mail address, unique in the account"},
		{Name: "password", From: mapping.Password, Need: vendors.Required(), Checks: []vendors.Check{strongPassword(), basicPassword()}, Doc: "password"},
		{Name: "language", From: mapping.Language, Format: twoLetters(), Checks: []vendors.Check{iso639()},
			Doc: "preferred language, ISO 639-1"},
		{Name: "username", From: mapping.Username,
			Checks: []vendors.Check{vendors.AlphanumericAnd("-_", "letters, digits, dashes and underscores")}, Doc: "username, unique in the account"},
		{Name: "display_name", From: mapping.DisplayName, Doc: "name shown beside comments"},
		{Name: "email_hardbounce", Type: vendors.Boolean, From: mapping.EmailBounced, Doc: "whether mail to the address bounced for good"},
		{Name: "first_name", From: mapping.FirstName, Doc: "first name"},
		{Name: "last_name", From: mapping.LastName, Doc: "last name"},
		{Name: "metadata", Type: vendors.Object, Metadata: true, Doc: "key-value pairs"},
		{Name: "old_provider_id", From: mapping.LegacyID, Doc: "id before the migration; can be searched for in the platform"},
		{Name: "organization", From: mapping.Organization, Doc: "organization"},
		{Name: "phone", From: mapping.PhoneNumber, Format: vendors.E164(), Doc: "phone number; Pelcro keeps its digits"},
		{Name: "salutation", From: mapping.Salutation, Doc: "salutation"},
		{Name: "title", From: mapping.Title, Doc: "title"},
		{Name: "security_token", Doc: "required where the site has risk assessment switched on; only `wire:` can give it"},
	}
}

// twoLetters writes "en" for "en-IE".
func twoLetters() vendors.Format {
	return vendors.TextFormat("the two-letter language, en for en-IE", func(in *vendors.Input, f mapping.Field) string {
		base, _, _ := strings.Cut(in.Text(f), "-")
		return strings.ToLower(base)
	})
}

func iso639() vendors.Check {
	return vendors.Check{Code: "language_two_letters", Doc: "a two-letter code (ISO 639-1)", Hint: "use a language with a two-letter code, such as en",
		OK: func(in *vendors.Input, text string) bool {
			return len(text) == 2 && vendors.AlphanumericAnd("", "").OK(in, text)
		}}
}

// passwordRule is what both rules of the page ask of generated passwords: all classes keep the strong one, and are no harm under the basic one.
func passwordRule(in *vendors.Input) vendors.PasswordRule {
	if in.Setting("password_rule") == "basic" {
		return vendors.PasswordRule{Least: 6}
	}
	return vendors.PasswordRule{Least: 8, Most: 30}
}

func strongPassword() vendors.Check {
	return vendors.Check{
		Code: "password_too_weak", Doc: "8 to 30 characters with a number, a symbol, a lower and an upper case letter (password_rule: strong)",
		Hint: "give a stronger password, or set password_rule: basic where the site does not enforce strong ones",
		OK: func(in *vendors.Input, text string) bool {
			n := utf8.RuneCountInString(text)
			return in.Setting("password_rule") == "basic" || n >= 8 && n <= 30 && hasAllClasses(text)
		},
	}
}

func hasAllClasses(text string) bool {
	symbol := func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }
	return !slices.ContainsFunc([]func(rune) bool{unicode.IsDigit, unicode.IsLower, unicode.IsUpper, symbol},
		func(class func(rune) bool) bool { return !strings.ContainsFunc(text, class) })
}

func basicPassword() vendors.Check {
	return vendors.Check{
		Code: "password_too_short", Doc: "at least 6 characters (password_rule: basic)", Hint: "give a password of at least 6 characters",
		OK: func(in *vendors.Input, text string) bool {
			return in.Setting("password_rule") != "basic" || utf8.RuneCountInString(text) >= 6
		},
	}
}
