package reports

import (
	"cmp"
	"fmt"
	"slices"

	"importer/pipeline/journal"
)

// causesInBrief is how many causes Brief names.
const causesInBrief = 3

// FailedNew returns how many of the failed rows did not fail in earlier runs already; all of them, where a person asked for the rows again.
func (s Summary) FailedNew() int64 {
	if s.Again {
		return s.Failed
	}
	return s.Failed - s.Known
}

// Calm reports whether there is nothing that a person must hear of: nothing new failed, no row is in doubt, and the run came to its end.
func (s Summary) Calm() bool {
	return s.FailedNew() == 0 && s.Counts[journal.InDoubt] == 0 && s.Proof.Holds && (s.Exit == ExitOK || s.Exit == ExitFailures)
}

// Brief is the end of a run in at most nine lines, for a mail in the night: which run, the largest causes of new failures, where the reports are, what
// to type, how it ended and, last, the sum. Nothing in it comes unescaped from a list or a vendor.
func (s Summary) Brief() []string {
	lines := []string{s.Run}
	causes := s.newCauses()
	for _, c := range causes[:min(causesInBrief, len(causes))] {
		line := fmt.Sprintf("  %s  %s (%s)", Grouped(c.Count), Shown(c.Code), c.Status)
		if c.Hint != "" {
			line += ": " + Shown(c.Hint)
		}
		lines = append(lines, line)
	}
	if left := int64(len(causes) - causesInBrief); left > 0 {
		lines = append(lines, fmt.Sprintf("  and %s more", Plural(left, "code")))
	}
	lines = append(lines, "reports: "+Shown(s.Files.Folder()))
	if len(s.Next) > 0 {
		lines = append(lines, "next: "+Shown(s.Next[0].Type))
	}
	return append(lines, fmt.Sprintf("exit %d: %s", s.Exit, s.Meaning), s.Sum())
}

// newCauses are the codes of rows that failed and had not failed so before, with how many, the most frequent first; rows in doubt come before all others.
func (s Summary) newCauses() (causes []CodeCount) {
	for _, c := range s.Codes {
		if !s.Again {
			c.Count -= c.Known
		}
		if !c.OK && c.Count > 0 {
			causes = append(causes, c)
		}
	}
	slices.SortStableFunc(causes, func(a, b CodeCount) int {
		doubts := map[bool]int{true: 0, false: 1}
		return cmp.Or(doubts[a.Status == journal.InDoubt]-doubts[b.Status == journal.InDoubt], cmp.Compare(b.Count, a.Count))
	})
	return causes
}
