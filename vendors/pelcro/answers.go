package pelcro

import (
	"net/http"

	"importer/mapping"
	"importer/vendors"
)

// otherSites is a member of "errors" that is no field error: a list of other sites on which the person is registered.
const otherSites = "registered_on_other_sites"

// Read takes Pelcro's shapes apart: {"data": {"id", ...}}, {"errors": {field: [texts]}}, {"error": {"message"}} and {"message"}. data.auth_token is
// live; it is not looked at. Success is any 2xx with data.id: the pages do not say whether it is 200 or 201.
func Read(status int, _ http.Header, body []byte) vendors.Answer {
	doc, ok := vendors.ParseJSON(body)
	if !ok || !doc.IsObject() {
		return vendors.Answer{}
	}
	data, failure := doc.Member("data"), doc.Member("error")
	answer := vendors.Answer{ID: data.Member("id").Scalar(), Errors: fieldErrors(doc.Member("errors"))}
	answer.Confirmed = answer.ID != ""
	succeeded := answer.Confirmed && status < 300 && failure.IsEmpty() // a message beside the data of a success is no error
	if len(answer.Errors) == 0 && !succeeded {
		answer.Errors = singleError(doc)
	}
	if data.IsObject() || doc.Member("errors").IsObject() || len(answer.Errors) > 0 {
		answer.Recognized = true
	}
	return answer
}

func fieldErrors(errors vendors.Node) []vendors.Reported {
	var reported []vendors.Reported
	for i, field := range errors.Names() {
		if field == otherSites {
			continue
		}
		texts := errors.Items()[i].Texts()
		if len(texts) == 0 {
			texts = []string{""}
		}
		for _, text := range texts {
			reported = append(reported, vendors.Reported{Field: field, Message: text})
		}
	}
	return reported
}

// singleError reads {"error": {"message"}}, {"error": text} and {"message": text}.
func singleError(doc vendors.Node) []vendors.Reported {
	failure := doc.Member("error")
	for _, n := range []vendors.Node{failure.Member("message"), failure, doc.Member("message")} {
		if text, ok := n.Text(); ok && text != "" {
			return []vendors.Reported{{Code: failure.Member("code").Scalar(), Message: text}}
		}
	}
	if failure.IsObject() {
		return []vendors.Reported{{Code: failure.Member("code").Scalar()}}
	}
	return nil
}

// rules is the errors page. A single error object is a business rule of which the page does not say whether the row or the site is meant:
// it is unknown, not rejected.
func rules() []vendors.Rule {
	refused := []int{400, 404, 422}
	return []vendors.Rule{
		{Status: refused, Field: "email", Text: "already", Class: vendors.Exists, Then: "email_already_registered", About: mapping.Email,
			Hint: "the account has a customer with this e-mail address; nothing to do", Doc: "the e-mail address is in use"},
		{Status: refused, Field: "username", Text: "already", Class: vendors.Exists, Then: "username_already_taken", About: mapping.Username,
			Hint: "the account has this username already: for this person, or for another; look it up at the vendor, then give another username, or leave it out", Doc: "the username is in use"},
		{Status: refused, Field: "email", Class: vendors.Rejected, Then: "email_refused", Hint: "fix the e-mail address", Doc: "the e-mail address is refused"},
		{Status: refused, Field: "password", Class: vendors.Rejected, Then: "password_refused",
			Hint: "give a password that follows the site's rule; password_rule: strong finds weak ones before sending", Doc: "the password is refused"},
		{Status: refused, Field: "security_token", Class: vendors.Fatal, Then: "risk_assessment_on",
			Hint: "this site wants a token from a person's browser for each registration; ask Pelcro about its Core API", Doc: "the security token is missing or wrong"},
		{Status: refused, Field: "site_id", Class: vendors.Fatal, Then: "site_refused", Hint: "check PELCRO_SITE_ID", Doc: "the site is not known"},
		{Status: refused, Field: "*", Class: vendors.Rejected, Then: "field_rejected", Hint: "read the vendor's message and fix the field", Doc: "another field is refused"},
		{Status: refused, Text: "email*already", Class: vendors.Exists, Then: "email_already_registered", About: mapping.Email,
			Hint: "the account has a customer with this e-mail address; nothing to do", Doc: "not documented: the e-mail address is in use, reported without a field"},
		{Status: refused, Class: vendors.Unknown, Then: "business_rule",
			Hint: "read the vendor's message: the site, the plan or the row may be meant", Doc: "a business rule refuses the request"},
		{Status: []int{401}, AnyBody: true, Class: vendors.Fatal, Then: "credentials_refused",
			Hint: "check PELCRO_SITE_ID and the site's settings with Pelcro", Doc: "not authorized"},
		{Status: []int{403}, AnyBody: true, Class: vendors.Fatal, Then: "access_refused",
			Hint: "ask Pelcro whether the Open API is switched on for this site and this address", Doc: "not allowed"},
	}
}
