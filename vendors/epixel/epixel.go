// Package epixel describes the user registration API of Epixel MLM Software: two operations, credentials in two headers, forms, and a sponsor
// that must exist before a member can be registered.
// Pages: https://api.epixelsoftware.help/user-registration, https://api.epixelsoftware.help/authentication
package epixel

import (
	"net/http"
	"time"

	"importer/mapping"
	"importer/vendors"
)

const (
	listPath      = "/user/get/sponsors/"
	signup        = "signup"
	signupPackage = "signup-package"
)

// Vendor returns the description.
func Vendor() *vendors.Vendor {
	return &vendors.Vendor{
		Name:  "epixel",
		Title: "Epixel MLM Software",
		Page:  "https://api.epixelsoftware.help/user-registration",
		Doc: "Registers customers and members (distributors) at one company's own domain. A member's sponsor must exist and be active: import sponsors " +
			"before those they sponsor. The access token lives for a limited time. What the pages leave open is a setting.",
		BaseURL: "https://{domain}/{api_prefix}/{version}",
		Operations: []vendors.Operation{
			{Name: signup, Path: "/user/signup/", Doc: "registers a user"},
			{Name: signupPackage, Path: "/user/signup-package/", Doc: "registers a user with an enrollment package and an address"},
		},
		Encodings: []vendors.Encoding{vendors.Multipart, vendors.URLEncoded, vendors.JSON},
		Settings:  settings(),
		Headers: []vendors.Header{
			{Name: "apikey", Value: "{apikey}", Doc: "the API key"},
			{Name: "Authorization", Value: "Bearer {access_token}", Doc: "the access token from /user/login/"},
		},
		Fields:    fields(),
		Limits:    []vendors.Limit{{N: 5, Per: time.Second}},
		LimitsDoc: "default, not published",
		Repeat:    vendors.EveryRepeat(vendors.RepeatRefused, "refused: username, phone number and e-mail address are unique"),
		Identity:  []mapping.Field{mapping.Email},
		// No rule is published; this is the usual one of the framework that the answers look like, and generated passwords keep it.
		Passwords: func(*vendors.Input) vendors.PasswordRule { return vendors.PasswordRule{Least: 8} },
		Read:      Read,
		Rules:     rules(),
		Probes:    probes(),
		Unique: []vendors.Unique{
			{Field: mapping.Username, Members: []string{"username"}},
			{Field: mapping.PhoneNumber, Members: []string{"phone_number"}},
		},
		CredentialCheck: vendors.CredentialCheck{
			Doc:      "GET /user/get/sponsors/, which needs the key and the token and changes nothing",
			Question: &vendors.Question{Method: http.MethodGet, Path: listPath},
		},
	}
}

func settings() []vendors.Setting {
	return []vendors.Setting{
		{Name: "apikey", Env: "EPIXEL_API_KEY", Secret: true, Required: true, Doc: "the API key"},
		{Name: "access_token", Env: "EPIXEL_ACCESS_TOKEN", Secret: true, Required: true, Doc: "bearer token from POST /user/login/; it lives for a limited time"},
		{Name: "domain", Required: true, Example: "office.example.com", Doc: "the company's domain; not needed with a base URL"},
		{Name: "api_prefix", Required: true, Example: "api", Doc: "first part of the path; not needed with a base URL"},
		{Name: "version", Required: true, Example: "v1", Doc: "second part of the path; not needed with a base URL"},
		{Name: "operation", Default: signup, Values: []string{signup, signupPackage}, Doc: "what is called"},
		{Name: "encoding", Default: "multipart", Values: []string{"multipart", "urlencoded", "json"},
			Doc: "how the body is written: multipart is what the page's sample sends; it is not documented whether the vendor accepts the others"},
		{Name: "phone_format", Default: "e164", Values: []string{"e164", "national"}, Doc: "+353861234567 or 861234567; the pages do not say"},
		{Name: "country_format", Default: "alpha2", Values: []string{"alpha2", "alpha2_lower"}, Doc: "IE or ie; the pages do not say"},
		{Name: "name_rule", Default: "off", Values: []string{"off", "letters"},
			Doc: "letters: refuse names with anything but letters before sending; off: let the vendor decide what \"should be an alphabet\" means"},
		{Name: "sponsor_check", Default: "both", Values: []string{"both", "validate", "list", "off"},
			Doc: "how sponsors are checked before rows are sent: by the list of sponsors, each by validate-sponsor, both, or not at all"},
		{Name: "sponsor_field", Default: "sponsor", Doc: "the field of validate-sponsor that holds the username; the pages do not name it"},
		{Name: "sponsor_unclear", Default: "send", Values: []string{"send", "refuse"},
			Doc: "what happens to a row whose sponsor could not be checked: sent anyway, or invalid"},
	}
}
