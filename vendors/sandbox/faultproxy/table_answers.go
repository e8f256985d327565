package faultproxy

import (
	"bytes"
	"html"
	"strconv"
	"strings"
	"time"

	"importer/vendors"
)

// answerRow is a line about what comes instead of the vendor's answer.
func answerRow(class vendors.Class, code, why string, faults ...answerFault) Row {
	r := row([]Position{InsteadOfAnswer}, living, class, code, why)
	r.answers = faults
	for _, f := range faults {
		r.Faults = append(r.Faults, f.name)
	}
	return r
}

// but adds what single vendors' own rules say.
func (r Row) but(verdicts ...VendorVerdict) Row {
	r.Vendors = verdicts
	return r
}

const (
	chunked     = "{head}Transfer-Encoding: chunked\r\n\r\n"
	lastChunk   = "0\r\n\r\n"
	interim100  = "HTTP/1.1 100 Continue\r\nLink: </x>\r\n\r\n"
	interim103  = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
	switching   = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"
	http2Frames = "\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64\x00\x04\x00\x10\x00\x00\x00\x06\x00\x01\x00\x00"
)

// formRows are about the form of an answer.
func formRows() []Row {
	const odd = "odd but whole: RFC 9112 allows it, or says how it is to be read"
	const noEnd, foreign = "the promised end did not come", "not the vendor's own confirmation, whole and readable"
	blanks := strings.Repeat(" ", 4096)
	return []Row{
		answerRow(vendors.Unknown, "answer_unreadable", "read with a replacement character, the body has no member of that name; which one is missing differs",
			withBody("bytes that are no UTF-8 in a member's name", func(b []byte) []byte { return bytes.Replace(b, []byte(`"`), []byte("\"\xe9\xff"), 1) }),
		).but(VendorVerdict{"epixel", vendors.Unknown, "success_not_confirmed"}, VendorVerdict{"jframework", vendors.Unknown, "unknown_error"}),
		answerRow(vendors.Unknown, "answer_cut_off", noEnd,
			as("Content-Length, half of the body, close", closed, "{head}Content-Length: {n}\r\n\r\n{half}"),
			as("chunked, half of the body, close", closed, chunked+"{chunk1}"),
			as("chunked, whole body, no last chunk, close", closed, chunked+"{chunk}"),
			as("chunked, a size that is no number", closed, chunked+"{chunk1}zz\r\n"),
			as("chunked, a negative size", closed, chunked+"{chunk1}-5\r\n{body}\r\n"+lastChunk),
			as("chunked, a size beyond 64 bits", closed, chunked+"fffffffffffffffff\r\n{body}\r\n"+lastChunk),
			as("chunked, a chunk longer than its size", closed, chunked+"{hex/2}\r\n{body}\r\n"+lastChunk),
			as("chunked, a trailer without a colon", closed, chunked+"{chunk}0\r\nno colon in this line\r\n\r\n"),
			as("chunked, cut in the trailers", closed, chunked+"{chunk}0\r\nX-Sum: 1\r\nX-"),
			endless("chunked, trailers without end", chunked+"{chunk}0\r\n", "X-More: and more\r\n"),
			as("Content-Length too large, close", closed, "{head}Content-Length: {n+10}\r\n\r\n{body}")),
		answerRow(vendors.Unknown, "timeout", noEnd,
			as("Content-Length too large, left open", hung, "{head}Content-Length: {n+10}\r\n\r\n{body}"),
			as("103 Early Hints, then silence", hung, interim103)),
		answerRow(vendors.Unknown, "answer_malformed", "what came is not HTTP, or has no clear end",
			as("Content-Length negative", closed, "{head}Content-Length: -5\r\n\r\n{body}"),
			as("Content-Length no number", closed, "{head}Content-Length: many\r\n\r\n{body}"),
			as("Content-Length twice, different", closed, "{head}Content-Length: {n}\r\nContent-Length: {n+1}\r\n\r\n{body}"),
			answerFault{name: "Transfer-Encoding: gzip, chunked", ending: closed, wire: "{head}Transfer-Encoding: gzip, chunked\r\n\r\n{chunk}" + lastChunk,
				change: func(a *reply) { a.body = compressed(a.body) }},
			withHeader("a header of 100 KB", "X-Long: "+strings.Repeat("y", 100<<10)),
			withHeader("5,000 headers", strings.TrimSuffix(strings.Repeat("X-Many: yes or no\r\n", 5000), "\r\n")),
			endless("headers without end", "HTTP/1.1 200 OK\r\n", "X-More: and more\r\n"),
			withHeader("a header without a colon", "no colon in this line"),
			withHeader("a header with a NUL", "X-Nul: a\x00b"),
			as("an empty line before the status line", closed, "\r\n{answer}"),
			as("a status of two digits", closed, "HTTP/1.1 20 OK\r\n{type}{framed}"),
			as("a status of four digits", closed, "HTTP/1.1 2000 OK\r\n{type}{framed}"),
			endless("100 Continue without end", "", interim100),
			endless("103 Early Hints without end", "", interim103),
			as("http/1.1 in lower case", closed, "http/1.1 {status}\r\n{type}{framed}"),
			as("ICY in place of HTTP/1.1", closed, "ICY {status}\r\n{type}{framed}")),
		answerRow(vendors.Unknown, "connection_closed", "no line of it ended before the connection did, or only one that announces another",
			as("a body without a head (HTTP/0.9)", closed, "{body}"),
			as("HTTP/2 frames", closed, http2Frames),
			as("100 Continue, then close", closed, interim100),
			as("103 Early Hints, then close", closed, interim103)),
		answerRow(vendors.Unknown, "answer_too_large", "a reader that waits for the end is a reader that hangs",
			endless("body without end", "{head10}\r\n", blanks),
			endless("chunks without end", chunked, "1000\r\n"+blanks+"\r\n"),
			withBody("success after 70 KB of blanks", func(b []byte) []byte { return append(bytes.Repeat([]byte(" "), 70<<10), b...) })),
		answerRow(vendors.Unknown, "answer_compressed", "it was not asked for; what is inside is not looked at",
			encoded("gzip, though identity was asked for", "gzip", compressed),
			encoded("1 MB of blanks in 1 KB of gzip", "gzip", func([]byte) []byte { return compressed(bytes.Repeat([]byte(" "), 1<<20)) }),
			encoded("Content-Encoding: deflate", "deflate", same),
			encoded("Content-Encoding: br", "br", same)),
		answerRow(vendors.Unknown, "answer_unreadable", foreign,
			as(LengthShort, open, "{head}Content-Length: {n-5}\r\n\r\n{body}"),
			as("HTTP/1.0, half of the body until close", closed, "{head10}\r\n{half}"),
			withBody("gzip without a Content-Encoding", compressed),
			as("101 Switching Protocols", hung, switching+"{pause}{body}"),
			as("101 Switching Protocols, then the answer", hung, switching+"{answer}"),
			as("204 without a body", open, "HTTP/1.1 204 No Content\r\n\r\n"),
			withText("200 with an empty body", ""),
			withText("200 with blanks", " \r\n\t "),
			changed(HTML, func(a *reply) { a.kind, a.body = "text/html", []byte(gatewayPage) }),
			changed("404 with HTML", func(a *reply) { a.status, a.kind, a.body = "404 Not Found", "text/html", []byte(gatewayPage) }),
			changed("UTF-16 with a byte order mark", func(a *reply) { a.kind, a.body = "application/json; charset=utf-16", utf16Text(a.body) }),
			withBody("UTF-8 byte order mark before the JSON", func(b []byte) []byte { return append([]byte("\xef\xbb\xbf"), b...) }),
			withText("the JSON value null", "null"),
			withText("the JSON value {}", "{}"),
			withText("the JSON value []", "[]"),
			withText(`the JSON value "ok"`, `"ok"`),
			withText("lists nested 20,000 deep", strings.Repeat("[", 20000)),
			withBody("a member twice in the JSON", func(b []byte) []byte { return bytes.Replace(b, []byte("{"), []byte(`{"twice":1,"twice":2,`), 1) }),
			withBody("a word behind the JSON", func(b []byte) []byte { return append(b, " ok"...) }),
			withText("another vendor's success", `{"ok":true,"user":{"uid":4711}}`),
			withBody("the success twice in one body", func(b []byte) []byte { return append(b, b...) }),
			changed("the request echoed as HTML", func(a *reply) {
				a.status, a.kind, a.body = "400 Bad Request", "text/html", []byte("<pre>"+html.EscapeString(string(a.request))+"</pre>")
			})),
		answerRow(vendors.Accepted, "created", odd,
			as("chunked, whole", open, chunked+"{chunk1}{chunk2}"+lastChunk),
			as("chunked, with extensions", open, chunked+"{hex};name=\"value\"\r\n{body}\r\n0;last\r\n\r\n"),
			as("chunked, with trailers", open, chunked+"{chunk}0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n"),
			as("Content-Length twice, the same", open, "{head}Content-Length: {n}\r\n{framed}"),
			as("Content-Length and chunked", open, "{head}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}"+lastChunk),
			as("HTTP/1.0, body until close", closed, "{head10}\r\n{body}"),
			as("HTTP/1.1, no length, body until close", closed, "{head}\r\n{body}"),
			as("HTTP/1.0 with Content-Length", closed, "{head10}{framed}"),
			as("100, 102 and 103 before the answer", open, interim100+"{pause}HTTP/1.1 102 Processing\r\nLink: </x>\r\n\r\n{pause}"+interim103+"{pause}{answer}"),
			encoded("Content-Encoding: identity", "identity", same),
			changed("charset=iso-8859-1, plain ASCII in it", func(a *reply) { a.kind = "application/json; charset=iso-8859-1" }),
			changed("a success that is called text/html", func(a *reply) { a.kind = "text/html" }),
			as("a header folded over two lines", open, "{head}X-Folded: one\r\n two\r\n{framed}"),
			as("a blank before a header's colon", open, "{head}X-Blank : before the colon\r\n{framed}"),
			as("a status line without a reason", open, "HTTP/1.1 {code}\r\n{type}{framed}"),
			as(AnswerTwice, open, "{answer}{answer}"),
			as(AnswerAndBytes, open, "{answer}\x00\x01nothing\r\n"),
			as("lines that end without CR", open, "HTTP/1.1 {status}\nContent-Type: application/json\nContent-Length: {n}\n\n{body}")),
		answerRow(vendors.Accepted, "created", "late, and within the deadline", answerFault{name: Late, wire: "{answer}", delay: 4 * time.Second}),
	}
}

