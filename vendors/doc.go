// Package vendors says what a vendor is, makes one attempt, and says what an answer means.
//
// # A vendor is a description
//
// A [Vendor] is one literal: settings, operations, headers, wire fields, limits, a reader of answers, and rules that turn what the reader
// found into a class, a code and a hint. What people read about a vendor is printed from the same literal ([Vendor.Describe]).
//
// # Which call comes first
//
//	Vendor ── Bind(settings) ──► Account ── Prepare(customer) ──► Request ── Send ──► Verdict
//
// Take a vendor from package vendors/all. [Vendor.Bind] resolves its settings once and reports all problems with them together. For each row
// [Account.Prepare] builds the request and reports everything that the vendor's pages say is wrong with it, and [Account.Send] makes one
// attempt over a transport of [NewTransport]. [Account.Try] checks the credentials before that, and [Account.Probes] are the vendor's questions
// about single rows, where it has any. An [Account] is safe for concurrent use.
//
// # What an answer means
//
// The vendor's Read, a pure function, takes the answer apart. If it recognizes the body, each error that the body reports goes through the
// rules. The first rule that matches decides, and of several errors the most severe class counts: fatal, throttled, unknown, rejected, exists,
// accepted. Of any other body (HTML, truncated JSON, nothing) only the HTTP status counts: 401 and 403 stop the run, 429 waits, all else is unknown.
// A redirect is never followed. What no rule covers is unknown: it is never taken for a success or a rejection, and never allows a repeat.
//
// An attempt without an answer is [NotSent] only with proof: there was no connection, or the connection (see [NewTransport]) counted no byte.
// An answer that came before its request had left whole belongs to another one: it is unknown, and the connection is closed. The verdict on
// each fault at each point of an exchange is the table of package sandbox/faultproxy, printed as docs/faults.md.
//
// # Adding a vendor
//
// Two folders, two lines and the tests that ask for more:
//
//  1. vendors/<name>/: a package with func Vendor() *vendors.Vendor that returns the literal. Name the vendor's page; put every member of its
//     table into Fields, every row of its error table into Rules, its rule for passwords into Passwords; write Read. What no page confirms
//     becomes a setting.
//  2. vendors/<name>/<name>_test.go: TestVendor calls vendortest.Run and FuzzAnswer calls vendortest.Fuzz. Beside it
//     testdata/answers/*.txt, one transcript per documented answer, and testdata/requests/*.golden, which `go test -update` writes.
//  3. vendors/<name>/standin/: standin.json, and a package with func New() sandbox.Standin that parses it and answers, written from the vendor's
//     pages without a look at step 1. Its test is a table of cases and a call of standintest.Run.
//  4. vendors/all: one line in Vendors and one in Standins.
//  5. Run `go test ./vendors/...`: TestVendors (vendors/all) and TestWays (vendors/sandbox/faultproxy) list the vendors and fail until the new one
//     is in them; TestVendorsAgainstTheirStandIns then holds steps 1 and 3 against each other.
//
// Special logic is a small function on the literal (a Format, a Check, a Repeat rule); there is no interface to implement.
package vendors
