package pipeline

import (
	"importer/pipeline/journal"
	"importer/vendors"
)

// step is what is to be done with a row after an attempt.
type step struct {
	kind      journal.Kind   // Settle, NotRegistered or Uncertain
	status    journal.Status // of Settle
	throttled bool           // NotRegistered, and everybody waits
	fatal     bool           // NotRegistered, and the run stops
	again     bool           // Uncertain, and this attempt counts as one in doubt
}

// keepDoubt is what a step is for a row of which an earlier attempt ended in doubt: that this attempt certainly registered nobody says
// nothing of the earlier one, so the row stays loose.
func (s step) keepDoubt(doubted bool) step {
	if doubted && s.kind == journal.NotRegistered {
		s.kind = journal.Uncertain
	}
	return s
}

// decide is the table of design: what a verdict means for its row. mayRepeat says whether a request of unknown fate may be sent again,
// retries how often this row was already sent again for that reason.
func decide(v vendors.Verdict, mayRepeat bool, retries, maxRetries int) step {
	switch v.Class {
	case vendors.Accepted:
		return step{kind: journal.Settle, status: journal.Created}
	case vendors.Exists:
		return step{kind: journal.Settle, status: journal.Exists}
	case vendors.Rejected:
		return step{kind: journal.Settle, status: journal.Rejected}
	case vendors.Throttled:
		return step{kind: journal.NotRegistered, throttled: true}
	case vendors.NotSent:
		return step{kind: journal.NotRegistered}
	case vendors.Fatal:
		return step{kind: journal.NotRegistered, fatal: true}
	}
	if mayRepeat && retries < maxRetries {
		return step{kind: journal.Uncertain, again: true}
	}
	return step{kind: journal.Settle, status: journal.InDoubt}
}
