// Package thanx describes the consumer registration API of Thanx: one POST of a "user" envelope. A person whom the platform already knows is
// signed up with the brand and answered with a 400, which is a success here.
// Pages: https://docs.thanx.com/consumer/users/create-user, https://docs.thanx.com/partner/overview
package thanx

import (
	"slices"
	"time"

	"importer/mapping"
	"importer/vendors"
)

// Vendor returns the description.
func Vendor() *vendors.Vendor {
	return &vendors.Vendor{
		Name:  "thanx",
		Title: "Thanx",
		Page:  "https://docs.thanx.com/consumer/users/create-user",
		Doc: "Registers a person with a brand. A person who exists on the platform is signed up with the brand before the vendor answers with an " +
			"error: that counts as created, with the code existing_user_enrolled. There is no test mode: every request signs up real people. " +
			"Thanx asks for its legal notice to be shown to people; agree a bulk import with Thanx first.",
		BaseURL:    "https://api.thanx.com",
		Operations: []vendors.Operation{{Name: "create", Path: "/users", Doc: "creates a user, or signs an existing one up with the brand"}},
		Encodings:  []vendors.Encoding{vendors.JSON},
		Envelope:   "user",
		Settings: []vendors.Setting{
			{Name: "clientId", Env: "THANX_CLIENT_ID", Secret: true, Required: true, Tenant: true, Doc: "the client id that Thanx issued for the brand"},
			{Name: "accessToken", Env: "THANX_ACCESS_TOKEN", Secret: true, Doc: "bearer token; the pages disagree on whether this call needs it"},
			{Name: "signup_program_id", Tenant: true, Doc: "sign-up program; Thanx silently ignores one it does not know"},
		},
		Headers: []vendors.Header{
			{Name: "Accept-Version", Value: "v4.0", Doc: "version of the API; a wrong one may risk access"},
			{Name: "X-ClientId", Value: "{clientId}", Doc: "the client id"},
			{Name: "Authorization", Value: "Bearer {accessToken}", Doc: "only when THANX_ACCESS_TOKEN is set"},
			{Name: "Date", Value: "{now}", Doc: "within five minutes of the server's time: keep this machine's clock right"},
		},
		Fields:          fields(),
		Limits:          []vendors.Limit{{N: 5, Per: time.Second}, {N: 2000, Per: 15 * time.Minute}},
		LimitsDoc:       "published on the partner pages; that they hold for this call is not confirmed",
		CredentialCheck: vendors.CredentialCheck{Doc: "every call that checks the client ID enrols people"},
		Repeat:          vendors.EveryRepeat(vendors.RepeatHarmless, "harmless: an existing person is signed up with the brand again"),
		Identity:        []mapping.Field{mapping.Email},
		Read:            Read,
		Rules:           rules(),
	}
}

// fields is the page's table "Body". A request that holds nothing but an e-mail address signs an existing person up.
func fields() []vendors.WireField {
	names := vendors.RequiredWhen("anything besides the e-mail address is sent", moreThanEmail)
	return []vendors.WireField{
		{Name: "email", From: mapping.Email, Need: vendors.Required(), Doc: "e-mail address"},
		{Name: "phone", From: mapping.PhoneNumber, Format: vendors.E164(), Doc: "phone number; stored as it is sent"},
		{Name: "first_name", From: mapping.FirstName, Need: names, Doc: "first name"},
		{Name: "last_name", From: mapping.LastName, Need: names, Doc: "last name"},
		{Name: "birth_date", Type: vendors.Object, From: mapping.BirthDate, Format: vendors.DateObject(), Doc: "date of birth"},
		{Name: "gender", From: mapping.Gender, Checks: []vendors.Check{vendors.OneOf("male", "female", "other", "unknown")},
			Doc: "gender"},
		{Name: "zip_code", From: mapping.PostalCode, Doc: "postal code"},
		{Name: "signup_program_id", Setting: "signup_program_id", Doc: "sign-up program"},
	}
}

func moreThanEmail(in *vendors.Input) bool {
	others := []mapping.Field{mapping.PhoneNumber, mapping.FirstName, mapping.LastName, mapping.BirthDate, mapping.Gender, mapping.PostalCode}
	return slices.ContainsFunc(others, in.Has)
}
