package faultproxy

import "strconv"

// Fault is one misfortune. The zero Fault is none.
type Fault string

// Faults of connecting.
const (
	NoHost       Fault = "no such host (DNS)"
	DNSTimeout   Fault = "DNS server does not answer"
	RefusedConn  Fault = "connection refused"
	NoRoute      Fault = "no route to host"
	DialTimedOut Fault = "connect timed out (ETIMEDOUT)"
	DialSilence  Fault = "connect hangs until the deadline"
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

// Faults of the answer.
const (
	CutLength        Fault = "Content-Length, half of the body, close"
	CutChunked       Fault = "chunked, half of the body, close"
	ChunkedNoEnd     Fault = "chunked, whole body, no last chunk, close"
	ChunkedBadSize   Fault = "chunked, a size that is no number"
	ChunkedWhole     Fault = "chunked, whole"
	LengthLongClose  Fault = "Content-Length too large, close"
	LengthLongOpen   Fault = "Content-Length too large, left open"
	LengthShort      Fault = "Content-Length too small"
	LengthNegative   Fault = "Content-Length negative"
	LengthWords      Fault = "Content-Length no number"
	LengthTwice      Fault = "Content-Length twice, the same"
	LengthTwo        Fault = "Content-Length twice, different"
	LengthAndChunked Fault = "Content-Length and chunked"
	UntilClose       Fault = "HTTP/1.0, body until close"
	UntilCloseCut    Fault = "HTTP/1.0, half of the body until close"
	HugeHeader       Fault = "a header of 100 KB"
	ManyHeaders      Fault = "5,000 headers"
	EndlessHeaders   Fault = "headers without end"
	BadHeader        Fault = "a header without a colon"
	EndlessBody      Fault = "body without end"
	EndlessChunks    Fault = "chunks without end"
	BigBody          Fault = "success after 70 KB of blanks"
	Gzip             Fault = "gzip, though identity was asked for"
	GzipUnlabelled   Fault = "gzip without a Content-Encoding"
	Interim          Fault = "100, 102 and 103 before the answer"
	Flood100         Fault = "100 Continue without end"
	Flood103         Fault = "103 Early Hints without end"
	Switching        Fault = "101 Switching Protocols"
	NoContent        Fault = "204 without a body"
	NotModified      Fault = "304 without a body"
	EmptyAnswer      Fault = "200 with an empty body"
	HTML             Fault = "200 with HTML"
	HTML404          Fault = "404 with HTML"
	BOM              Fault = "UTF-8 byte order mark before the JSON"
	UTF16            Fault = "UTF-16 with a byte order mark"
	Latin1           Fault = "charset=iso-8859-1, plain ASCII in it"
	BadUTF8          Fault = "bytes that are no UTF-8 in the JSON"
	Null             Fault = "the JSON value null"
	OtherVendor      Fault = "another vendor's success"
	SuccessTwice     Fault = "the success twice in one body"
	AnswerTwice      Fault = "the whole answer twice"
	HTTP09           Fault = "a body without a head (HTTP/0.9)"
	HTTP2            Fault = "HTTP/2 frames"
	LowerCase        Fault = "http/1.1 in lower case"
	BareLF           Fault = "lines that end without CR"
	Status999        Fault = "status 999 around a success"
	Echo             Fault = "the request echoed as HTML"
)

// Status is an answer with an HTTP status and a gateway's HTML.
func Status(code int) Fault { return Fault("status " + strconv.Itoa(code)) }

// RedirectHere is a redirect to another path of the same host, RedirectAway one to another host; the body is the vendor's success.
func RedirectHere(code int) Fault { return Fault("redirect " + strconv.Itoa(code) + ", same host") }

// RedirectAway is a redirect to another host.
func RedirectAway(code int) Fault { return Fault("redirect " + strconv.Itoa(code) + ", other host") }

// keepsVendorOut reports whether the vendor never sees the request: the answer says that it did not act.
func (f Fault) keepsVendorOut() bool { return f == Status(401) || f == Status(403) || f == Status(429) }
