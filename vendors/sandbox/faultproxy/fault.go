package faultproxy

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"importer/vendors/sandbox"
)

// Fault is one simulated fault. The zero Fault is none.
type Fault string

// Faults of connecting.
const (
	NoHost       Fault = "no such host (DNS)"
	DNSTimeout   Fault = "DNS server does not answer"
	RefusedConn  Fault = "connection refused"
	NoRoute      Fault = "no route to host"
	DialTimedOut Fault = "connect timed out (ETIMEDOUT)"
	DialSilence  Fault = "connect hangs until the deadline"
	ServFail     Fault = "DNS server fails (SERVFAIL)"
	NetDown      Fault = "network is unreachable"
	NoPort       Fault = "no local port left"
	NoFile       Fault = "too many open files"
	DialReset    Fault = "connect is reset"
)

// Faults of the TLS handshake.
const (
	WrongHost   Fault = "certificate of another host"
	Expired     Fault = "certificate expired"
	NotYetValid Fault = "certificate not valid yet"
	SelfSigned  Fault = "certificate self-signed"
	OldVersion  Fault = "TLS 1.1 only"
	PlainHTTP   Fault = "plain HTTP where TLS is spoken"
	WantsClient Fault = "client certificate wanted"
	UnknownRoot Fault = "certificate of an unknown authority"
	Alert       Fault = "TLS alert: handshake failure"
)

// Faults of the wire.
const (
	Reset     Fault = "reset (RST)"
	Close     Fault = "orderly close (FIN)"
	HalfClose Fault = "half-close"
	Silence   Fault = "silence until the deadline"
	Garbage   Fault = "garbage bytes, then close"
	Drip      Fault = "a byte a second"
	Continue  Fault = "100 Continue, then as usual"
	Stray     Fault = "an answer nobody asked for"
	Stray408  Fault = "408 nobody asked for, then close"
)

// Faults of the answer that have a name in Go; the table has the names of all.
const (
	LengthShort    Fault = "Content-Length too small"
	AnswerTwice    Fault = "the whole answer twice"
	AnswerAndBytes Fault = "the whole answer, and bytes of nothing in the same write"
	Late           Fault = "the whole answer after four seconds"
	HTML           Fault = "200 with HTML"
	SentTwice      Fault = "the request arrives twice, the second answer comes back"
)

// Faults in which the vendor refuses in its own words: the answers of Options.Refuse.
const (
	OwnUnauthorized Fault = "the vendor's own words: wrong credentials"
	OwnForbidden    Fault = "the vendor's own words: not allowed from here"
	OwnInactive     Fault = "the vendor's own words: event not active, plan used up"
	OwnThrottled    Fault = "the vendor's own words: too many requests"
	OwnTooLarge     Fault = "the vendor's own words: request too large"
	OwnBroken       Fault = "the vendor's own words: server error"
)

// refusals are what the vendor says in its own words.
var refusals = map[Fault]sandbox.Refusal{
	OwnUnauthorized: sandbox.Unauthorized, OwnForbidden: sandbox.Forbidden, OwnInactive: sandbox.Inactive, OwnThrottled: sandbox.Throttled,
	OwnTooLarge: sandbox.TooLarge, OwnBroken: sandbox.Broken,
}

// Status is an answer with an HTTP status and a gateway's HTML.
func Status(code int) Fault { return Fault("status " + strconv.Itoa(code)) }

// Around is the vendor's success under another HTTP status.
func Around(code int) Fault { return Status(code) + " around the success" }

// Later is Status with a Retry-After header, which may be one of ADate, ADatePast and ADateFar.
func Later(code int, retryAfter string) Fault {
	return Status(code) + Fault(", Retry-After: "+retryAfter)
}

// Dates of Retry-After.
const (
	ADate     = "a date in 7 s"
	ADatePast = "a date long past"
	ADateFar  = "a date in the year 9999"
)

// statuses are answers with an HTTP status and a gateway's HTML.
func statuses(codes ...int) (all []answerFault) {
	for _, code := range codes {
		all = append(all, changed(Status(code), gateway(code)))
	}
	return all
}

func gateway(code int) func(a *reply) {
	return func(a *reply) {
		a.status, a.kind, a.body = fmt.Sprintf("%d Fault", code), "text/html", []byte(gatewayPage)
	}
}

// successes are the vendor's success under other statuses.
func successes(codes ...int) (all []answerFault) {
	for _, code := range codes {
		all = append(all, changed(Around(code), func(a *reply) { a.status = fmt.Sprintf("%d Odd", code) }))
	}
	return all
}

// waits are gateways' answers with a Retry-After.
func waits(code int, texts ...string) (all []answerFault) {
	for _, text := range texts {
		all = append(all, changed(Later(code, text), func(a *reply) {
			gateway(code)(a)
			a.headers = "Retry-After: " + retryAfter(text) + "\r\n"
		}))
	}
	return all
}

func retryAfter(text string) string {
	switch text {
	case ADate:
		return time.Now().Add(7 * time.Second).UTC().Format(http.TimeFormat)
	case ADatePast:
		return time.Unix(0, 0).UTC().Format(http.TimeFormat)
	case ADateFar:
		return time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC).Format(http.TimeFormat)
	}
	return text
}

// redirect is the vendor's success as a redirect; to is a Location, or empty.
func redirect(code int, what, to string) answerFault {
	return changed(Fault(fmt.Sprintf("redirect %d%s", code, what)), func(a *reply) {
		if a.status = fmt.Sprintf("%d Elsewhere", code); to != "" {
			a.headers = "Location: " + to + "\r\n"
		}
	})
}

// beforeVendor reports whether the vendor never sees the request: the answer says that it did not act.
func (f Fault) beforeVendor() bool {
	if why, ok := refusals[f]; ok {
		return why != sandbox.Broken
	}
	plain, _, _ := strings.Cut(string(f), ", Retry-After: ")
	return slices.Contains([]Fault{Status(401), Status(403), Status(429)}, Fault(plain))
}
