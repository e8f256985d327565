package distinct

import (
	"net/http"

	"importer/mapping"
	"importer/vendors"
)

// Read takes Distinct's envelope apart: {"statusCode": number, "message": text, "data": ...}. Success is HTTP 200 and statusCode 200; message
// and data differ between the page's two examples and say nothing. A message may also be a list of texts.
func Read(status int, _ http.Header, body []byte) vendors.Answer {
	doc, ok := vendors.ParseJSON(body)
	bodyStatus, hasStatus := doc.Member("statusCode").Int()
	message := doc.Member("message")
	if !ok || !hasStatus || !message.Present() {
		return vendors.Answer{}
	}
	answer := vendors.Answer{Recognized: true, BodyStatus: bodyStatus}
	if bodyStatus == http.StatusOK {
		answer.Confirmed = status == http.StatusOK || status >= 300
		return answer
	}
	for _, text := range message.Texts() {
		answer.Errors = append(answer.Errors, vendors.Reported{Message: text})
	}
	return answer
}

// rules is the page's table "Response Structure". Distinct has no error codes: errors are told apart by their text alone.
func rules() []vendors.Rule {
	return []vendors.Rule{
		{Status: []int{400}, Text: "phone number already registered", Class: vendors.Exists, Then: "phone_already_registered", About: mapping.PhoneNumber,
			Hint: "Distinct has this phone number already: for this person, or for another who shares it; look it up at the vendor, then correct the number or leave it out", Doc: "phone number already exists"},
		{Status: []int{400}, Text: "email*already", Class: vendors.Exists, Then: "email_already_registered", About: mapping.Email,
			Hint: "the person is registered under this e-mail address; nothing to do", Doc: "not documented: e-mail address already exists"},
		{Text: "external vendor id is required", Class: vendors.Fatal, Then: "external_vendor_id_required",
			Hint: "write externalVendorId under settings: in the job file", Doc: "missing external vendor id"},
		{Text: "registration page not found", Class: vendors.Fatal, Then: "registration_page_not_found",
			Hint: "check externalVendorId and experienceValue with Distinct: no registration page matches them", Doc: "no registration page for this externalVendorId"},
		{Status: []int{400, 422}, Class: vendors.Rejected, Then: "rejected_by_vendor",
			Hint: "read the vendor's message and fix the row", Doc: "any other 400 in Distinct's own form"},
		{Status: []int{401}, AnyBody: true, Class: vendors.Fatal, Then: "credentials_refused", Hint: "check DISTINCT_API_KEY", Doc: "the key is wrong"},
		{Status: []int{403}, AnyBody: true, Class: vendors.Fatal, Then: "ip_not_allowed",
			Hint: "ask Distinct to add this machine's address to the allow-list of your key", Doc: "this IP address is not on the key's allow-list"},
		{Text: "event is not active", Class: vendors.Fatal, Then: "event_not_active",
			Hint: "ask Distinct to activate the event, then run the same command again", Doc: "the event is not active"},
	}
}
