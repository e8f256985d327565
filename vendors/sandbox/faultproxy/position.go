package faultproxy

import "slices"

// Position is a point of one exchange.
type Position string

// The positions, in the order of an exchange.
const (
	Dialing         Position = "connecting"
	Handshake       Position = "TLS handshake"
	MidHandshake    Position = "inside the vendor's part of the TLS handshake" // Options.HandshakeBytes says how far
	RequestStart    Position = "before the request's first byte"
	RequestLine     Position = "inside the request line"
	RequestHeader   Position = "inside a request header" // Injection.Line says in which, from 0
	RequestHead     Position = "after the request's headers"
	RequestBody     Position = "inside the request's body"
	BeforeVendor    Position = "after the request, before the vendor saw it"
	BeforeAnswer    Position = "after the vendor acted, before the answer"
	AnswerStatus    Position = "inside the status line"
	AnswerHeader    Position = "inside an answer header" // Injection.Line says in which, from 0
	AnswerHead      Position = "after the answer's headers"
	AnswerBody      Position = "inside the answer's body"
	AfterAnswer     Position = "after the whole answer"
	InsteadOfAnswer Position = "instead of the vendor's answer"
	Idle            Position = "between two requests"
)

// OfRequest reports whether the proxy acts at p before it has the whole request.
func (p Position) OfRequest() bool {
	return slices.Contains([]Position{RequestStart, RequestLine, RequestHeader, RequestHead, RequestBody}, p)
}

// Connection is the state of the connection on which a request is sent.
type Connection string

// The kinds of connections.
const (
	Fresh   Connection = "fresh"
	Reused  Connection = "reused"
	Noticed Connection = "idle, its end was noticed"
	Refused Connection = "idle, its end unnoticed, the write fails at once"          // nothing leaves
	Taken   Connection = "idle, its end unnoticed, the kernel takes the write still" // and no one reads it
)

// VendorActed reports whether the vendor has carried out the request when an injection's fault happens, so that a repeat finds the person there.
func (s Injection) VendorActed() bool {
	acted := []Position{BeforeAnswer, AnswerStatus, AnswerHeader, AnswerHead, AnswerBody, AfterAnswer}
	return slices.Contains(acted, s.At) || s.At == InsteadOfAnswer && !s.Fault.beforeVendor()
}

// SpillsOver reports whether the fault can reach a request after the one that was hit: what it leaves on the connection, or the connection's end.
func (s Injection) SpillsOver() bool {
	return slices.Contains([]Position{AfterAnswer, Idle, Dialing}, s.At) ||
		s.At == InsteadOfAnswer && slices.Contains([]Fault{AnswerTwice, AnswerAndBytes, LengthShort}, s.Fault)
}
