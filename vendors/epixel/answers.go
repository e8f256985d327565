package epixel

import (
	"net/http"

	"importer/vendors"
)

// Read takes Epixel's envelope apart: {"status_code", "errors", "data": {"uid"}}. Success is HTTP 200, status_code 200, no errors and a uid. The
// shape of errors is not documented: texts, lists and objects are read at any depth, and {"detail"} or {"message"} alone too.
func Read(status int, _ http.Header, body []byte) vendors.Answer {
	doc, ok := vendors.ParseJSON(body)
	if !ok || !doc.IsObject() {
		return vendors.Answer{}
	}
	bodyStatus, hasStatus := doc.Member("status_code").Int()
	answer := vendors.Answer{BodyStatus: bodyStatus, ID: doc.Member("data").Member("uid").Scalar()}
	answer.Errors = collect(nil, doc.Member("errors"), "", 4)
	answer.Confirmed = bodyStatus == http.StatusOK && answer.ID != "" && (status == http.StatusOK || status >= 300)
	for _, name := range []string{"error", "detail", "message"} {
		if text, ok := doc.Member(name).Text(); ok && text != "" && len(answer.Errors) == 0 && !answer.Confirmed {
			answer.Errors = []vendors.Reported{{Message: text}}
		}
	}
	if hasStatus || doc.Member("errors").Present() || len(answer.Errors) > 0 {
		answer.Recognized = true
	}
	return answer
}

// collect reads errors in any form: a text, a list, an object of field to errors, or an object that names its field.
func collect(all []vendors.Reported, n vendors.Node, field string, depth int) []vendors.Reported {
	if text, ok := n.Text(); ok && text != "" {
		return append(all, vendors.Reported{Field: field, Message: text})
	}
	if depth == 0 || len(all) >= 64 {
		return all
	}
	if name, ok := n.Member("field").Text(); ok {
		for _, text := range []string{"message", "description", "error", "errors", "detail"} {
			if child := n.Member(text); child.Present() {
				return collect(all, child, name, depth-1)
			}
		}
	}
	names := n.Names()
	for i, child := range n.Items() {
		inner := field
		if names != nil && names[i] != "non_field_errors" && names[i] != "message" && names[i] != "detail" {
			inner = names[i]
		}
		all = collect(all, child, inner, depth-1)
	}
	return all
}
