package faultproxy

import (
	"strconv"
	"strings"
)

// Faults of where an answer's body ends.
const (
	CutLength        Fault = "Content-Length, half of the body, close"
	LengthLongClose  Fault = "Content-Length too large, close"
	LengthLongOpen   Fault = "Content-Length too large, left open"
	LengthShort      Fault = "Content-Length too small"
	LengthNegative   Fault = "Content-Length negative"
	LengthWords      Fault = "Content-Length no number"
	LengthTwice      Fault = "Content-Length twice, the same"
	LengthTwo        Fault = "Content-Length twice, different"
	LengthAndChunked Fault = "Content-Length and chunked"
	CutChunked       Fault = "chunked, half of the body, close"
	ChunkedNoEnd     Fault = "chunked, whole body, no last chunk, close"
	ChunkedBadSize   Fault = "chunked, a size that is no number"
	ChunkNegative    Fault = "chunked, a negative size"
	ChunkHuge        Fault = "chunked, a size beyond 64 bits"
	ChunkLong        Fault = "chunked, a chunk longer than its size"
	ChunkedWhole     Fault = "chunked, whole"
	ChunkExtended    Fault = "chunked, with extensions"
	Trailers         Fault = "chunked, with trailers"
	BadTrailers      Fault = "chunked, a trailer without a colon"
	CutTrailers      Fault = "chunked, cut in the trailers"
	EndlessTrailers  Fault = "chunked, trailers without end"
	CodedTransfer    Fault = "Transfer-Encoding: gzip, chunked"
	UntilClose       Fault = "HTTP/1.0, body until close"
	UntilCloseCut    Fault = "HTTP/1.0, half of the body until close"
	UntilClose11     Fault = "HTTP/1.1, no length, body until close"
	Length10         Fault = "HTTP/1.0 with Content-Length"
	EndlessBody      Fault = "body without end"
	EndlessChunks    Fault = "chunks without end"
	BigBody          Fault = "success after 70 KB of blanks"
	AnswerTwice      Fault = "the whole answer twice"
	AnswerAndBytes   Fault = "the whole answer, and bytes of nothing in the same breath"
	Late             Fault = "the whole answer after four seconds"
)

// Faults of an answer's head.
const (
	HugeHeader       Fault = "a header of 100 KB"
	ManyHeaders      Fault = "5,000 headers"
	EndlessHeaders   Fault = "headers without end"
	BadHeader        Fault = "a header without a colon"
	BlankColon       Fault = "a blank before a header's colon"
	FoldedHeader     Fault = "a header folded over two lines"
	NulHeader        Fault = "a header with a NUL"
	EmptyLineFirst   Fault = "an empty line before the status line"
	NoReason         Fault = "a status line without a reason"
	ShortStatus      Fault = "a status of two digits"
	LongStatus       Fault = "a status of four digits"
	Interim          Fault = "100, 102 and 103 before the answer"
	InterimClose     Fault = "100 Continue, then close"
	HintsClose       Fault = "103 Early Hints, then close"
	InterimSilence   Fault = "103 Early Hints, then silence"
	Flood100         Fault = "100 Continue without end"
	Flood103         Fault = "103 Early Hints without end"
	Switching        Fault = "101 Switching Protocols"
	SwitchingAnswer  Fault = "101 Switching Protocols, then the answer"
	NoContent        Fault = "204 without a body"
	NotModified      Fault = "304 without a body"
	RedirectNowhere  Fault = "redirect 302 without a Location"
	RedirectNowhere7 Fault = "redirect 307 without a Location"
	HTTP09           Fault = "a body without a head (HTTP/0.9)"
	HTTP2            Fault = "HTTP/2 frames"
	LowerCase        Fault = "http/1.1 in lower case"
	OtherProtocol    Fault = "ICY in place of HTTP/1.1"
	BareLF           Fault = "lines that end without CR"
)

// Faults of an answer's body.
const (
	EmptyAnswer    Fault = "200 with an empty body"
	Blanks         Fault = "200 with blanks"
	HTML           Fault = "200 with HTML"
	HTML404        Fault = "404 with HTML"
	Gzip           Fault = "gzip, though identity was asked for"
	GzipBomb       Fault = "1 MB of blanks in 1 KB of gzip"
	GzipUnlabelled Fault = "gzip without a Content-Encoding"
	Deflate        Fault = "Content-Encoding: deflate"
	Brotli         Fault = "Content-Encoding: br"
	Identity       Fault = "Content-Encoding: identity"
	BOM            Fault = "UTF-8 byte order mark before the JSON"
	UTF16          Fault = "UTF-16 with a byte order mark"
	Latin1         Fault = "charset=iso-8859-1, plain ASCII in it"
	NoType         Fault = "a success that is called text/html"
	BadUTF8        Fault = "bytes that are no UTF-8 in a member's name"
	Null           Fault = "the JSON value null"
	EmptyObject    Fault = "the JSON value {}"
	EmptyList      Fault = "the JSON value []"
	Word           Fault = `the JSON value "ok"`
	Deep           Fault = "lists nested 20,000 deep"
	MemberTwice    Fault = "a member twice in the JSON"
	WordBehind     Fault = "a word behind the JSON"
	OtherVendor    Fault = "another vendor's success"
	SuccessTwice   Fault = "the success twice in one body"
	Echo           Fault = "the request echoed as HTML"
	SentTwice      Fault = "the request arrives twice, the second answer comes back"
)

// Status is an answer with an HTTP status and a gateway's HTML.
func Status(code int) Fault { return Fault("status " + strconv.Itoa(code)) }

// Around is the vendor's success under another HTTP status.
func Around(code int) Fault { return Fault("status " + strconv.Itoa(code) + around) }

// Later is Status with a Retry-After header, which may be one of ADate and ADatePast.
func Later(code int, retryAfter string) Fault { return Status(code) + later + Fault(retryAfter) }

// Dates of Retry-After.
const (
	ADate     = "a date in 7 s"
	ADatePast = "a date long past"
	ADateFar  = "a date in the year 9999"
)

const (
	around = " around the success"
	later  = ", Retry-After: "
)

// RedirectHere is a redirect to another path of the same host, RedirectAway one to another host; the body is the vendor's success.
func RedirectHere(code int) Fault { return Fault("redirect " + strconv.Itoa(code) + ", same host") }

// RedirectAway is a redirect to another host.
func RedirectAway(code int) Fault { return Fault("redirect " + strconv.Itoa(code) + ", other host") }

// keepsVendorOut reports whether the vendor never sees the request: the answer says that it did not act.
func (f Fault) keepsVendorOut() bool {
	if why, ok := f.own(); ok {
		return why != ownBroken
	}
	plain, _, _ := strings.Cut(string(f), later)
	return plain == string(Status(401)) || plain == string(Status(403)) || plain == string(Status(429))
}
