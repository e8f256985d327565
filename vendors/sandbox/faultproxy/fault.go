package faultproxy

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
