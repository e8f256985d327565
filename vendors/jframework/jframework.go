// Package jframework describes the registration API of JFramework: one POST of flat JSON, the brand in a header, codes of its own that may
// be in the status line, in the body, or in its list of errors.
// Pages: https://developers.jframework.io/references/api-reference/endpoints/users/register-a-new-user,
// https://developers.jframework.io/references/api-reference/overview, https://developers.jframework.io/references/api-reference/errors
package jframework

import (
	"errors"
	"strings"
	"time"

	"importer/mapping"
	"importer/vendors"
)

// Vendor returns the description.
func Vendor() *vendors.Vendor {
	return &vendors.Vendor{
		Name:  "jframework",
		Title: "JFramework",
		Page:  "https://developers.jframework.io/references/api-reference/endpoints/users/register-a-new-user",
		Doc: "Registers a user of a brand. The pages disagree on whether an e-mail address is required: it is, unless email_required says otherwise. " +
			"A 209 stands among the successes but means that the plan is used up: it stops the run.",
		BaseURL:    "https://protocol.jframework.io",
		Operations: []vendors.Operation{{Name: "register", Path: "/api/v1/users/register", Doc: "registers one user"}},
		Encodings:  []vendors.Encoding{vendors.JSON},
		Settings: []vendors.Setting{
			{Name: "brandUrl", Env: "JFRAMEWORK_BRAND_URL", Required: true, Tenant: true, Example: "https://www.example.com", Check: brandURL, Doc: "the brand's URL, as registered with JFramework"},
			{Name: "email_required", Default: "true", Values: []string{"true", "false"}, Doc: "whether a row without an e-mail address is refused before sending"},
		},
		Headers:         []vendors.Header{{Name: "Brand-URL", Value: "{brandUrl}", Doc: "the brand of the request"}},
		Fields:          fields(),
		Limits:          []vendors.Limit{{N: 5, Per: time.Second}},
		LimitsDoc:       "default, not published",
		CredentialCheck: vendors.CredentialCheck{Doc: "no published call checks the Brand-URL without registering; a wrong one shows with the first row"},
		Repeat: vendors.RepeatRule{
			Doc:        "refused: e-mail address, username and phone number are unique in a brand",
			Of:         repeat,
			ByIdentity: true,
		},
		Identity: []mapping.Field{mapping.Email, mapping.Username, mapping.PhoneNumber},
		Unique: []vendors.Unique{
			{Field: mapping.Username, Members: []string{"username"}},
			{Field: mapping.PhoneNumber, Members: []string{"phoneNumber"}},
		},
		Read:  Read,
		Rules: rules(),
	}
}

// repeat: a request with nothing unique in it could be carried out twice.
func repeat(in *vendors.Input) vendors.Repeat {
	if in.Has(mapping.Email) || in.Has(mapping.Username) || in.Has(mapping.PhoneNumber) {
		return vendors.RepeatRefused
	}
	return vendors.RepeatUnknown
}

func brandURL(value string) error {
	if strings.ContainsAny(value, " \t@") {
		return errors.New("must be a URL or a domain")
	}
	return nil
}

// fields is the page's table "Body". Members without a value are left out.
func fields() []vendors.WireField {
	email := vendors.RequiredWhen("email_required is true", func(in *vendors.Input) bool { return in.Setting("email_required") != "false" })
	return []vendors.WireField{
		{Name: "username", From: mapping.Username, Checks: []vendors.Check{usernameRule()}, Doc: "username"},
		{Name: "phoneNumber", From: mapping.PhoneNumber, Format: vendors.E164(), Doc: "phone number"},
		{Name: "emailAddress", From: mapping.Email, Need: email, Doc: "e-mail address"},
		{Name: "password", From: mapping.Password, Need: vendors.Required(), Doc: "password, at least 1 character"},
		{Name: "firstName", From: mapping.FirstName, Doc: "first name"},
		{Name: "lastName", From: mapping.LastName, Doc: "last name"},
		{Name: "nickName", From: mapping.Nickname, Doc: "nickname"},
		{Name: "referralCode", From: mapping.ReferralCode, Doc: "invitation code"},
	}
}

// usernameRule is the page's "an email address or a username with format: [a-zA-Z0-9._-]{5}+".
func usernameRule() vendors.Check {
	plain := vendors.AlphanumericAnd("._-", "")
	return vendors.Check{
		Code: "username_invalid", Doc: "an e-mail address, or at least 5 letters, digits, dots, underscores or dashes",
		Hint: "fix the username, or leave it out",
		OK: func(in *vendors.Input, text string) bool {
			return strings.Contains(text, "@") || len(text) >= 5 && plain.OK(in, text)
		},
	}
}
