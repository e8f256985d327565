package faultproxy

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
)

// success is a body that several vendors' readers would take for a success if they looked at parts of it.
const success = `{"statusCode":200,"message":"User created successfully","data":{"id":4711},"success":true,"status":"success"}`

// page is a gateway's.
const page = "<html><head><title>Sorry</title></head><body>please come back later</body></html>"

// plain is the answer as a vendor sends it.
func (a reply) plain() []byte { return a.with("Content-Length: "+strconv.Itoa(len(a.body)), a.body) }

// with is the answer with a framing header and a body of its own.
func (a reply) with(framing string, body []byte) []byte { return a.head("HTTP/1.1", framing, body) }

func (a reply) head(proto, framing string, body []byte) []byte {
	kind := a.kind
	if kind == "" {
		kind = "application/json"
	}
	out := fmt.Appendf(nil, "%s %s\r\nContent-Type: %s\r\n", proto, a.status, kind)
	if framing != "" {
		out = append(out, framing+"\r\n"...)
	}
	return append(append(out, "\r\n"...), body...)
}

const chunked = "Transfer-Encoding: chunked"

func chunk(body []byte) []byte { return fmt.Appendf(nil, "%x\r\n%s\r\n", len(body), body) }

// shapes is what goes back for a fault of the answer.
func shapes(f Fault, a reply, request []byte) script {
	if t, ok := statuses(f, a); ok {
		return t
	}
	if t, ok := framings(f, a); ok {
		return t
	}
	if t, ok := heads(f, a); ok {
		return t
	}
	return bodies(f, a, request)
}

func closing(b []byte) script { return script{parts: [][]byte{b}} }

func lasting(b []byte) script { return script{parts: [][]byte{b}, open: true} }

// statuses are whole answers with another status.
func statuses(f Fault, a reply) (script, bool) {
	var code int
	if n, err := fmt.Sscanf(string(f), "status %d", &code); n == 1 && err == nil {
		if code == 999 {
			return script{}, false
		}
		return lasting(reply{fmt.Sprintf("%d Fault", code), "text/html", []byte(page)}.plain()), true
	}
	if n, err := fmt.Sscanf(string(f), "redirect %d", &code); n == 1 && err == nil {
		to := "/trap"
		if strings.HasSuffix(string(f), "other host") {
			to = "https://trap.example/trap"
		}
		a.status = fmt.Sprintf("%d Elsewhere", code)
		return lasting(a.with(fmt.Sprintf("Location: %s\r\nContent-Length: %d", to, len(a.body)), a.body)), true
	}
	return script{}, false
}

// framings are about where a body ends.
func framings(f Fault, a reply) (script, bool) {
	n, half := len(a.body), a.body[:len(a.body)/2]
	length := func(n int) string { return fmt.Sprintf("Content-Length: %d", n) }
	switch f {
	case CutLength:
		return closing(a.with(length(n), half)), true
	case CutChunked:
		return closing(a.with(chunked, chunk(half))), true
	case ChunkedNoEnd:
		return closing(a.with(chunked, chunk(a.body))), true
	case ChunkedBadSize:
		return closing(a.with(chunked, append(chunk(half), "zz\r\n"...))), true
	case ChunkedWhole:
		return lasting(a.with(chunked, append(append(chunk(half), chunk(a.body[len(half):])...), "0\r\n\r\n"...))), true
	case LengthLongClose:
		return closing(a.with(length(n+10), a.body)), true
	case LengthLongOpen:
		return script{parts: [][]byte{a.with(length(n+10), a.body)}, hang: true}, true
	case LengthShort:
		return lasting(a.with(length(n-5), a.body)), true
	case LengthNegative:
		return closing(a.with(length(-5), a.body)), true
	case LengthWords:
		return closing(a.with("Content-Length: many", a.body)), true
	case LengthTwice:
		return lasting(a.with(length(n)+"\r\n"+length(n), a.body)), true
	case LengthTwo:
		return closing(a.with(length(n)+"\r\n"+length(n+1), a.body)), true
	case LengthAndChunked:
		return lasting(a.with(length(3)+"\r\n"+chunked, append(chunk(a.body), "0\r\n\r\n"...))), true
	case UntilClose:
		return closing(a.head("HTTP/1.0", "", a.body)), true
	case UntilCloseCut:
		return closing(a.head("HTTP/1.0", "", half)), true
	case EndlessBody:
		return script{parts: [][]byte{a.head("HTTP/1.0", "", nil)}, again: bytes.Repeat([]byte(" "), 4096)}, true
	case EndlessChunks:
		return script{parts: [][]byte{a.with(chunked, nil)}, again: chunk(bytes.Repeat([]byte(" "), 4096))}, true
	case BigBody:
		body := append(bytes.Repeat([]byte(" "), 70<<10), a.body...)
		return lasting(a.with(length(len(body)), body)), true
	case AnswerTwice:
		return lasting(append(a.plain(), a.plain()...)), true
	}
	return script{}, false
}

