package reports

import (
	"iter"
	"slices"

	"importer/pipeline/journal"
)

// Pick says which rows of an earlier run a person wants again. The zero Pick takes those that are known not to be registered: rejected, invalid and
// unsent ones. It only chooses: whether a chosen row is sent is the engine's decision.
type Pick struct {
	Statuses []journal.Status // none: see [Pick.Takes]
	Codes    []string         // none: any code
}

// Takes reports whether a row is picked. Codes alone pick rows of any status but created and in_doubt: to take a row again
// that is or may be registered by it, its status must be named.
func (p Pick) Takes(status journal.Status, code string) bool {
	if len(p.Codes) > 0 && !slices.Contains(p.Codes, code) {
		return false
	}
	switch {
	case len(p.Statuses) > 0:
		return slices.Contains(p.Statuses, status)
	case len(p.Codes) > 0:
		return status != journal.Created && status != journal.InDoubt
	}
	return status == journal.Rejected || status == journal.Invalid || status == journal.Unsent
}

// Select picks rows of a results.csv. Where a row has several lines (of a run that was cut short and resumed) the last counts. It
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
