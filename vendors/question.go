package vendors

import (
	"context"
	"net/http"

	"importer/mapping"
)

// Question is one HTTP request without side effect: it neither registers nor changes anything.
type Question struct {
	Method  string // GET or POST
	Path    string // appended to the base URL; "{setting}" stands for a setting's value
	Members []mapping.Pair
}

// Probe is a check of a row by questions to the vendor before the row is sent: Epixel, for example, is asked whether a member's sponsor exists.
type Probe struct {
	Name string                           `json:"name"`
	Doc  string                           `json:"doc"`
	When func(a *Account) bool            `json:"-"` // whether the account's settings want it; nil = always
	Key  func(c *mapping.Customer) string `json:"-"` // what to ask about; "" = nothing to ask for this row. Each distinct key is asked about once a run

	// Ask makes the requests. A fault means that the row is invalid and must not be sent. A verdict means that the question failed: Throttled,
	// NotSent and Fatal count as for a row; Unknown means that the answer is not known, and the row is sent. Both nil: the row is in order.
	Ask func(ctx context.Context, a *Account, rt http.RoundTripper, key string) (*mapping.Fault, *Verdict) `json:"-"`
}

// CredentialCheck says how credentials can be checked before anything is sent.
type CredentialCheck struct {
	Doc      string    // what is asked, or why nothing can be asked
	Question *Question // needs valid credentials; nil where the vendor publishes no such question
}

// Ask asks the vendor one question. The verdict is set when there is no reply, when the refusal would meet every row (401, 403), and when the
// vendor throttles; its texts are safe to show. What any other reply means is for the caller to say; [Account.Classify] applies the rules.
func (a *Account) Ask(ctx context.Context, rt http.RoundTripper, q Question) (Reply, *Verdict) {
	u, err := a.address(q.Path)
	if err != nil {
		return Reply{}, &Verdict{Class: Fatal, Code: codeNotPrepared, Hint: wireHint(codeNotPrepared), Message: err.Error()}
	}
	c := call{method: q.Method, url: u}
	values := make([]string, len(q.Members))
	if len(q.Members) > 0 {
		members := make([]member, len(q.Members))
		for i, p := range q.Members {
			members[i], values[i] = member{p.Name, pairValue(p), mapping.NoField}, p.Text
		}
		c.body, c.contentType = encodeBody(a.encoding, "", members)
	}
	reply, failed := a.exchange(ctx, rt, c)
	if failed != nil {
		v := a.scrubbed(*failed, values)
		return Reply{}, &v
	}
	if v := a.Classify(reply, values); v.Class == Fatal || v.Class == Throttled {
		return Reply{}, &v
	}
	return reply, nil
}

// Classify returns what the description's rules make of a reply, its texts safe to show; values are the personal ones to mask in them.
func (a *Account) Classify(r Reply, values []string) Verdict {
	return a.scrubbed(a.vendor.classify(r, a.now()), values)
}

// CanTry reports whether the vendor has a question that checks the credentials.
func (a *Account) CanTry() bool { return a.vendor.CredentialCheck.Question != nil }

// Try asks that question. Nil: the credentials are valid. Fatal: they were refused. Any other verdict: it is not known.
func (a *Account) Try(ctx context.Context, rt http.RoundTripper) *Verdict {
	reply, failed := a.Ask(ctx, rt, *a.vendor.CredentialCheck.Question)
	if failed != nil || reply.Status == http.StatusOK {
		return failed
	}
	v := a.Classify(reply, nil)
	v.Class = Unknown
	return &v
}

// Probes returns the probes that this account's settings want; nil when there are none.
func (a *Account) Probes() []Probe {
	var wanted []Probe
	for _, p := range a.vendor.Probes {
		if p.When == nil || p.When(a) {
			wanted = append(wanted, p)
		}
	}
	return wanted
}

// Learn notes, for the life of the account, that the answer about these keys is known to be good: a probe need not ask about them again.
func (a *Account) Learn(keys []string) {
	for _, key := range keys {
		a.answered.Store(key, true)
	}
}

// Knows reports whether [Account.Learn] had this key.
func (a *Account) Knows(key string) bool {
	_, known := a.answered.Load(key)
	return known
}
