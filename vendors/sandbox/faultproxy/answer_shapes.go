package faultproxy

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// statuses are whole answers with another status.
func statuses(f Fault, a reply) (script, bool) {
	var code int
	text := string(f)
	if n, err := fmt.Sscanf(text, "status %d", &code); n == 1 && err == nil {
		if strings.HasSuffix(text, around) {
			a.status = strconv.Itoa(code) + " Odd"
			return lasting(a.plain()), true
		}
		page := reply{fmt.Sprintf("%d Fault", code), "text/html", []byte(page)}
		framing := "Content-Length: " + strconv.Itoa(len(page.body))
		if _, after, ok := strings.Cut(text, later); ok {
			framing += "\r\nRetry-After: " + retryAfter(after)
		}
		return lasting(page.with(framing, page.body)), true
	}
	if n, err := fmt.Sscanf(text, "redirect %d", &code); n == 1 && err == nil {
		a.status = fmt.Sprintf("%d Elsewhere", code)
		return lasting(a.with(location(text)+"Content-Length: "+strconv.Itoa(len(a.body)), a.body)), true
	}
	return script{}, false
}

func location(redirect string) string {
	switch {
	case strings.HasSuffix(redirect, "other host"):
		return "Location: https://trap.example/trap\r\n"
	case strings.HasSuffix(redirect, "same host"):
		return "Location: /trap\r\n"
	}
	return ""
}

func retryAfter(what string) string {
	switch what {
	case ADate:
		return time.Now().Add(7 * time.Second).UTC().Format(http.TimeFormat)
	case ADatePast:
		return time.Unix(0, 0).UTC().Format(http.TimeFormat)
	case ADateFar:
		return time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC).Format(http.TimeFormat)
	}
	return what
}

// framings are about where a body ends.
func framings(f Fault, a reply) (script, bool) {
	n, half := len(a.body), a.body[:len(a.body)/2]
	length := func(n int) string { return fmt.Sprintf("Content-Length: %d", n) }
	switch f {
	case CutLength:
		return closing(a.with(length(n), half)), true
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
	case UntilClose:
		return closing(a.head("HTTP/1.0", "", a.body)), true
	case UntilCloseCut:
		return closing(a.head("HTTP/1.0", "", half)), true
	case UntilClose11:
		return closing(a.with("", a.body)), true
	case Length10:
		return closing(a.head("HTTP/1.0", length(n), a.body)), true
	case EndlessBody:
		return script{parts: [][]byte{a.head("HTTP/1.0", "", nil)}, again: bytes.Repeat([]byte(" "), 4096)}, true
	case BigBody:
		body := append(bytes.Repeat([]byte(" "), 70<<10), a.body...)
		return lasting(a.with(length(len(body)), body)), true
	case AnswerTwice:
		return lasting(append(a.plain(), a.plain()...)), true
	case AnswerAndBytes:
		return lasting(append(a.plain(), "\x00\x01nothing\r\n"...)), true
	case Late:
		return script{delay: 4 * time.Second, parts: [][]byte{a.plain()}, open: true}, true
	}
	return script{}, false
}

const last = "0\r\n\r\n"

// chunks are about chunked bodies.
func chunks(f Fault, a reply) (script, bool) {
	half := a.body[:len(a.body)/2]
	say := func(body ...[]byte) []byte { return a.with(chunked, bytes.Join(body, nil)) }
	text := func(s string) []byte { return []byte(s) }
	switch f {
	case LengthAndChunked:
		return lasting(a.with("Content-Length: 3\r\n"+chunked, append(chunk(a.body), last...))), true
	case CutChunked:
		return closing(say(chunk(half))), true
	case ChunkedNoEnd:
		return closing(say(chunk(a.body))), true
	case ChunkedBadSize:
		return closing(say(chunk(half), text("zz\r\n"))), true
	case ChunkNegative:
		return closing(say(chunk(half), text("-5\r\n"), a.body, text("\r\n"+last))), true
	case ChunkHuge:
		return closing(say(text("fffffffffffffffff\r\n"), a.body, text("\r\n"+last))), true
	case ChunkLong:
		return closing(say(fmt.Appendf(nil, "%x\r\n%s\r\n", len(half), a.body), text(last))), true
	case ChunkedWhole:
		return lasting(say(chunk(half), chunk(a.body[len(half):]), text(last))), true
	case ChunkExtended:
		return lasting(say(fmt.Appendf(nil, "%x;name=\"value\"\r\n%s\r\n", len(a.body), a.body), text("0;last\r\n\r\n"))), true
	case Trailers:
		return lasting(say(chunk(a.body), text("0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n"))), true
	case BadTrailers:
		return closing(say(chunk(a.body), text("0\r\nno colon in this line\r\n\r\n"))), true
	case CutTrailers:
		return closing(say(chunk(a.body), text("0\r\nX-Sum: 1\r\nX-"))), true
	case EndlessTrailers:
		return script{parts: [][]byte{say(chunk(a.body), text("0\r\n"))}, again: text("X-More: and more\r\n")}, true
	case EndlessChunks:
		return script{parts: [][]byte{a.with(chunked, nil)}, again: chunk(bytes.Repeat([]byte(" "), 4096))}, true
	case CodedTransfer:
		return closing(a.with("Transfer-Encoding: gzip, chunked", append(chunk(compressed(a.body)), last...))), true
	}
	return script{}, false
}
