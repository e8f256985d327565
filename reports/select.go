package reports

import (
	"iter"
	"slices"

	"importer/pipeline/journal"
)

// Pick says which rows of an earlier run to take again. The zero Pick takes those of [Retryable].
type Pick struct {
	Statuses []Status // none: Retryable, or what Codes alone pick
	Codes    []string // none: any code
}

// Retryable are the statuses that a retry takes when it is not told: those where nobody can be registered twice.
func Retryable() []Status {
	return []Status{Status(journal.Rejected), Status(journal.Invalid), Status(journal.Unsent)}
}

// Takes tells whether a row is picked. Codes alone pick rows of any status but created, skipped and in_doubt: to take a row again
// that is or may be registered, its status must be named.
func (p Pick) Takes(status Status, code string) bool {
	if len(p.Codes) > 0 && !slices.Contains(p.Codes, code) {
		return false
	}
	switch {
	case len(p.Statuses) > 0:
		return slices.Contains(p.Statuses, status)
	case len(p.Codes) > 0:
		return !status.fine() && journal.Status(status) != journal.InDoubt
	}
	return slices.Contains(Retryable(), status)
}

// Select picks rows of a results.csv. Where a row has several lines (a run that was cut short and gone on with) the last counts. It
// stops at the first error.
func Select(lines iter.Seq2[Line, error], pick Pick) (*Rowset, error) {
	rows := new(Rowset)
	for line, err := range lines {
		if err != nil {
			return nil, err
		}
		if pick.Takes(line.Status, string(line.Code)) {
			rows.Add(int64(line.Row))
		} else {
			rows.Remove(int64(line.Row))
		}
	}
	return rows, nil
}
