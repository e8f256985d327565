package vendors

import (
	"slices"
	"strings"

	"importer/mapping"
)

// Rule says what an error of a vendor means. Every condition that is set must hold; the first rule that matches decides.
type Rule struct {
	Status  []int  // the HTTP status, or the body's status inside a 2xx; empty = any
	Code    string // the vendor's code, in any case; "" = any
	Field   string // the wire field; "*" = any but none; "" = any
	Text    string // in the message, in any case; "*" stands for anything between; "" = any
	AnyBody bool   // any body; only with Status alone

	Class Class
	Then  string        // our code
	Hint  string        // what a person can do
	Doc   string        // what the vendor says it means; begins with "not documented" where no page says it
	About mapping.Field // the field meant: of Exists the one that is taken, else needed only where the vendor names none
}

// Matches reports whether a rule covers one reported error of an answer.
func (r *Rule) Matches(status, bodyStatus int, e Reported) bool {
	if len(r.Status) > 0 && !slices.Contains(r.Status, status) && !(is2xx(status) && slices.Contains(r.Status, bodyStatus)) {
		return false
	}
	if r.Code != "" && !strings.EqualFold(r.Code, e.Code) {
		return false
	}
	if r.Field != "" && r.Field != e.Field && (r.Field != "*" || e.Field == "") {
		return false
	}
	return containsInOrder(e.Message, r.Text)
}

// containsInOrder reports whether the parts of pattern between its stars occur in text in their order, in any case.
func containsInOrder(text, pattern string) bool {
	if pattern == "" {
		return true
	}
	text = strings.ToLower(text)
	for _, part := range strings.Split(strings.ToLower(pattern), "*") {
		i := strings.Index(text, part)
		if i < 0 {
			return false
		}
		text = text[i+len(part):]
	}
	return true
}

func is2xx(status int) bool { return status >= 200 && status <= 299 }

// CommonRules follow every vendor's own rules: what HTTP itself says (RFC 9110, RFC 6585), whatever the shape of the body.
func CommonRules() []Rule {
	return []Rule{
		{Status: []int{401}, AnyBody: true, Class: Fatal, Then: "credentials_refused",
			Hint: "check the key or token in the environment; no row after this one was sent", Doc: "the vendor does not accept the credentials"},
		{Status: []int{403}, AnyBody: true, Class: Fatal, Then: "access_refused",
			Hint: "ask the vendor whether this key and this address may register users", Doc: "the vendor does not allow this"},
		{Status: []int{429}, AnyBody: true, Class: Throttled, Then: "rate_limited",
			Hint: "the run waits and continues automatically; a lower --rate avoids it", Doc: "too many requests"},
		{Status: []int{408}, AnyBody: true, Class: Unknown, Then: "server_timeout",
			Hint: "the vendor timed out; it is not known whether it registered the user", Doc: "request timeout"},
		{Status: []int{425}, AnyBody: true, Class: Unknown, Then: "too_early", Hint: "it is not known whether the vendor registered the user", Doc: "too early"},
	}
}
