package faultproxy

import (
	"fmt"
	"strconv"
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
	if t, ok := chunks(f, a); ok {
		return t
	}
	if t, ok := heads(f, a); ok {
		return t
	}
	return bodies(f, a, request)
}

func closing(b []byte) script { return script{parts: [][]byte{b}} }

func lasting(b []byte) script { return script{parts: [][]byte{b}, open: true} }
