package reports

import (
	"fmt"
	"strings"

	"importer/mapping/problem"
	"importer/pipeline/journal"
)

// ParseStatus reads one of the eight status words as a person may write it: in-doubt and In_Doubt are in_doubt.
func ParseStatus(word string) (journal.Status, error) {
	if s, ok := journal.ParseStatus(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(word)), "-", "_")); ok {
		return s, nil
	}
	names := strings.Trim(fmt.Sprint(journal.Statuses()), "[]")
	return journal.Unsettled, problem.New(problem.Usage, fmt.Sprintf("unknown status %q", Shown(word)), "one of "+strings.ReplaceAll(names, " ", ", "))
}

// meaning says in one line what a status tells.
func meaning(s journal.Status) string {
	switch s {
	case journal.Created:
		return "registered"
	case journal.Exists:
		return "the vendor already had it"
	case journal.Rejected:
		return "the vendor says the row is wrong"
	case journal.Invalid:
		return "failed local checks, never sent"
	case journal.Duplicate:
		return "same person as an earlier row, never sent"
	case journal.Skipped:
		return "imported by an earlier run, or filtered out"
	case journal.InDoubt:
		return "sent, but the outcome is unknown"
	case journal.Unsent:
		return "not sent yet"
	}
	return ""
}

// succeeded tells whether a row of this status needs no fix, whatever its code.
func succeeded(s journal.Status) bool { return s == journal.Created || s == journal.Skipped }
