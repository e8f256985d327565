// Package pipeline moves every row of a run from the reader through mapping and the rate-limited workers to the reporter, and settles it
// in the journal. [New] makes an [Engine] of a [Plan], [Engine.Run] moves all rows; [Engine.Prepare] may be called before, to learn what a start found.
//
// # The way of a row
//
// way.go is this drawing in code. Each ═► is a hand-off between goroutines.
//
//	Prepare: index people created by earlier runs (journal), look ahead (package ahead), carry doubts of earlier runs (carry.go)
//
//	read ═► map, on all cores ═► place, in input order ═► queue of Workers rows ═► schedule ═► ask ─► send ─► conclude
//	 one goroutine, batches of 64     │                                               ▲        │       │        │
//	                                  │ settled here: invalid, duplicate,             ║        │       │        ├ settled
//	                                  │ skipped, held in doubt                        ║        │       │        └ to be sent again
//	                                  ▼                                               ╚════════╪═══════╪════════╝
//	                          journal.Writer ◄─────────────────────────────────────────────────┴───────┘
//	                                  ║ durable                                   one goroutine a worker: the gate (limits, holds, pauses),
//	                                  ╚═► reporter                                intent durable, one attempt, outcome queued
//
// The engine does everything but one attempt; what an attempt is and what its answer means, package vendors says. A failed row is data.
// An error ends the run. A check is the same way with a [DryRun]: it gets the rows where a run would send them, right after
// they are placed, and sends nothing. A row that an earlier start of the run settled is left as it is.
//
// # What must hold
//
// An intent is durable before the first byte of its request leaves. A worker hands over what happened to its row before it writes the next
// intent, and the journal keeps that order, so a crash leaves at most one row per worker in doubt. A request whose fate is unknown is sent
// again only where the vendor refuses or absorbs the repeat for this very row, or a person says so: resend.go is the whole rule.
//
// All requests, questions and repeats included, pass one gate (gate.go). It asks the limiter (package limit), holds all workers while the vendor
// asks to wait, pauses for a vendor that fails as a whole, and gives it up in the end. A row that waits to be sent again holds up no other
// (schedule.go).
//
// # Stopping
//
// Drain stops reading and sending and lets requests in flight finish; cancelling Run's context cuts them. Requests never inherit the first
// error of a neighbour: that would turn one failure into a row in doubt per worker. However a run ends, every goroutine has ended and
// all that was learned is in the journal when Run returns.
package pipeline
