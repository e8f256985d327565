package vendors

import (
	"context"
	"net/http"
)

// Harmless is how credentials can be tried before anything is sent.
type Harmless struct {
	Doc      string    // what is asked, or why nothing can be
	Question *Question // needs valid credentials, and neither registers nor changes anything; nil where the vendor publishes none
}

// CanTry reports whether the vendor has a harmless question that needs credentials.
func (a *Account) CanTry() bool { return a.vendor.Harmless.Question != nil }

// Try puts the harmless question. Nil: the credentials were taken. Fatal: they were refused. Any other verdict: nobody can say.
func (a *Account) Try(ctx context.Context, rt http.RoundTripper) *Verdict {
	reply, failed := a.Put(ctx, rt, *a.vendor.Harmless.Question)
	if failed != nil || reply.Status == http.StatusOK {
		return failed
	}
	v := a.Judge(reply, nil)
	v.Class = Unknown
	return &v
}
