package distinct

import (
	"importer/mapping"
	"importer/vendors"
)

// fields is the page's table "Request Body". Optional members are left out when the row has no value: never null, never empty.
func fields() []vendors.WireField {
	required := vendors.Required()
	return []vendors.WireField{
		{Name: "firstName", From: mapping.FirstName, Need: required, Doc: "first name"},
		{Name: "lastName", From: mapping.LastName, Doc: "last name"},
		{Name: "email", From: mapping.Email, Need: required, Doc: "e-mail address"},
		{Name: "isTermsAndConditionsChecked", Type: vendors.Boolean, From: mapping.TermsAccepted, Need: required,
			Doc: "whether the person agreed to the terms and the privacy policy"},
		{Name: "subscribeNewsletter", Type: vendors.Boolean, From: mapping.Newsletter, Need: required, Format: vendors.BoolOr(false),
			Doc: "whether the person wants promotional e-mail"},
		{Name: "phoneNumber", From: mapping.PhoneNumber, Format: vendors.NationalDigits(), Doc: "the three phone members are sent together or not at all"},
		{Name: "phoneCountryCode", From: mapping.PhoneNumber, Format: vendors.CallingCode(), Doc: "the number's country code"},
		{Name: "phoneCountryName", From: mapping.PhoneNumber, Format: vendors.PhoneRegion(),
			Need: vendors.RequiredWhen("there is a phone number", hasPhone), Doc: "the number's country"},
		{Name: "birthYear", Type: vendors.Number, From: mapping.BirthDate, Format: vendors.BirthYear(), Need: required, Doc: "year of birth"},
		{Name: "birthMonth", Type: vendors.Number, From: mapping.BirthDate, Format: vendors.BirthMonth(), Need: required, Doc: "month of birth"},
		{Name: "birthDate", Type: vendors.Number, From: mapping.BirthDate, Format: vendors.BirthDay(), Need: required, Doc: "day of birth"},
		{Name: "dob", From: mapping.BirthDate, Format: vendors.MidnightUTC(), Need: required, Doc: "date of birth, ISO timestamp"},
		{Name: "experienceValue", Setting: "experienceValue", Need: required, Doc: "the experience"},
		{Name: "registrationPageValue", Setting: "registrationPageValue", Need: required, Format: registrationPage(), Doc: "the registration page"},
		{Name: "language", From: mapping.Language, Need: required, Doc: "language preference, e.g. en-IE"},
		{Name: "externalVendorId", Setting: "externalVendorId",
			Need: vendors.RequiredWhen("registrationPageValue is "+externalPage, usesExternalPage), Doc: "your id at Distinct"},
	}
}

func hasPhone(in *vendors.Input) bool { return in.Has(mapping.PhoneNumber) }

func usesExternalPage(in *vendors.Input) bool {
	return in.Setting("registrationPageValue") == externalPage
}

func registrationPage() vendors.Format {
	return vendors.TextFormat(externalPage+" whenever externalVendorId is set", func(in *vendors.Input, _ mapping.Field) string {
		if in.Setting("externalVendorId") != "" {
			return externalPage
		}
		return in.Setting("registrationPageValue")
	})
}

func settings() []vendors.Setting {
	return []vendors.Setting{
		{Name: "apiKey", Env: "DISTINCT_API_KEY", Secret: true, Required: true, Doc: "the key that Distinct shared with you"},
		{Name: "experienceValue", Required: true, Tenant: true, Example: "wc-trophy-tour-2026", Doc: "the experience people are registered for"},
		{Name: "externalVendorId", Tenant: true, Example: "mkod0a8imkod0a", Doc: "your id at Distinct; with it, registrationPageValue is " + externalPage},
		{Name: "registrationPageValue", Tenant: true, Doc: "the registration page; needed only without externalVendorId"},
	}
}

// check checks the rule that ties registrationPageValue to externalVendorId.
func check(get func(string) string) []vendors.Problem {
	id, registrationPage := get("externalVendorId"), get("registrationPageValue")
	switch {
	case id == "" && registrationPage == "":
		return []vendors.Problem{vendors.NewProblem("externalVendorId", "neither externalVendorId nor registrationPageValue is set",
			"write externalVendorId under settings: in the job file; Distinct gives it to you")}
	case id != "" && registrationPage != "" && registrationPage != externalPage:
		return []vendors.Problem{vendors.NewProblem("registrationPageValue",
			"registrationPageValue must be "+externalPage+" when externalVendorId is set", "leave registrationPageValue out")}
	case id == "" && registrationPage == externalPage:
		return []vendors.Problem{vendors.NewProblem("externalVendorId", "externalVendorId is not set, and the page "+externalPage+" needs it",
			"write externalVendorId under settings: in the job file")}
	}
	return nil
}
