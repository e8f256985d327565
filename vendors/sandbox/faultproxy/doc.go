// Package faultproxy is a proxy between a client and a stand-in: it understands one HTTP/1.1 exchange, and breaks it at a chosen point.
//
//	client ── DialContext or a TCP listener ──► Proxy ── Options.Upstream ──► stand-in
//
// An [Injection] says what happens to one request: a [Fault], a [Position] in the exchange and a [Connection]. [Rows] is the classification table:
// for each of them the verdict that a client must come to. The tests run every cell of it, and docs/faults.md is printed from it
// (go test -run TestDocs -update).
//
// # Two kinds of faults
//
// Faults of the wire (reset, close, half-close, silence, garbage, drip) happen at any position. Faults of the answer (wrong lengths, redirects, HTML,
// 1xx floods) replace the vendor's answer as a whole, after the vendor has registered the person, so that a verdict that is too good or
// too bad shows in the vendor's register. Only 401, 403 and 429 keep the vendor from seeing the request: they say that it did not act.
//
// # Two kinds of connections
//
// On its network in memory the proxy also decides when the client learns what happened to an idle connection, and how much of a
// request can leave: a shut window stops a write before its first byte, a narrow one in the middle. It keeps time by package time alone and
// works inside a testing/synctest bubble, in which it must be made and closed. Over TCP the kernel decides, and takes a small request whole.
//
// # What it counts
//
// [Counts] has dials, connections, requests started and finished, bytes of requests, and dials to any other host. A client that says a
// request was not sent is wrong if one of its bytes arrived; a client that sends once begins at most one request.
package faultproxy