// statusRows are about an answer's HTTP status.
func statusRows() []Row {
	rows := []Row{
		answerRow(vendors.Unknown, "success_not_confirmed", "the vendor's page has another status for a success; Pelcro's takes any 2xx", successes(202, 206)...).
			but(VendorVerdict{"pelcro", vendors.Accepted, "created"}),
		answerRow(vendors.Unknown, "answer_contradictory", "the status and the body say different things", successes(400, 401, 403, 422, 429, 500, 503, 999)...),
		answerRow(vendors.Unknown, "answer_unreadable", "not the vendor's own words; the status does not matter",
			statuses(400, 402, 404, 405, 409, 410, 411, 413, 415, 418, 421, 422, 426, 431, 451)...),
		answerRow(vendors.Unknown, "redirect_refused", "never followed; what a redirect confirms is not believed",
			append(append([]answerFault{as("304 without a body", open, "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n")}, statuses(300, 305)...),
				redirect(302, " without a Location", ""), redirect(307, " without a Location", ""))...),
		answerRow(vendors.Fatal, "credentials_refused", "nothing would succeed", statuses(401)...),
		answerRow(vendors.Fatal, "access_refused", "nothing would succeed", statuses(403)...).but(VendorVerdict{"distinct", vendors.Fatal, "ip_not_allowed"}),
		answerRow(vendors.Throttled, "rate_limited", "it says that the vendor did not act", statuses(429)...),
		answerRow(vendors.Unknown, "server_timeout", "it may have acted", statuses(408)...),
		answerRow(vendors.Unknown, "too_early", "it may have acted", statuses(425)...),
	}
	for _, code := range []int{301, 302, 303, 307, 308} {
		rows = append(rows, answerRow(vendors.Unknown, "redirect_refused", "never followed: a key and a body would reach the host that it names",
			redirect(code, ", same host", "/trap"), redirect(code, ", other host", "https://trap.example/trap")))
	}
	for _, code := range []int{500, 501, 502, 503, 504, 505, 507, 511, 520, 522, 524, 599} {
		rows = append(rows, answerRow(vendors.Unknown, "server_error_"+strconv.Itoa(code), "a gateway's word says nothing of what the vendor did", statuses(code)...))
	}
	return rows
}

