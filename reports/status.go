package reports

import (
	"fmt"
	"strings"

	"importer/pipeline/journal"
)

// Status is a row's status as a report shows it: one of the eight words of [Statuses].
type Status journal.Status

// Statuses lists the eight statuses in the order of the sum.
func Statuses() []Status {
	all := make([]Status, 0, 8)
	for _, s := range journal.Statuses() {
		all = append(all, Status(s))
	}
	return all
}

// String returns the word for s.
func (s Status) String() string { return journal.Status(s).String() }

// Meaning says in one line what the status tells.
func (s Status) Meaning() string {
	switch journal.Status(s) {
	case journal.Created:
		return "registered"
	case journal.Exists:
		return "the vendor already had it"
	case journal.Rejected:
		return "the vendor says the row is wrong"
	case journal.Invalid:
		return "failed the checks here, never sent"
	case journal.Duplicate:
		return "same person as an earlier row, never sent"
	case journal.Skipped:
		return "imported by an earlier run, or filtered"
	case journal.InDoubt:
		return "sent, and nobody can say what became of it"
	case journal.Unsent:
		return "not reached"
	}
	return ""
}

// ParseStatus reads one of the eight words; in-doubt and in_doubt are the same.
func ParseStatus(word string) (Status, error) {
	plain := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(word)), "-", "_")
	if s, ok := journal.ParseStatus(plain); ok {
		return Status(s), nil
	}
	words := make([]string, 0, 8)
	for _, s := range Statuses() {
		words = append(words, s.String())
	}
	return 0, fmt.Errorf("unknown status %q (hint: one of %s)", Shown(word), strings.Join(words, ", "))
}

// MarshalText makes JSON show the word.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the word.
func (s *Status) UnmarshalText(text []byte) error {
	parsed, err := ParseStatus(string(text))
	*s = parsed
	return err
}

// fine tells whether a row of this status needs no mending, whatever its code.
func (s Status) fine() bool {
	return journal.Status(s) == journal.Created || journal.Status(s) == journal.Skipped
}
