package pipeline

import (
	"importer/pipeline/journal"
	"importer/vendors"
)

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
