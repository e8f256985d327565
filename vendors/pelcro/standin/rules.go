package standin

import (
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"importer/vendors/sandbox"
)

var rules = []sandbox.Rule{
	{Name: "email", Kind: sandbox.String, Required: true, Check: sandbox.Email},
	{Name: "password", Kind: sandbox.String, Required: true},
	{Name: "language", Kind: sandbox.String, Check: twoLetters},
	{Name: "username", Kind: sandbox.String, Check: username},
	{Name: "display_name", Kind: sandbox.String},
	{Name: "email_hardbounce", Kind: sandbox.Bool},
	{Name: "first_name", Kind: sandbox.String},
	{Name: "last_name", Kind: sandbox.String},
	{Name: "metadata", Kind: sandbox.Members},
	{Name: "old_provider_id", Kind: sandbox.String},
	{Name: "organization", Kind: sandbox.String},
	{Name: "phone", Kind: sandbox.String, Check: phone},
	{Name: "salutation", Kind: sandbox.String},
	{Name: "title", Kind: sandbox.String},
	{Name: "security_token", Kind: sandbox.String},
}

// wrong lists every fault of a customer.
func wrong(customer *sandbox.Object, shape string) []sandbox.Wrong {
	faults := customer.Check(rules)
	if v, ok := customer.Get("password"); ok && v.Kind == sandbox.String && v.Text != "" {
		if message := password(v.Text, shape); message != "" {
			faults = append(faults, sandbox.Wrong{Field: "password", Text: message})
		}
	}
	if v, ok := customer.Get("metadata"); ok && v.Kind == sandbox.Members {
		faults = append(faults, wrongMetadata(v.Object)...)
	}
	return faults
}

func wrongMetadata(o *sandbox.Object) (faults []sandbox.Wrong) {
	if o.Len() == 0 {
		return []sandbox.Wrong{{Field: "metadata", Text: "must not be empty; leave the field out"}}
	}
	for i := range o.Len() {
		name, v := o.At(i)
		plain := v.Kind == sandbox.Bool || v.Kind == sandbox.Number || (v.Kind == sandbox.String && v.Text != "")
		if name == "" || !plain {
			faults = append(faults, sandbox.Wrong{Field: "metadata." + name, Text: "must be a text that is not empty, a number or a boolean"})
		}
	}
	return faults
}

// password checks the strong rule of the page, or its rule of 6 characters.
func password(s, shape string) string {
	n := len([]rune(s))
	if shape == "short-password" {
		if n < 6 {
			return "The password must be at least 6 characters."
		}
		return ""
	}
	has := func(kind func(rune) bool) bool { return strings.IndexFunc(s, kind) >= 0 }
	symbol := func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }
	if n < 8 || n > 30 || !has(unicode.IsDigit) || !has(unicode.IsLower) || !has(unicode.IsUpper) || !has(symbol) {
		return "The password must have 8 to 30 characters, with a number, a symbol, a lowercase and an uppercase letter."
	}
	return ""
}

// twoLetters accepts the two-letter codes of ISO 639-1.
var twoLetters = sandbox.Valid(func(s string) bool {
	base, err := language.ParseBase(s)
	return err == nil && len(s) == 2 && sandbox.Only(s, sandbox.Lower) && base.String() != "und"
}, "must be a two-letter language code of ISO 639-1, such as en")

var username = sandbox.Valid(func(s string) bool { return sandbox.Only(s, sandbox.Alphanumeric+"-_") },
	"The username may only contain letters, numbers, dashes and underscores.")

// phone accepts any text: what is not a digit is stripped, and something must be left.
var phone = sandbox.Valid(func(s string) bool { return strings.ContainsAny(s, sandbox.Digits) }, "must hold digits")
