package faultproxy

import (
	"bytes"
	"strconv"
	"strings"
)

// heads are about the lines before the body.
func heads(f Fault, a reply) (script, bool) {
	with := func(header string) []byte {
		return a.with(header+"\r\nContent-Length: "+strconv.Itoa(len(a.body)), a.body)
	}
	more := func(header string) script { return closing(with(header)) }
	first := func(line string) []byte { // the answer with another first line
		_, rest, _ := bytes.Cut(a.plain(), []byte("\r\n"))
		return append([]byte(line+"\r\n"), rest...)
	}
	code, _, _ := strings.Cut(a.status, " ")
	switch f {
	case HugeHeader:
		return more("X-Long: " + strings.Repeat("y", 100<<10)), true
	case ManyHeaders:
		return more(strings.TrimSuffix(strings.Repeat("X-Many: yes or no\r\n", 5000), "\r\n")), true
	case EndlessHeaders:
		return script{parts: [][]byte{[]byte("HTTP/1.1 200 OK\r\n")}, again: []byte("X-More: and more\r\n")}, true
	case BadHeader:
		return more("no colon in this line"), true
	case BlankColon:
		return lasting(with("X-Blank : before the colon")), true
	case FoldedHeader:
		return lasting(with("X-Folded: one\r\n two")), true
	case NulHeader:
		return more("X-Nul: a\x00b"), true
	case EmptyLineFirst:
		return closing(append([]byte("\r\n"), a.plain()...)), true
	case NoReason:
		return lasting(first("HTTP/1.1 " + code)), true
	case ShortStatus:
		return closing(first("HTTP/1.1 20 OK")), true
	case LongStatus:
		return closing(first("HTTP/1.1 2000 OK")), true
	case HTTP09:
		return closing(a.body), true
	case HTTP2:
		return closing([]byte("\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64\x00\x04\x00\x10\x00\x00\x00\x06\x00\x01\x00\x00")), true
	case LowerCase:
		return closing(bytes.Replace(a.plain(), []byte("HTTP/1.1"), []byte("http/1.1"), 1)), true
	case OtherProtocol:
		return closing(bytes.Replace(a.plain(), []byte("HTTP/1.1"), []byte("ICY"), 1)), true
	case BareLF:
		return lasting(bytes.ReplaceAll(a.plain(), []byte("\r\n"), []byte("\n"))), true
	case NoContent:
		return lasting([]byte("HTTP/1.1 204 No Content\r\n\r\n")), true
	case NotModified:
		return lasting([]byte("HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n")), true
	}
	return interims(f, a)
}

// interims are about answers that are none yet (1xx).
func interims(f Fault, a reply) (script, bool) {
	interim := func(line string) []byte { return []byte("HTTP/1.1 " + line + "\r\nLink: </x>\r\n\r\n") }
	const hints, upgrade = "103 Early Hints", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"
	switch f {
	case Interim:
		return script{parts: [][]byte{interim("100 Continue"), interim("102 Processing"), interim(hints), a.plain()}, open: true}, true
	case InterimClose:
		return closing(interim("100 Continue")), true
	case HintsClose:
		return closing(interim(hints)), true
	case InterimSilence:
		return script{parts: [][]byte{interim(hints)}, hang: true}, true
	case Flood100:
		return script{again: interim("100 Continue")}, true
	case Flood103:
		return script{again: interim(hints)}, true
	case Switching:
		return script{parts: [][]byte{[]byte(upgrade), a.body}, hang: true}, true
	case SwitchingAnswer:
		return script{parts: [][]byte{append([]byte(upgrade), a.plain()...)}, hang: true}, true
	}
	return script{}, false
}
