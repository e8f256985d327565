// Package vendors says what a vendor is, makes one attempt, and says what an answer means.
//
// # A vendor is a description
//
// A [Vendor] is one literal: settings, operations, headers, wire fields, limits, a reader of answers, and rules that turn what the reader
// found into a class, a code and a hint. What people read about a vendor is printed from the same literal ([Vendor.Describe]).
//
//	Vendor ── Bind(settings) ──► Account ── Prepare(customer) ──► Request ── Send ──► Verdict
//
// [Vendor.Bind] resolves settings and finds all problems with them at once. An [Account] is safe for concurrent use. [Account.Prepare] builds the
// request of one customer and finds everything the vendor's pages say is wrong with it. [Account.Send] makes one attempt.
//
// # How an answer is judged
//
// The vendor's Read, a pure function, takes the answer apart. If it is in the vendor's own shape, each error it reports goes through the
// rules, first match decides, and of several errors the gravest class counts: fatal, throttled, unknown, rejected, exists, accepted. If the
// shape is foreign (HTML, truncated JSON, nothing), only the HTTP status speaks: 401 and 403 stop the run, 429 waits, and all else is unknown.
// A redirect is never followed. Whatever no rule covers is unknown: never a success, a rejection or a licence to send again.
//
// An attempt without an answer is [NotSent] only with proof: no connection was had, or the connection (see [NewTransport]) counted no byte.
// An answer that was there before its request had left whole belongs to another one: it is unknown, and the connection is closed. What is
// made of each fault at each point of an exchange is the table of package sandbox/faultproxy, printed as docs/faults.md.
//
// # Adding a vendor
//
// One folder and one line:
//
//  1. vendors/<name>/: a package with func Vendor() *vendors.Vendor that returns the literal. Name the vendor's page; put every member of its
//     table into Fields, every row of its error table into Rules; write Read. What no page confirms becomes a setting.
//  2. vendors/<name>/<name>_test.go: vendortest.Run(t, Vendor()) and a FuzzAnswer that calls vendortest.Fuzz. Beside it
//     testdata/answers/*.txt, one transcript per documented answer, and testdata/requests/*.golden, which `go test -update` writes.
//  3. vendors/all: one line in Vendors.
//
// Odd logic is a small function on the literal (a Format, a Check, a Repeat rule); there is no interface to implement.
package vendors
