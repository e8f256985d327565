package reports

import (
	"cmp"
	"slices"

	"importer/pipeline/journal"
)

const samplesPerCode = 3

// tally counts outcomes as they pass.
type tally struct {
	counts   Counts
	lines    int64
	failed   int64
	settled  Counts // of counts, those that the journal has settled
	requests int64
	codes    map[codeKey]*CodeSum
}

// codeKey keeps apart what is the same code with another status or another say about mending.
type codeKey struct {
	code   string
	status journal.Status
	fine   bool
}

func newTally() *tally { return &tally{codes: map[codeKey]*CodeSum{}} }

func (t *tally) add(o outcome) error {
	t.lines++
	t.counts.Add(o.line.Status)
	t.requests += int64(o.record.Attempt)
	if o.record.Kind == journal.Settle {
		t.settled.Add(o.line.Status)
	}
	if !o.fine {
		t.failed++
	}
	if o.record.Code == "" {
		return nil
	}
	key := codeKey{o.record.Code, o.record.Status, o.fine}
	sum := t.codes[key]
	if sum == nil {
		sum = &CodeSum{Code: key.code, Status: o.line.Status, OK: o.fine}
		t.codes[key] = sum
	}
	sum.Count++
	if len(sum.Samples) < samplesPerCode {
		sum.Samples = append(sum.Samples, Sample{Row: o.row.Number, File: o.file, Line: o.row.Line})
	}
	return nil
}

// sums returns the codes: those that need mending first, then by count, then by name and status.
func (t *tally) sums(hint func(string) string) []CodeSum {
	all := make([]CodeSum, 0, len(t.codes))
	for _, sum := range t.codes {
		sum.Hint = hintFor(sum.Code, hint)
		all = append(all, *sum)
	}
	slices.SortFunc(all, func(a, b CodeSum) int {
		if a.OK != b.OK {
			if a.OK {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Status, b.Status))
	})
	return all
}

// hintFor asks the caller, and knows the codes that are made here.
func hintFor(code string, hint func(string) string) string {
	if hint != nil {
		if text := hint(code); text != "" {
			return text
		}
	}
	switch code {
	case CodeNotReached:
		return "The run ended before these rows. Go on with it, and they are sent."
	case CodeOutcomeUnknown:
		return "These rows were sent, and no answer came back. Look them up at the vendor."
	}
	return ""
}
