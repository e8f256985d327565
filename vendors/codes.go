package vendors

// CodeInfo is one stable reason with what it means and what a person can do about it.
type CodeInfo struct {
	Code    string `json:"code"`
	Class   string `json:"class"`
	Meaning string `json:"meaning"`
	Hint    string `json:"hint"`
}

// The codes of what happens on the wire. They are never renamed: people filter by them.
const (
	codeCreated            = "created"
	codeDNSFailed          = "dns_failed"
	codeRefused            = "connection_refused"
	codeConnectTimeout     = "connect_timeout"
	codeConnectFailed      = "connect_failed"
	codeTLSFailed          = "tls_failed"
	codeProxySignIn        = "proxy_auth_required"
	codeProxyRefused       = "proxy_refused"
	codeProxyFailed        = "proxy_failed"
	codeConnectionReset    = "connection_reset"
	codeConnectionClosed   = "connection_closed"
	codeConnectionBroken   = "connection_broken"
	codeTimeout            = "timeout"
	codeInterrupted        = "interrupted"
	codeNotPrepared        = "request_not_prepared"
	codeRedirectRefused    = "redirect_refused"
	codeAnswerUnreadable   = "answer_unreadable"
	codeAnswerTooLarge     = "answer_too_large"
	codeAnswerCompressed   = "answer_compressed"
	codeAnswerCutOff       = "answer_cut_off"
	codeAnswerMalformed    = "answer_malformed"
	codeAnswerMisplaced    = "answer_misplaced"
	codeSuccessUnconfirmed = "success_not_confirmed"
	codeAnswerContradicts  = "answer_contradictory"
	codeUnknownError       = "unknown_error"
)

const (
	proxyHint   = "ask whoever runs the proxy to let this machine reach the vendor, or name the vendor's host in NO_PROXY where no proxy is wanted"
	signInHint  = "the proxy wants a name and a password: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT, with % and two digits in place of characters such as @ and :"
	notSentHint = "the request did not leave this machine; it is sent again automatically"
	doubtHint   = "it is not known whether the vendor registered the user; look up the person at the vendor before sending the row again"
)

// WireCodes lists the codes that no vendor's description holds: what happened on the wire, and answers that cannot be read. The slice is the
// caller's own. "unknown / not sent" depends on whether a byte of the request had left.
func WireCodes() []CodeInfo {
	const either = "unknown or not sent"
	n, u := NotSent.String(), Unknown.String()
	return []CodeInfo{
		{codeCreated, Accepted.String(), "the vendor registered the user", ""},
		{codeDNSFailed, n, "the vendor's host name could not be resolved", "check --base-url and the network; the row is sent again automatically"},
		{codeRefused, n, "the host refused the connection", "check --base-url; if it is right, the vendor is down"},
		{codeConnectTimeout, n, "no connection in time", notSentHint},
		{codeConnectFailed, n, "the connection could not be made", notSentHint},
		{codeTLSFailed, n, "no secure connection could be made", "check --base-url, this machine's clock and its certificates"},
		{codeProxySignIn, Fatal.String(), "the proxy wants to know who asks", signInHint},
		{codeProxyRefused, Fatal.String(), "the proxy does not let requests through to the vendor", proxyHint},
		{codeProxyFailed, n, "the proxy could not be reached, or could not reach the vendor", "check HTTPS_PROXY, and NO_PROXY where no proxy is wanted; " + notSentHint},
		{codeConnectionReset, either, "the vendor reset the connection", doubtHint},
		{codeConnectionClosed, either, "the vendor closed the connection without an answer", doubtHint},
		{codeConnectionBroken, either, "the connection broke", doubtHint},
		{codeTimeout, either, "no answer within --timeout", doubtHint},
		{codeInterrupted, either, "the run was stopped while the request was on its way", doubtHint},
		{codeNotPrepared, Fatal.String(), "a request was to be sent that this account did not prepare", "this is a fault of the program: report it"},
		{codeRedirectRefused, u, "the vendor answered with a redirect, which is never followed", "check --base-url: http instead of https, a missing path or another host"},
		{codeAnswerUnreadable, u, "the answer is not in the vendor's documented form", "check --base-url; a proxy, a firewall or a maintenance page may have answered"},
		{codeAnswerTooLarge, u, "the answer is larger than 64 KiB", doubtHint},
		{codeAnswerCompressed, u, "the answer is compressed, which was not asked for", doubtHint},
		{codeAnswerCutOff, u, "the answer broke off", doubtHint},
		{codeAnswerMalformed, either, "what came back is not HTTP", "check --base-url and its port"},
		{codeAnswerMisplaced, u, "the answer came before the request had left: it belongs to another one", "a proxy between here and the vendor sends answers twice; " + doubtHint},
		{codeSuccessUnconfirmed, u, "the status says success, but the body does not confirm it", doubtHint},
		{codeAnswerContradicts, u, "the answer reports success and errors at once", doubtHint},
		{codeUnknownError, u, "the vendor reports an error that no rule covers", "read the vendor's message; " + doubtHint},
		{"server_error_5xx", u, "the vendor failed (5xx; the code ends with the status)", doubtHint},
		{"unexpected_status_xxx", u, "an HTTP status that no rule covers (the code ends with the status)", "check --base-url; " + doubtHint},
	}
}

// wireHint returns the hint of a wire code; "" for any other.
func wireHint(code string) string {
	for _, c := range WireCodes() {
		if c.Code == code {
			return c.Hint
		}
	}
	return ""
}
