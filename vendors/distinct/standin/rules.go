package standin

import (
	"regexp"
	"strconv"
	"time"

	"importer/vendors/sandbox"
)

var rules = []sandbox.Rule{
	{Name: "firstName", Kind: sandbox.String, Required: true},
	{Name: "lastName", Kind: sandbox.String},
	{Name: "email", Kind: sandbox.String, Required: true, Check: sandbox.Email},
	{Name: "isTermsAndConditionsChecked", Kind: sandbox.Bool, Required: true},
	{Name: "subscribeNewsletter", Kind: sandbox.Bool, Required: true},
	{Name: "phoneNumber", Kind: sandbox.String, Check: phoneNumber},
	{Name: "phoneCountryCode", Kind: sandbox.String, Check: matches(`^\+[1-9][0-9]{0,3}$`, `must be a country code such as "+1"`)},
	{Name: "phoneCountryName", Kind: sandbox.String, Check: matches(`^[a-z]{2}$`, `must be a country name such as "us"`)},
	{Name: "birthYear", Kind: sandbox.Number, Check: sandbox.WholeNumber(1900, 2100)},
	{Name: "birthMonth", Kind: sandbox.Number, Check: sandbox.WholeNumber(1, 12)},
	{Name: "birthDate", Kind: sandbox.Number, Check: sandbox.WholeNumber(1, 31)},
	{Name: "dob", Kind: sandbox.String, Required: true, Check: timestamp},
	{Name: "experienceValue", Kind: sandbox.String, Required: true},
	{Name: "registrationPageValue", Kind: sandbox.String, Required: true},
	{Name: "language", Kind: sandbox.String, Required: true,
		Check: matches(`^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$`, `must be a language such as "en-IE"`)},
	{Name: "externalVendorId", Kind: sandbox.String},
}

// wrong is the message for the first fault of a person, "" when there is none: of single fields in the order of the page, then between fields.
func wrong(person *sandbox.Object) string {
	if faults := person.Check(rules); len(faults) > 0 {
		return faults[0].Field + ": " + faults[0].Text
	}
	for _, check := range []func(*sandbox.Object) string{wrongPhone, wrongBirth, wrongPage} {
		if message := check(person); message != "" {
			return message
		}
	}
	return ""
}

// wrongPhone checks the rule "include all phone fields".
func wrongPhone(person *sandbox.Object) string {
	if n := sent(person, "phoneNumber", "phoneCountryCode", "phoneCountryName"); n != 0 && n != 3 {
		return "phoneNumber, phoneCountryCode and phoneCountryName must be sent together"
	}
	return ""
}

// wrongBirth compares the parts of the date with the whole.
func wrongBirth(person *sandbox.Object) string {
	n := sent(person, "birthYear", "birthMonth", "birthDate")
	if n == 0 {
		return ""
	}
	if n != 3 {
		return "birthYear, birthMonth and birthDate must be sent together"
	}
	dob, err := time.Parse(time.RFC3339, person.Text("dob"))
	parts := [3]string{person.Text("birthYear"), person.Text("birthMonth"), person.Text("birthDate")}
	if want := [3]string{strconv.Itoa(dob.Year()), strconv.Itoa(int(dob.Month())), strconv.Itoa(dob.Day())}; err != nil || parts != want {
		return "birthYear, birthMonth and birthDate do not agree with dob"
	}
	return ""
}

// wrongPage checks that the registration page, the external id and the event fit together.
func wrongPage(person *sandbox.Object) string {
	page, id := person.Text("registrationPageValue"), person.Text("externalVendorId")
	switch {
	case id == "" && page == external:
		return "External vendor id is required"
	case id != "" && (page != external || id != campaign):
		return "Registration page not found"
	case person.Text("experienceValue") != event:
		return "Experience not found"
	}
	return ""
}

func sent(person *sandbox.Object, names ...string) (n int) {
	for _, name := range names {
		if _, ok := person.Get(name); ok {
			n++
		}
	}
	return n
}

// phoneNumber accepts digits only: "unformatted, without country code".
var phoneNumber = sandbox.Valid(func(s string) bool { return sandbox.IsDigits(s) && len(s) >= 4 && len(s) <= 14 },
	"must be an unformatted phone number without country code, such as 5555555555")

var timestamp = sandbox.Valid(func(s string) bool {
	t, err := time.Parse(time.RFC3339, s)
	return err == nil && t.Year() >= 1900
}, "must be a date in the ISO date/time format, such as 1990-05-15T00:00:00Z")

func matches(pattern, message string) sandbox.Check {
	return sandbox.Valid(regexp.MustCompile(pattern).MatchString, message)
}
