package faultproxy

import (
	"fmt"
	"strings"
)

// Markdown is the classification table as docs/faults.md holds it.
func Markdown() string {
	var b strings.Builder
	b.WriteString(before)
	for _, part := range parts() {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n| fault | where | connection | class | code | why |\n|---|---|---|---|---|---|\n", part.title, part.text)
		for _, r := range part.rows {
			class, code := r.verdicts()
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", list(r.Faults), list(r.At), list(r.On), class, code, r.Why)
		}
	}
	b.WriteString(after)
	return b.String()
}

type part struct {
	title, text string
	rows        []Row
}

func parts() []part {
	return []part{
		{"Connecting", "No connection, no bytes: the row is sent again by itself.", connectRows()},
		{"While the request leaves", "One byte is enough for doubt. *Before the first byte* the peer's window is shut: the write took nothing.", requestRows()},
		{"While the answer comes", "Only a whole confirmation is a confirmation. The rows with *idle* are about the connection before the request.", answerRows()},
		{"What the answer is", "These come after the vendor has registered the person, but for 401, 403 and 429, which say that it did not.", shapeRows()},
		{"The answer's status", "The bodies are a gateway's HTML, but for those *around the success*. 401, 403 and 429 say that the vendor did not act, and here it did not.", statusRows()},
		{"How long to wait", "Retry-After in seconds or as a date (RFC 9110, 10.2.3), with a gateway's HTML.", waitRows()},
		{"The vendor's own words", "What each vendor's stand-in says, as the vendor's pages have it; where the vendors differ the row names them.", ownRows()},
	}
}

// verdicts are a row's class and code, followed by those of vendors that say otherwise.
func (r Row) verdicts() (class, code string) {
	class, code = r.Class.String(), "`"+r.Code+"`"
	for _, o := range r.Own {
		if o.Class != r.Class {
			class += "; " + o.Vendor + ": " + o.Class.String()
		}
		code += "; " + o.Vendor + ": `" + o.Code + "`"
	}
	return class, code
}

// list writes names one after the other.
func list[T ~string](names []T) string {
	texts := make([]string, len(names))
	for i, n := range names {
		texts[i] = string(n)
	}
	return strings.Join(texts, "; ")
}

const before = `# Faults and what is made of them

This table is data: ` + "`vendors/sandbox/faultproxy/table.go`" + `. Every cell of it is run as a test by a proxy that breaks one HTTP exchange at the
given point (` + "`go test ./vendors/sandbox/faultproxy`" + `), and this page is printed from it (` + "`-run TestDocs -update`" + `): it cannot say what the
program does not do.

| class | what the run does |
|---|---|
| not sent | backs off and sends the row again: no byte of the request left |
| unknown | sends again only where the vendor refuses or absorbs a repeat for this row; else the row is ` + "`in_doubt`" + ` |
| accepted | the row is ` + "`created`" + ` |
| exists | the row is ` + "`exists`" + `: the vendor had the person already |
| throttled | everybody waits, then the row is sent again |
| fatal | the run stops; the row and all after it stay ` + "`unsent`" + ` |

Held in every cell, beside class and code: one attempt sends at most one request; *not sent* is never said when a byte arrived;
*accepted* is never said of somebody who is not in the vendor's register; the attempt ends with its deadline; no connection is left open; no
other host is dialled; no credential, no value of the row and no unreadable byte of the answer is in any text.

Every cell is run at all five vendors, at Epixel in both operations and in all three encodings. The verdict is the same everywhere but where a vendor's own
rules say otherwise: then the row names the vendor. Inside headers the fault happens in each header by turns.

The same faults go through the whole engine at all five vendors, once in a run of 32 rows, in bursts of twelve, and from one request on without end. Then each row must
be what the vendor's rule on repeats demands: sent again and ` + "`created`" + `, or ` + "`exists`" + ` (Distinct with a phone, Epixel, JFramework, Pelcro); sent again and ` + "`created`" + ` (Thanx);
` + "`in_doubt`" + ` (Distinct without a phone). The sum must be right, and nobody may stand in the vendor's register twice. In each way a vendor has to refuse us (its pages'
answers that stop a run, its stand-in's, a gateway's 401 and 403) at most as many requests follow as there are workers, and every other row stays ` + "`unsent`" + `.
`

const after = `
## Over TLS

The verdicts are the same. Go takes an end of the connection without TLS's goodbye for an end; a body that ends with the connection (HTTP/1.0) must
be the vendor's whole confirmation either way. A server that wants a certificate of the client says so, in TLS 1.3, when the request may have left:
unknown, or not sent where the connection counted no byte of it.

## The pool and the dead connection

A server may end an idle connection at the very moment a request is written on it. net/http drops connections whose end it has noticed and
dials anew; the request goes out once. If the end is unnoticed and the write fails with no byte taken, net/http could send again, but does not
for a request with a body that it cannot rewind, which ours never can: the verdict is *not sent*, and the engine sends the row again. If the
kernel takes the bytes first, nobody can say whether the server read them: *unknown*. Idle connections are dropped after 5 s to make this rare.

## What nobody can tell

HTTP/1.1 numbers no answers. If something on the way sends two answers to one request, the second one is noticed between two
requests (the connection is dropped) and while the next request leaves (` + "`answer_misplaced`" + `, and the connection is closed). If it comes
when the next request has left whole and before its own answer, it is taken for that. No client of HTTP/1.1 that reuses connections can tell.
`
