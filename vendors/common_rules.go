package vendors

import "strconv"

// CommonRules follow every vendor's own rules: what HTTP itself says (RFC 9110, RFC 6585), whatever the shape of the body.
func CommonRules() []Rule {
	return []Rule{
		{Status: []int{401}, AnyBody: true, Class: Fatal, Then: "credentials_refused",
			Hint: "check the key or token in the environment; nothing was used up after this row", Doc: "the vendor does not accept the credentials"},
		{Status: []int{403}, AnyBody: true, Class: Fatal, Then: "access_refused",
			Hint: "ask the vendor whether this key and this address may register users", Doc: "the vendor does not allow this"},
		{Status: []int{429}, AnyBody: true, Class: Throttled, Then: "rate_limited",
			Hint: "the run waits and goes on by itself; a lower --rate avoids it", Doc: "too many requests"},
		{Status: []int{408}, AnyBody: true, Class: Unknown, Then: "server_timeout",
			Hint: "the vendor gave up waiting; whether it registered the user is not known", Doc: "request timeout"},
		{Status: []int{425}, AnyBody: true, Class: Unknown, Then: "too_early", Hint: "whether the vendor registered the user is not known", Doc: "too early"},
	}
}

// statusRule is the verdict on an HTTP status that no rule covers. It never knows more than that nobody knows.
func statusRule(status int) Rule {
	n := strconv.Itoa(status)
	switch {
	case status >= 300 && status <= 399:
		return Rule{Class: Unknown, Then: codeRedirectRefused, Hint: wireHint(codeRedirectRefused)}
	case status >= 500 && status <= 599:
		return Rule{Class: Unknown, Then: "server_error_" + n, Hint: wireHint("server_error_5xx")}
	}
	return Rule{Class: Unknown, Then: "unexpected_status_" + n, Hint: wireHint("unexpected_status_xxx")}
}
