package standin

import (
	"testing"

	"importer/vendors/sandbox/standintest"
)

// again is another person with the first example's phone number.
const again = `{"firstName": "Ann", "email": "ann@example.com", "isTermsAndConditionsChecked": true, "subscribeNewsletter": false, ` +
	`"phoneNumber": "5555555555", "phoneCountryCode": "+1", "phoneCountryName": "us", "dob": "1990-05-15T00:00:00Z", ` +
	`"experienceValue": "wc-trophy-tour-2026", "registrationPageValue": "external-vendor-registration", "language": "en-IE", ` +
	`"externalVendorId": "mkod0a8imkod0a"}`

const (
	birth = `"dob": "1990-05-15T00:00:00Z"`
	phone = `"phoneNumber": "5555555555", "phoneCountryCode": "+1", "phoneCountryName": "us", `
)

func TestStandin(t *testing.T) {
	standintest.Run(t, New(), []standintest.Case{
		{Name: "created", Status: 200, Text: `{"statusCode":200,"message":"User created successfully","data":true}`},
		{Name: "successful", Shape: "successful", Status: 200, Text: `{"statusCode":200,"message":"Registration successful.","data":{}}`},
		{Name: "phone taken", Before: []string{again}, Status: 400,
			Text: `{"statusCode":400,"message":"User phone number already registered","data":{}}`},
		{Name: "same e-mail, no phone", Before: []string{again}, Replace: [][2]string{{phone, ""}, {"john.doe@", "ann@"}}, Status: 200},
		{Name: "no vendor id", Replace: [][2]string{{`, "externalVendorId": "mkod0a8imkod0a"`, ""}}, Status: 400,
			Text: `{"statusCode":400,"message":"External vendor id is required","data":{}}`},
		{Name: "unknown vendor id", Replace: [][2]string{{"mkod0a8imkod0a", "other"}}, Status: 400, Text: "Registration page not found"},
		{Name: "vendor id on another page", Replace: [][2]string{{"external-vendor-registration", "web"}}, Status: 400,
			Text: "Registration page not found"},
		{Name: "another page without vendor id", Status: 200,
			Replace: [][2]string{{"external-vendor-registration", "web"}, {`, "externalVendorId": "mkod0a8imkod0a"`, ""}}},
		{Name: "unknown event", Replace: [][2]string{{"wc-trophy-tour-2026", "wc-1998"}}, Status: 400, Text: "Experience not found"},
		{Name: "parts of the date", Replace: [][2]string{{birth, `"birthYear": 1990, "birthMonth": 5, "birthDate": 15, ` + birth}}, Status: 200},
		{Name: "parts disagree", Replace: [][2]string{{birth, `"birthYear": 1990, "birthMonth": 5, "birthDate": 16, ` + birth}}, Status: 400,
			Text: "do not agree with dob"},
		{Name: "one part", Replace: [][2]string{{birth, `"birthYear": 1990, ` + birth}}, Status: 400, Text: "sent together"},
		{Name: "parts as texts", Replace: [][2]string{{birth, `"birthYear": "1990", "birthMonth": 5, "birthDate": 15, ` + birth}}, Status: 400,
			Text: "birthYear: must be a number, not a string"},
		{Name: "fraction", Replace: [][2]string{{birth, `"birthYear": 1990.0, "birthMonth": 5, "birthDate": 15, ` + birth}}, Status: 400,
			Text: "birthYear: must be a whole number"},
		{Name: "no dob", Replace: [][2]string{{birth + ", ", ""}}, Status: 400, Text: "dob: this field is required"},
		{Name: "date alone", Replace: [][2]string{{"1990-05-15T00:00:00Z", "1990-05-15"}}, Status: 400, Text: "dob: must be a date"},
		{Name: "no such date", Replace: [][2]string{{"1990-05-15T", "1990-02-30T"}}, Status: 400, Text: "dob: must be a date"},
		{Name: "null", Replace: [][2]string{{`"Doe"`, "null"}}, Status: 400, Text: "lastName: must not be null"},
		{Name: "empty", Replace: [][2]string{{`"Doe"`, `""`}}, Status: 400, Text: "lastName: must not be empty"},
		{Name: "text as boolean", Replace: [][2]string{{"true", `"true"`}}, Status: 400, Text: "isTermsAndConditionsChecked: must be a boolean"},
		{Name: "phone without country", Replace: [][2]string{{`"phoneCountryName": "us", `, ""}}, Status: 400, Text: "sent together"},
		{Name: "no phone", Replace: [][2]string{{phone, ""}}, Status: 200},
		{Name: "phone with country code", Replace: [][2]string{{`"5555555555"`, `"+15555555555"`}}, Status: 400, Text: "phoneNumber: must be"},
		{Name: "country code without plus", Replace: [][2]string{{`"+1"`, `"1"`}}, Status: 400, Text: "phoneCountryCode: must be"},
		{Name: "country in capitals", Replace: [][2]string{{`"us"`, `"US"`}}, Status: 400, Text: "phoneCountryName: must be"},
		{Name: "e-mail", Replace: [][2]string{{"john.doe@example.com", "john.doe"}}, Status: 400, Text: "email: must be a valid"},
		{Name: "language", Replace: [][2]string{{"en-IE", "English"}}, Status: 400, Text: "language: must be"},
		{Name: "wrong key", Header: [2]string{"x-distinct-api-key", "other"}, Status: 401, Text: `"statusCode":401`},
	})
}
