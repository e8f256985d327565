package distinct

import "importer/vendors"

func settings() []vendors.Setting {
	return []vendors.Setting{
		{Name: "apiKey", Env: "DISTINCT_API_KEY", Secret: true, Required: true, Doc: "the key that Distinct shared with you"},
		{Name: "experienceValue", Required: true, Tenant: true, Example: "wc-trophy-tour-2026", Doc: "the experience people are registered for"},
		{Name: "externalVendorId", Tenant: true, Example: "mkod0a8imkod0a", Doc: "your id at Distinct; with it, registrationPageValue is " + externalPage},
		{Name: "registrationPageValue", Tenant: true, Doc: "the registration page; needed only without externalVendorId"},
	}
}

// check holds the rule that ties registrationPageValue to externalVendorId.
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