// longest is what a Retry-After is cut to.
const longest = 31 * 24 * time.Hour

// waitRows are about Retry-After.
func waitRows() []Row {
	wait := func(d time.Duration, r Row) Row {
		r.Wait = d
		return r
	}
	const tooLong = "99999999999999999999"
	return []Row{
		wait(7*time.Second, answerRow(vendors.Throttled, "rate_limited", "everybody waits 7 s", waits(429, "7", ADate)...)),
		wait(0, answerRow(vendors.Throttled, "rate_limited", "says nothing that can be used: everybody waits as without it",
			waits(429, "0", ADatePast, "-7", "7.5", "soon", "0x7")...)),
		wait(longest, answerRow(vendors.Throttled, "rate_limited", "longer than the hour a run waits: the run stops, and a later one continues",
			waits(429, tooLong, "86400000", ADateFar)...)),
		wait(7*time.Second, answerRow(vendors.Unknown, "server_error_503", "it may have acted; everybody waits 7 s", waits(503, "7", ADate)...)),
		wait(longest, answerRow(vendors.Unknown, "server_error_503", "it may have acted; everybody waits an hour, no longer", waits(503, ADateFar)...)),
	}
}

// ownRows are answers in the vendor's own words, as its pages have them.
func ownRows() []Row {
	own := func(f Fault) answerFault { return answerFault{name: f, wire: "{answer}"} } // the proxy puts the vendor's words into it
	return []Row{
		answerRow(vendors.Fatal, "credentials_refused", "nothing would succeed", own(OwnUnauthorized)),
		answerRow(vendors.Fatal, "access_refused", "nothing would succeed", own(OwnForbidden)).but(VendorVerdict{"distinct", vendors.Fatal, "ip_not_allowed"}),
		answerRow(vendors.Fatal, "access_refused", "Distinct says so by a 500, JFramework by a 209 among the successes; the others have no words of their own for it and say 403",
			own(OwnInactive)).
			but(VendorVerdict{"distinct", vendors.Fatal, "event_not_active"}, VendorVerdict{"jframework", vendors.Fatal, "usage_limit_reached"}),
		answerRow(vendors.Throttled, "rate_limited", "it says that the vendor did not act", own(OwnThrottled)),
		answerRow(vendors.Unknown, "unknown_error", "no page has this; it is not taken for a fault of the row", own(OwnTooLarge)),
		answerRow(vendors.Unknown, "server_error_500", "it may have acted, by whatever name", own(OwnBroken)).
			but(VendorVerdict{"epixel", vendors.Unknown, "user_creation_failed"}, VendorVerdict{"jframework", vendors.Unknown, "vendor_failed"},
				VendorVerdict{"thanx", vendors.Unknown, "vendor_failed"}),
		answerRow(vendors.Exists, "email_already_registered", "the second is refused; Thanx signs a known person up and calls it an error. Distinct knows people by their "+
			"phone: without one the second is registered too", own(SentTwice)).
			but(VendorVerdict{"distinct", vendors.Exists, "phone_already_registered"}, VendorVerdict{"thanx", vendors.Accepted, "existing_user_enrolled"}),
	}
}
