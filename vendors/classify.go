package vendors

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// classify says what a reply means. It is a pure function of the description, the reply and, for Retry-After dates, the time. The texts in the
// verdict are the vendor's own: scrub them before anybody sees them, as [Account.Send] does.
func (v *Vendor) classify(r Reply, now time.Time) Verdict {
	answer := Answer{}
	if r.Problem == "" {
		answer = v.Read(r.Status, r.Header, r.Body)
	}
	verdict := v.decide(r.Status, answer, r.Problem)
	verdict.HTTPStatus = r.Status
	if verdict.Class == Throttled || r.Status == http.StatusServiceUnavailable {
		verdict.RetryAfter, _ = ParseRetryAfter(r.Header.Get("Retry-After"), now)
	}
	if answer.Recognized && (verdict.Class == Accepted || verdict.Class == Exists) {
		verdict.VendorID = answer.ID
	}
	return verdict
}

func (v *Vendor) decide(status int, answer Answer, problem string) Verdict {
	if status >= 300 && status <= 399 {
		return coded(codeRedirectRefused)
	}
	if !answer.Recognized {
		return v.byStatus(status, problem)
	}
	if answer.Confirmed && len(answer.Errors) == 0 && is2xx(status) {
		return Verdict{Class: Accepted, Code: codeCreated}
	}
	return v.errors(status, answer)
}

// byStatus decides by the HTTP status alone.
func (v *Vendor) byStatus(status int, problem string) Verdict {
	if r, ok := v.ruleOfStatus(status); ok {
		return ruled(r, Reported{})
	}
	switch {
	case problem != "":
		return coded(problem)
	case status >= 500 && status <= 599:
		return serverError(status)
	}
	return coded(codeAnswerUnreadable)
}

// ruleOfStatus returns the first rule that needs no more than the HTTP status.
func (v *Vendor) ruleOfStatus(status int) (Rule, bool) {
	for _, rules := range [][]Rule{v.Rules, CommonRules()} {
		for i := range rules {
			if rules[i].AnyBody && rules[i].Matches(status, 0, Reported{}) {
				return rules[i], true
			}
		}
	}
	return Rule{}, false
}

// errors decides on an answer in the vendor's own form that does not simply confirm: the most severe error decides, the others' texts follow it.
// A status that stops or slows the run does so for any body, unless the body confirms: then the person may be registered, and the row
// must not count as one that was never sent.
func (v *Vendor) errors(status int, answer Answer) Verdict {
	reported := answer.Errors
	if len(reported) == 0 {
		reported = []Reported{{}}
	}
	verdicts := make([]Verdict, 0, len(reported)+1)
	if answer.Confirmed {
		verdicts = append(verdicts, coded(codeAnswerContradicts))
	}
	for _, e := range reported {
		verdicts = append(verdicts, v.oneError(status, answer, e))
	}
	if answer.Confirmed {
		return withOthers(verdicts[0], verdicts)
	}
	if r, ok := v.ruleOfStatus(status); ok && (r.Class == Fatal || r.Class == Throttled) {
		verdicts = append(verdicts, ruled(r, reported[0]))
	}
	bySeverity := func(a, b Verdict) int { return a.Class.severity() - b.Class.severity() }
	return withOthers(slices.MaxFunc(verdicts, bySeverity), verdicts)
}

// oneError applies the rules to one error. Where the body's status contradicts the HTTP status, no rule may decide that the row is final.
func (v *Vendor) oneError(status int, answer Answer, e Reported) Verdict {
	contradicts := !is2xx(status) && answer.BodyStatus >= 100 && answer.BodyStatus <= 599 && answer.BodyStatus/100 != status/100
	for _, rules := range [][]Rule{v.Rules, CommonRules()} {
		for i := range rules {
			if contradicts && rules[i].Class.final() {
				continue
			}
			if rules[i].Matches(status, answer.BodyStatus, e) {
				return ruled(rules[i], e)
			}
		}
	}
	verdict := coded(codeUnknownError)
	switch {
	case status >= 500 && status <= 599:
		verdict = serverError(status)
	case is2xx(status) && answer.BodyStatus >= 500 && answer.BodyStatus <= 599:
		verdict = serverError(answer.BodyStatus)
	case is2xx(status) && e == (Reported{}):
		verdict = coded(codeSuccessUnconfirmed)
	}
	verdict.VendorCode, verdict.Field, verdict.Message = e.Code, e.Field, e.Message
	return verdict
}

// withOthers is the verdict that decided, with what the others of all say.
func withOthers(decided Verdict, all []Verdict) Verdict {
	others := make([]string, 0, len(all))
	for i := range all {
		if all[i].Message != "" && all[i].Message != decided.Message {
			others = append(others, all[i].Message)
		}
	}
	if len(others) > 0 {
		decided.Message = strings.TrimSpace(decided.Message + " (also: " + strings.Join(others, "; ") + ")")
	}
	return decided
}

func ruled(r Rule, e Reported) Verdict {
	v := Verdict{Class: r.Class, Code: r.Then, Hint: r.Hint, VendorCode: e.Code, Field: e.Field, About: r.About, Message: e.Message}
	if v.Field == "" {
		v.Field = r.About.String()
	}
	return v
}

// serverError is the verdict on a 5xx that no rule covers. It never knows more than that nobody knows.
func serverError(status int) Verdict {
	return Verdict{Class: Unknown, Code: "server_error_" + strconv.Itoa(status), Hint: wireHint("server_error_5xx")}
}

// coded is the Unknown verdict of a wire code.
func coded(code string) Verdict { return Verdict{Class: Unknown, Code: code, Hint: wireHint(code)} }

// Answer is what a vendor's reader extracts from a response: the kept part, never a token.
type Answer struct {
	// Recognized: the body is in the vendor's documented form. Of any other body only the HTTP status counts.
	Recognized bool
	// Confirmed: the body says, by the vendor's own rule and together with the HTTP status, that the user was registered.
	Confirmed bool
	// BodyStatus is the status a body carries beside the HTTP status; 0 = none.
	BodyStatus int
	// ID is the registered user's id; "" = the vendor gives none.
	ID string
	// Errors are all errors the body reports, in its order.
	Errors []Reported
}

// Reported is one error a body reports.
type Reported struct {
	Code    string // the vendor's code, verbatim; "" = none
	Field   string // the wire field meant; "" = none
	Message string // the vendor's text, verbatim; it is scrubbed before anybody sees it
}
