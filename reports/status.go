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

// meanings explain each status in one line.
var meanings = map[journal.Status]string{
	journal.Created:   "registered",
	journal.Exists:    "the vendor has the e-mail, phone or username already",
	journal.Rejected:  "the vendor says the row is wrong",
	journal.Invalid:   "failed local checks, never sent",
	journal.Duplicate: "same person, phone or username as another row, never sent",
	journal.Skipped:   "dealt with by an earlier run, or filtered out",
	journal.InDoubt:   "sent, but the outcome is unknown",
	journal.Unsent:    "not sent yet",
}

// succeeded reports whether a row of this status needs no fix, whatever its code.
func succeeded(s journal.Status) bool { return s == journal.Created || s == journal.Skipped }
