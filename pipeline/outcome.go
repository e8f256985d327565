package pipeline

import (
	"sync"
	"time"

	"importer/pipeline/journal"
	"importer/vendors"
)

// Counts holds one number per status; the sum of all is the number of rows read.
type Counts = journal.Counts

// Progress is a snapshot of a run.
type Progress struct {
	Read     int64     // rows read so far
	Counts   Counts    // rows settled, by status; durable in the journal
	Known    int64     // invalid rows that an earlier run of the account found invalid already; only counted where MaxErrors needs it
	Requests int64     // requests sent, probes and repeats included
	InFlight int64     // requests on the wire now
	Waiting  int64     // rows waiting to be sent again
	HeldTill time.Time // all workers wait until then; zero when they don't
	Held     string    // why, for people: "vendor asks to wait", "vendor is failing (connection_refused)"
	Draining bool
}

// Outcome is how a run ended.
type Outcome struct {
	Reason  Reason
	Verdict vendors.Verdict // FatalAnswer and VendorFailing: the answer that decided
	Row     int64           // the row that got that answer; 0 when none did
	Detail  string          // one sentence for people
	Panics  int             // faults of this program: rows it failed on (in doubt where their request may have left, else invalid), or the one that stopped the run; the command exits 5
	Counts  Counts
}

// Reason says why a run ended.
type Reason uint8

const (
	Finished      Reason = iota // every row was reached
	TooManyErrors               // MaxErrors was passed
	FatalAnswer                 // the vendor refuses us: credentials, page, plan
	VendorFailing               // the vendor was given up on
	Drained                     // a person stopped the run and requests in flight were waited for
	Cut                         // the run was left at once
	Sampled                     // Policy.Sample rows were sent, and there are more
)

// State returns how the journal records a run that ended so.
func (r Reason) State() journal.RunState {
	switch r {
	case Finished:
		return journal.Complete
	case Drained, Cut, Sampled:
		return journal.Interrupted
	}
	return journal.Stopped
}

// tally is the live side of Progress.
type tally struct {
	mu  sync.Mutex
	now Progress
}

func (t *tally) change(by func(now *Progress)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	by(&t.now)
}

func (t *tally) snapshot() Progress {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.now
}