// heads are about the lines before the body.
func heads(f Fault, a reply) (script, bool) {
	more := func(header string) script {
		return closing(a.with(header+"\r\nContent-Length: "+strconv.Itoa(len(a.body)), a.body))
	}
	interim := func(line string) []byte { return []byte("HTTP/1.1 " + line + "\r\nLink: </x>\r\n\r\n") }
	switch f {
	case HugeHeader:
		return more("X-Long: " + strings.Repeat("y", 100<<10)), true
	case ManyHeaders:
		return more(strings.TrimSuffix(strings.Repeat("X-Many: yes or no\r\n", 5000), "\r\n")), true
	case EndlessHeaders:
		return script{parts: [][]byte{[]byte("HTTP/1.1 200 OK\r\n")}, again: []byte("X-More: and more\r\n")}, true
	case BadHeader:
		return more("no colon in this line"), true
	case Interim:
		return script{parts: [][]byte{interim("100 Continue"), interim("102 Processing"), interim("103 Early Hints"), a.plain()}, open: true}, true
	case Flood100:
		return script{again: interim("100 Continue")}, true
	case Flood103:
		return script{again: interim("103 Early Hints")}, true
	case Switching:
		return script{parts: [][]byte{[]byte("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"), a.body}, hang: true}, true
	case HTTP09:
		return closing(a.body), true
	case HTTP2:
		return closing([]byte("\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64\x00\x04\x00\x10\x00\x00\x00\x06\x00\x01\x00\x00")), true
	case LowerCase:
		return closing(bytes.Replace(a.plain(), []byte("HTTP/1.1"), []byte("http/1.1"), 1)), true
	case BareLF:
		return lasting(bytes.ReplaceAll(a.plain(), []byte("\r\n"), []byte("\n"))), true
	case Status999:
		a.status = "999 Odd"
		return lasting(a.plain()), true
	case NoContent:
		return lasting([]byte("HTTP/1.1 204 No Content\r\n\r\n")), true
	case NotModified:
		return lasting([]byte("HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n")), true
	}
	return script{}, false
}

// bodies are well-framed answers with another body.
func bodies(f Fault, a reply, request []byte) script {
	header := ""
	switch f {
	case Gzip:
		a.body, header = compressed(a.body), "Content-Encoding: gzip\r\n"
	case GzipUnlabelled:
		a.body = compressed(a.body)
	case EmptyAnswer:
		a.body = nil
	case HTML:
		a.body, a.kind = []byte(page), "text/html"
	case HTML404:
		a.status, a.body, a.kind = "404 Not Found", []byte(page), "text/html"
	case Echo:
		a.status, a.kind = "400 Bad Request", "text/html"
		a.body = []byte("<pre>" + html.EscapeString(string(request)) + "</pre>")
	case BOM:
		a.body = append([]byte("\xef\xbb\xbf"), a.body...)
	case UTF16:
		a.body, a.kind = wide(a.body), "application/json; charset=utf-16"
	case Latin1:
		a.kind = "application/json; charset=iso-8859-1"
	case BadUTF8:
		a.body = bytes.Replace(a.body, []byte(`"`), []byte("\"\xe9\xff"), 1)
	case Null:
		a.body = []byte("null")
	case OtherVendor:
		a.body = []byte(`{"ok":true,"user":{"uid":4711}}`)
	case SuccessTwice:
		a.body = append(a.body, a.body...)
	}
	return lasting(a.with(header+"Content-Length: "+strconv.Itoa(len(a.body)), a.body))
}

func compressed(body []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(body) // into memory: cannot fail
	w.Close()
	return b.Bytes()
}

func wide(body []byte) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(string(body))) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}
