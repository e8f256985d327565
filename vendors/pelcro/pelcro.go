// Package pelcro describes the open registration API of Pelcro: one POST of flat JSON, the site in the query, no key.
// Pages: https://docs.pelcro.com/reference/api-open-register, https://docs.pelcro.com/reference-link/api-open-errors
package pelcro

import (
	"math"
	"time"

	"importer/mapping"
	"importer/vendors"
)

// Vendor returns the description.
func Vendor() *vendors.Vendor {
	return &vendors.Vendor{
		Name:  "pelcro",
		Title: "Pelcro",
		Page:  "https://docs.pelcro.com/reference/api-open-register",
		Doc: "Registers a customer of a site through the Open API. Where a site has risk assessment switched on, every request needs a token that " +
			"only a person's browser can make: such sites cannot be imported into this way; ask Pelcro about its Core API.",
		BaseURL:    "https://www.pelcro.com",
		Operations: []vendors.Operation{{Name: "register", Path: "/api/v1/sdk/auth/register?site_id={site_id}", Doc: "registers one customer"}},
		Encodings:  []vendors.Encoding{vendors.JSON},
		Settings: []vendors.Setting{
			{Name: "site_id", Env: "PELCRO_SITE_ID", Required: true, Tenant: true, Example: "1234", Check: vendors.WholeNumber(math.MaxInt32),
				Doc: "the site's number, from the Pelcro platform; it is no secret"},
			{Name: "password_rule", Default: "strong", Values: []string{"strong", "basic"},
				Doc: "strong: 8 to 30 characters with a number, a symbol, a lower and an upper case letter (the newer page's default); basic: at least 6"},
			{Name: "accept_language", Doc: "Accept-Language header: the language of customers without one, and of messages"},
		},
		Headers: []vendors.Header{
			{Name: "Accept-Language", Value: "{accept_language}", Doc: "only when the setting is there"},
		},
		Fields:          fields(),
		Limits:          []vendors.Limit{{N: 5, Per: time.Second}},
		LimitsDoc:       "default, not published",
		CredentialCheck: vendors.CredentialCheck{Doc: "no published call checks the site ID without registering; a wrong one shows with the first row"},
		Repeat:          vendors.EveryRepeat(vendors.RepeatRefused, "refused: an e-mail address is unique in an account"),
		Identity:        []mapping.Field{mapping.Email},
		Passwords:       passwordRule,
		Unique:          []vendors.Unique{{Field: mapping.Username, Members: []string{"username"}}},
		Read:            Read,
		Rules:           rules(),
	}
}
