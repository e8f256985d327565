package journal

import "cmp"

// Codes of rows that are not settled, as reports show them.
const (
	CodeNotReached     = "not_reached"     // unsent: no attempt was made, or each ended before the vendor had the row
	CodeReady          = "ready"           // unsent, in a check: ready to send
	CodeOutcomeUnknown = "outcome_unknown" // in_doubt: an attempt began, and its outcome was never recorded
)

// Reported returns the status and code under which reports, retries and people know the row. Every state has one: a settled row its own, a row that
// is certainly not registered unsent, any other row that was ever sent in_doubt. The zero RowState, a row without a record, is unsent.
func (s RowState) Reported() (Status, string) {
	switch s.Kind {
	case 0:
		return Unsent, CodeNotReached
	case Settle:
		return s.Status, s.Code
	case NotRegistered:
		if !s.Doubted { // else the newest attempt had no effect, but an earlier one may have had
			return Unsent, cmp.Or(s.Code, CodeNotReached)
		}
	case Uncertain:
		return InDoubt, cmp.Or(s.Code, CodeOutcomeUnknown)
	}
	return InDoubt, CodeOutcomeUnknown
}
