package faultproxy

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf16"
)

// success is a body that several vendors' readers would take for a success if they looked at parts of it.
const success = `{"statusCode":200,"message":"User created successfully","data":{"id":4711},"success":true,"status":"success"}`

// gatewayPage is a gateway's.
const gatewayPage = "<html><head><title>Sorry</title></head><body>please come back later</body></html>"

// reply is a vendor's answer, its body whole.
type reply struct {
	status  string // "200 OK"
	kind    string // Content-Type; "" is JSON
	headers string // more of them, each with its line end
	body    []byte
	request []byte // what it answers
}

// plain is the answer as a vendor sends it.
func (a reply) plain() []byte { return a.expand("{answer}") }

// expand puts the parts of the answer into a text of what goes over the wire:
//
//	{head}, {head10}      status line and headers without framing, of HTTP/1.1 and of HTTP/1.0
//	{type}                the same without the status line; {code} and {status} are in that line
//	{n}, {n+1}, {n+10}, {n-5}, {hex}, {hex/2}   the body's length, other lengths, and lengths as chunks have them
//	{body}, {half}        the body, and its first half
//	{chunk}, {chunk1}, {chunk2}   the body as one chunk, and in two
//	{framed}              Content-Length, the empty line and the body
//	{answer}              the whole answer, well framed
func (a reply) expand(wire string) []byte {
	n, half := len(a.body), a.body[:len(a.body)/2]
	code, _, _ := strings.Cut(a.status, " ")
	rest := fmt.Sprintf("Content-Type: %s\r\n%s", cmp.Or(a.kind, "application/json"), a.headers)
	head, framed := fmt.Sprintf("HTTP/1.1 %s\r\n%s", a.status, rest), fmt.Sprintf("Content-Length: %d\r\n\r\n%s", n, a.body)
	chunk := func(body []byte) string { return fmt.Sprintf("%x\r\n%s\r\n", len(body), body) }
	return []byte(strings.NewReplacer("{head}", head, "{head10}", strings.Replace(head, "1.1", "1.0", 1), "{type}", rest, "{status}", a.status, "{code}", code,
		"{n}", strconv.Itoa(n), "{n+1}", strconv.Itoa(n+1), "{n+10}", strconv.Itoa(n+10), "{n-5}", strconv.Itoa(n-5),
		"{hex}", strconv.FormatInt(int64(n), 16), "{hex/2}", strconv.FormatInt(int64(len(half)), 16),
		"{body}", string(a.body), "{half}", string(half), "{chunk}", chunk(a.body), "{chunk1}", chunk(half), "{chunk2}", chunk(a.body[len(half):]),
		"{framed}", framed, "{answer}", head+framed).Replace(wire))
}

// ending is what happens to the connection after an answer.
type ending uint8

const (
	open   ending = iota // it can take another request
	closed               // it is closed
	hung                 // nothing more comes until the client leaves
)

// answerFault is a fault of the answer: what goes back instead of the vendor's.
type answerFault struct {
	name   Fault
	ending ending
	wire   string         // see [reply.expand]; at each {pause} the proxy waits a moment
	change func(a *reply) // done to the vendor's answer first; nil changes nothing
	again  string         // sent after that until the client has enough
	delay  time.Duration  // before anything
}

// as is an answer that goes over the wire in another form.
func as(name Fault, ending ending, wire string) answerFault {
	return answerFault{name: name, ending: ending, wire: wire}
}

// changed is a well-framed answer of which something else is changed.
func changed(name Fault, change func(a *reply)) answerFault {
	return answerFault{name: name, wire: "{answer}", change: change}
}

// withBody is a well-framed answer with another body, made from the vendor's.
func withBody(name Fault, change func(body []byte) []byte) answerFault {
	return changed(name, func(a *reply) { a.body = change(bytes.Clone(a.body)) })
}

// withText is a well-framed answer with the given body.
func withText(name Fault, text string) answerFault {
	return withBody(name, func([]byte) []byte { return []byte(text) })
}

// withHeader is a well-framed answer with more headers, after which the connection is closed.
func withHeader(name Fault, headers string) answerFault {
	f := changed(name, func(a *reply) { a.headers += headers + "\r\n" })
	f.ending = closed
	return f
}

// encoded is a well-framed answer that is said to have a content encoding.
func encoded(name Fault, encoding string, change func(body []byte) []byte) answerFault {
	return changed(name, func(a *reply) { a.headers, a.body = "Content-Encoding: "+encoding+"\r\n", change(a.body) })
}

// endless is an answer that never ends.
func endless(name Fault, wire, again string) answerFault {
	return answerFault{name: name, wire: wire, again: again}
}

// parts are what goes back instead of the vendor's answer, one after the other with a pause between.
func (f answerFault) parts(a reply) (parts [][]byte) {
	if f.change != nil {
		f.change(&a)
	}
	for part := range strings.SplitSeq(f.wire, "{pause}") {
		parts = append(parts, a.expand(part))
	}
	return parts
}

// answerFaults finds the faults of the answer by name.
var answerFaults = sync.OnceValue(func() map[Fault]answerFault {
	all := map[Fault]answerFault{}
	for _, r := range Rows() {
		for _, f := range r.answers {
			all[f.name] = f
		}
	}
	return all
})

// Samples are the bytes of whole answers, one for each fault of the answer that is not too long: seeds for a fuzzer.
func Samples() [][]byte {
	a := reply{status: "200 OK", body: []byte(success), request: []byte("POST / HTTP/1.1\r\n\r\n")}
	samples := [][]byte{a.plain()}
	for _, r := range Rows() {
		for _, f := range r.answers {
			if raw := bytes.Join(f.parts(a), nil); len(raw) < 64<<10 {
				samples = append(samples, raw)
			}
		}
	}
	return samples
}

func same(body []byte) []byte { return body }

func compressed(body []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(body) // into memory: cannot fail
	w.Close()
	return b.Bytes()
}

// utf16Text is a text as UTF-16 with a byte order mark.
func utf16Text(body []byte) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(string(body))) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}
