package reports

import (
	"cmp"
	"slices"

	"importer/pipeline/journal"
)

const samplesPerCode = 3

// tally counts outcomes as they pass.
type tally struct {
	read     int64 // rows that the input gave
	counts   journal.Counts
	failed   int64
	known    int64
	proof    Proof // what the journal gave
	requests int64
	codes    map[codeKey]*CodeCount
	leftOut  LeftOut
}

// codeKey keeps apart the same code with another status, or of rows that need a fix and rows that do not.
type codeKey struct {
	code   string
	status journal.Status
	ok     bool
}

func (t *tally) add(o outcome) {
	r := o.record
	t.counts[r.Status]++
	t.requests += int64(r.Attempt)
	if r.Kind == journal.Settle {
		t.proof.Settled[r.Status]++
	}
	if !o.ok {
		t.failed++
	}
	if o.known {
		t.known++
	}
	if r.Status.Answered() || r.Status == journal.InDoubt {
		t.leftOut.Add(Sample{Row: r.Row, File: o.file, Line: r.Line}, journal.ReadLeftOut(r.Message))
	}
	if r.Code == "" {
		return
	}
	key := codeKey{r.Code, r.Status, o.ok}
	count := t.codes[key]
	if count == nil {
		count = &CodeCount{Code: r.Code, Status: r.Status, OK: o.ok}
		if r.Status == journal.Invalid {
			count.first = r.Message
		}
		t.codes[key] = count
	}
	count.Count++
	if o.known {
		count.Known++
	}
	if len(count.Samples) < samplesPerCode {
		count.Samples = append(count.Samples, Sample{Row: r.Row, File: o.file, Line: r.Line})
	}
}

// byCode returns the codes: those that need a fix first, then by count, then by name and status.
func (t *tally) byCode(hint func(string) string, messages map[string]*Messages) []CodeCount {
	all := make([]CodeCount, 0, len(t.codes))
	for _, count := range t.codes {
		if hint != nil {
			count.Hint = hint(count.Code)
		}
		if said := messages[count.Code]; said != nil && count.Status == journal.Invalid {
			count.Messages = said.Counts()
		}
		all = append(all, *count)
	}
	last := map[bool]int{false: 0, true: 1}
	slices.SortFunc(all, func(a, b CodeCount) int {
		return cmp.Or(last[a.OK]-last[b.OK], cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Status, b.Status))
	})
	return all
}
