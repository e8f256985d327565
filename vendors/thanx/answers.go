package thanx

import (
	"net/http"

	"importer/mapping"
	"importer/vendors"
)

// Read takes Thanx's two shapes apart: {"user": {...}, "authorization": {...}} and {"error": {"code", "message"}}. The tokens under authorization
// are live; nothing of them is looked at.
func Read(status int, _ http.Header, body []byte) vendors.Answer {
	doc, ok := vendors.ParseJSON(body)
	if !ok {
		return vendors.Answer{}
	}
	if failure := doc.Member("error"); failure.IsObject() {
		code, _ := failure.Member("code").Text()
		message, _ := failure.Member("message").Text()
		if code == "" && message == "" {
			return vendors.Answer{}
		}
		return vendors.Answer{Recognized: true, Errors: []vendors.Reported{{Code: code, Message: message}}}
	}
	id := doc.Member("user").Member("id").Scalar()
	if id == "" {
		return vendors.Answer{}
	}
	return vendors.Answer{Recognized: true, ID: id, Confirmed: status == http.StatusCreated || status >= 300}
}

// rules is the list of error codes of the create-user and errors pages. Codes are static; messages may change, so a BAD_REQUEST with an
// unknown message is unknown, not rejected: the vendor answers so after it has signed the person up.
func rules() []vendors.Rule {
	return []vendors.Rule{
		{Status: []int{400}, Code: "BAD_REQUEST", Text: "user account exists", Class: vendors.Accepted, Then: "existing_user_enrolled",
			Hint: "the person existed on the platform and is now signed up with the brand; nothing to do", Doc: "the user exists and is now enrolled with the brand"},
		{Status: []int{400}, Code: "BAD_REQUEST", Class: vendors.Unknown, Then: "bad_request",
			Hint: "read the vendor's message; it is not known whether the person was signed up", Doc: "any other bad request"},
		{Status: []int{400}, Code: "USER_NAME_REQUIRED", Class: vendors.Rejected, Then: "name_required", About: mapping.FirstName,
			Hint: "the person is new to the platform: give first_name and last_name", Doc: "names are required for a new user"},
		{Status: []int{400}, Code: "USER_EMAIL_INVALID", Class: vendors.Rejected, Then: "email_refused", About: mapping.Email,
			Hint: "fix the e-mail address", Doc: "the e-mail address is not valid"},
		{Status: []int{400}, Code: "USER_PHONE_INVALID", Class: vendors.Rejected, Then: "phone_refused", About: mapping.PhoneNumber,
			Hint: "fix the phone number, or set the field's country", Doc: "the phone number is not valid"},
		{Status: []int{401}, AnyBody: true, Class: vendors.Fatal, Then: "credentials_refused",
			Hint: "check THANX_CLIENT_ID, THANX_ACCESS_TOKEN and this machine's clock", Doc: "AUTHENTICATION_GENERIC: bad credentials"},
		{Status: []int{403}, AnyBody: true, Class: vendors.Fatal, Then: "access_refused",
			Hint: "ask Thanx whether this client may create users", Doc: "FORBIDDEN: no access"},
		{Status: []int{404}, Code: "RESOURCE_NOT_FOUND", Class: vendors.Fatal, Then: "resource_not_found",
			Hint: "check --base-url and ask Thanx whether this client may create users", Doc: "the resource does not exist"},
		{Status: []int{500}, Code: "GENERIC_ERROR", Class: vendors.Unknown, Then: "vendor_failed",
			Hint: "it is not known whether the vendor registered the user; sending the row again is harmless", Doc: "server error"},
	}
}
