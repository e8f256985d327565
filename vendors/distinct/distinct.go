// Package distinct describes the registration API of Distinct: one POST of flat JSON, a key in a header, errors that differ by their text alone.
// Page: https://docs.distinct.so/docs/register-user-api
package distinct

import (
	"time"

	"importer/mapping"
	"importer/vendors"
)

// externalPage is what registrationPageValue must be whenever externalVendorId is sent.
const externalPage = "external-vendor-registration"

// Vendor returns the description.
func Vendor() *vendors.Vendor {
	return &vendors.Vendor{
		Name:  "distinct",
		Title: "Distinct",
		Page:  "https://docs.distinct.so/docs/register-user-api",
		Doc: "Registers a person for an experience. The answer carries no user id. A second request with the same phone number is refused; " +
			"what a second request with the same e-mail address does is not documented.",
		BaseURL:    "https://api.distinct.so",
		Operations: []vendors.Operation{{Name: "registration", Path: "/v2/registration", Doc: "registers one user"}},
		Encodings:  []vendors.Encoding{vendors.JSON},
		Settings:   settings(),
		Headers: []vendors.Header{
			{Name: "x-distinct-api-key", Value: "{apiKey}", Doc: "the shared API key"},
		},
		Fields:          fields(),
		Limits:          []vendors.Limit{{N: 5, Per: time.Second}},
		LimitsDoc:       "default, not published",
		CredentialCheck: vendors.CredentialCheck{Doc: "the only other call with this key returns the data of people who registered"},
		Repeat: vendors.RepeatRule{
			Doc: "refused when the row carries a phone number, else unknown",
			Of:  repeat,
		},
		Identity: []mapping.Field{mapping.Email},
		Unique:   []vendors.Unique{{Field: mapping.PhoneNumber, Members: []string{"phoneCountryCode", "phoneNumber"}}},
		Read:     Read,
		Rules:    rules(),
		Check:    check,
	}
}

func repeat(in *vendors.Input) vendors.Repeat {
	if in.Has(mapping.PhoneNumber) {
		return vendors.RepeatRefused
	}
	return vendors.RepeatUnknown
}
