// Package pipeline moves every row of a run from the reader through mapping and the rate-limited workers to the reporter, and settles it
// in the journal.
//
//	reader ─► mapping (all cores) ─► place (input order) ─► [bounded hand-off] ─► workers ─► reporter
//	                                   │ invalid, duplicate,                       │
//	                                   │ skipped: settled here                     ├ ask the vendor's questions
//	                                   ▼                                           ├ wait at the gate: limits, holds, pauses
//	                                journal ◄──────────────────────────────────────├ intent, durable
//	                                                                               ├ one attempt
//	                                                                               └ outcome: settled, or to be sent again
//
// The engine does everything but one attempt; what an attempt is and what its answer means, package vendors says. A failed row is data.
// An error ends the run.
//
// # What must hold
//
// An intent is durable before the first byte of its request leaves. A worker hands over what became of its row before it writes the next
// intent, and the journal keeps that order, so a crash leaves at most one row per worker in doubt. A request whose fate is unknown is sent
// again only where the vendor refuses or absorbs the repeat for this very row, or a person says so (see decide.go, which is the whole table).
//
// All requests, questions and repeats included, pass one gate (gate.go). It keeps the limits over every window (limit.go), holds everybody
// while the vendor asks to wait, pauses for a vendor that fails as a whole, and gives it up in the end. A row that waits to be sent again
// holds up no other (schedule.go).
//
// # Stopping
//
// Drain stops reading and sending and lets requests in flight finish; cancelling Run's context cuts them. Requests never inherit the first
// error of a neighbour: that would turn one failure into a row in doubt per worker. Whatever ends a run, every goroutine has ended and
// all that was learned is in the journal when Run returns.
package pipeline
