package jframework

import (
	"net/http"
	"strconv"

	"importer/mapping"
	"importer/vendors"
)

// Read takes JFramework's envelope apart: {"success", "statusCode", "message", "data", "errors": [{"code", "details" or "message"}]}. Success is
// HTTP 201, success true, statusCode 201 and no errors. Codes are read as number or text; one of JFramework's own statuses (209, 607, 723,
// 724, 727 and all above 599) counts in each of these places. data is a user or a bare id.
func Read(status int, _ http.Header, body []byte) vendors.Answer {
	doc, ok := vendors.ParseJSON(body)
	success := doc.Member("success")
	bodyStatus, hasStatus := doc.Member("statusCode").Int()
	if !ok || !success.IsBool() && !hasStatus {
		return vendors.Answer{}
	}
	message, _ := doc.Member("message").Text()
	answer := vendors.Answer{
		Recognized: true, BodyStatus: bodyStatus, ID: userID(doc.Member("data")),
		Errors: reported(doc.Member("errors"), message, ownStatus(status, bodyStatus)),
	}
	answer.Confirmed = success.IsTrue() && bodyStatus == http.StatusCreated && (status == http.StatusCreated || status >= 300)
	if len(answer.Errors) == 0 && !success.IsTrue() {
		answer.Errors = []vendors.Reported{{Message: message}}
	}
	return answer
}

func userID(data vendors.Node) string {
	if id := data.Scalar(); id != "" {
		return id
	}
	return data.Member("id").Scalar()
}

// ownStatus returns the status that is JFramework's own, as text; "" when neither is.
func ownStatus(statuses ...int) string {
	for _, s := range statuses {
		if s == 209 || s > 599 {
			return strconv.Itoa(s)
		}
	}
	return ""
}

// reported lists the body's errors. Where the status is one of JFramework's own, it is the code of every error that has none of them.
func reported(errors vendors.Node, message, own string) []vendors.Reported {
	var all []vendors.Reported
	for _, e := range errors.Items() {
		r := vendors.Reported{Code: e.Member("code").Scalar(), Message: firstText(e.Member("details"), e.Member("message"), e)}
		if n, err := strconv.Atoi(r.Code); own != "" && (err != nil || ownStatus(n) == "") {
			r.Code = own
		}
		if r.Message == "" {
			r.Message = message
		}
		all = append(all, r)
	}
	if len(all) == 0 && own != "" {
		all = append(all, vendors.Reported{Code: own, Message: message})
	}
	return all
}

func firstText(nodes ...vendors.Node) string {
	for _, n := range nodes {
		if text, ok := n.Text(); ok && text != "" {
			return text
		}
	}
	return ""
}

// rules is the register page's and the overview page's list of codes.
func rules() []vendors.Rule {
	const (
		phone    = "the brand has this phone number already: for this person, or for another who shares it; look it up at the vendor, then correct the number or leave it out"
		username = "the brand has this username already: for this person, or for another; look it up at the vendor, then give another username, or leave it out"
	)
	refused := []int{400, 409, 422}
	return []vendors.Rule{
		{Code: "209", Class: vendors.Fatal, Then: "usage_limit_reached",
			Hint: "the brand's plan is used up: raise it with JFramework, then run the same command again", Doc: "the feature usage limit is exceeded"},
		{Code: "723", Class: vendors.Exists, Then: "email_already_registered", About: mapping.Email,
			Hint: "the brand has a user with this e-mail address; nothing to do", Doc: "user e-mail already exists"},
		{Code: "724", Class: vendors.Exists, Then: "username_already_taken", About: mapping.Username,
			Hint: username, Doc: "username already exists"},
		{Code: "727", Class: vendors.Exists, Then: "phone_already_registered", About: mapping.PhoneNumber,
			Hint: phone, Doc: "phone number already exists"},
		{Code: "607", Class: vendors.Rejected, Then: "password_refused", About: mapping.Password,
			Hint: "give a password that follows the brand's rule", Doc: "the password is not in the correct format"},
		{Code: "429", Class: vendors.Throttled, Then: "rate_limited",
			Hint: "the run waits and continues automatically; a lower --rate avoids it", Doc: "rate limit exceeded"},
		{Status: refused, Text: "email*exist", Class: vendors.Exists, Then: "email_already_registered", About: mapping.Email,
			Hint: "the brand has a user with this e-mail address; nothing to do", Doc: "not documented: the same, recognized by its text alone"},
		{Status: refused, Text: "phone*exist", Class: vendors.Exists, Then: "phone_already_registered", About: mapping.PhoneNumber,
			Hint: phone, Doc: "not documented: the same, recognized by its text alone"},
		{Status: refused, Text: "username*exist", Class: vendors.Exists, Then: "username_already_taken", About: mapping.Username,
			Hint: username, Doc: "not documented: the same, recognized by its text alone"},
		{Status: []int{409}, Class: vendors.Exists, Then: "already_registered",
			Hint: "the brand has a user with this e-mail address, username or phone number: this person, or another who shares one of them; look them up", Doc: "conflict, e.g. a duplicate"},
		{Status: []int{400, 422}, Class: vendors.Rejected, Then: "rejected_by_vendor", Hint: "read the vendor's message and fix the row", Doc: "bad request"},
		{Status: []int{401}, AnyBody: true, Class: vendors.Fatal, Then: "credentials_refused", Hint: "check JFRAMEWORK_BRAND_URL", Doc: "unauthorized"},
		{Status: []int{403}, AnyBody: true, Class: vendors.Fatal, Then: "access_refused", Hint: "ask JFramework what this brand may do", Doc: "forbidden"},
		{Status: []int{404}, Text: "brand", Class: vendors.Fatal, Then: "brand_not_found", Hint: "check JFRAMEWORK_BRAND_URL", Doc: "not documented: the brand is not known"},
		{Status: []int{404}, Class: vendors.Unknown, Then: "not_found", Hint: "check --base-url and JFRAMEWORK_BRAND_URL; what was not found is not documented", Doc: "not found"},
		{Status: []int{405}, Class: vendors.Fatal, Then: "method_not_allowed", Hint: "check --base-url", Doc: "method not allowed"},
		{Status: []int{500}, Class: vendors.Unknown, Then: "vendor_failed",
			Hint: "it is not known whether the vendor registered the user; a repeat is refused, so the row is sent again automatically", Doc: "unexpected server error"},
	}
}
