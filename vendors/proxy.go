package vendors

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
)

// proxyError is what a proxy said instead of letting a connection to the vendor through (RFC 9110, 9.3.6). Nothing has been sent to the vendor then.
type proxyError struct{ status int }

// Error names the status alone: what else a proxy says may hold anything.
func (e *proxyError) Error() string {
	return fmt.Sprintf("the proxy answered %d %s", e.status, http.StatusText(e.status))
}

// proxyAnswer looks at what a proxy answers to CONNECT, as [http.Transport.OnProxyConnectResponse] does.
func proxyAnswer(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	return &proxyError{answer.StatusCode}
}

// proxyVerdict is the verdict on an error of a proxy; false for any other error. A proxy that wants to know who asks, or that forbids the host, refuses
// every row alike, so the run stops. One that cannot be reached, or cannot reach the vendor, may do so later.
func proxyVerdict(err error) (Verdict, bool) {
	said, isAnswer := errors.AsType[*proxyError](err)
	op, isOp := errors.AsType[*net.OpError](err)
	switch {
	case isAnswer && said.status == http.StatusProxyAuthRequired:
		return Verdict{Class: Fatal, Code: codeProxySignIn, Hint: signInHint, Message: said.Error()}, true
	case isAnswer && said.status/100 == 4 && said.status != http.StatusRequestTimeout && said.status != http.StatusTooManyRequests:
		return Verdict{Class: Fatal, Code: codeProxyRefused, Hint: proxyHint, Message: said.Error()}, true
	case isAnswer, isOp && op.Op == "proxyconnect":
		return Verdict{Class: NotSent, Code: codeProxyFailed, Hint: wireHint(codeProxyFailed), Message: wireText(err)}, true
	}
	return Verdict{}, false
}
