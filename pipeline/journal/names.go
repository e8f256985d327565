package journal

import (
	"fmt"
	"slices"
)

var statusNames = [...]string{
	Unsettled: "", Created: "created", Exists: "exists", Rejected: "rejected", Invalid: "invalid",
	Duplicate: "duplicate", Skipped: "skipped", InDoubt: "in_doubt", Unsent: "unsent",
}

// String returns the name that reports and the journal's tables use: "created", "in_doubt", …; "" for Unsettled.
func (s Status) String() string {
	return nameOf(statusNames[:], int(s), "status")
}

// nameOf returns the name with the number n, or, where there is none, the kind of name and the number.
func nameOf(names []string, n int, kind string) string {
	if n < len(names) {
		return names[n]
	}
	return fmt.Sprintf("%s(%d)", kind, n)
}

// MarshalCSV returns what String does; a number that is no status is an error. gocsv prefers it to MarshalText: a line of results costs no copies.
func (s Status) MarshalCSV() (string, error) {
	if int(s) >= len(statusNames) {
		return "", fmt.Errorf("%v has no name", s)
	}
	return s.String(), nil
}

// MarshalText is MarshalCSV for all others.
func (s Status) MarshalText() ([]byte, error) {
	name, err := s.MarshalCSV()
	return []byte(name), err
}

// UnmarshalText reads a name as [Status.String] gives it; any other text, the empty one included, is an error.
func (s *Status) UnmarshalText(name []byte) (err error) {
	status, ok := ParseStatus(string(name))
	if !ok {
		return fmt.Errorf("unknown status %q", name)
	}
	*s = status
	return nil
}

// ParseStatus reads a name as written by String; false for any other text, "" included.
func ParseStatus(name string) (Status, bool) {
	i := max(slices.Index(statusNames[:], name), 0)
	return Status(i), i > 0
}

// Statuses returns all statuses a report shows, in the order it shows them.
func Statuses() []Status {
	return []Status{Created, Exists, Rejected, Invalid, Duplicate, Skipped, InDoubt, Unsent}
}

// Final reports whether only a ruling of a person changes the status once a row has it.
func (s Status) Final() bool { return s >= Created && s <= Skipped }

// Answered reports whether the status is given by an answer of the vendor to an attempt.
func (s Status) Answered() bool { return s == Created || s == Exists || s == Rejected }

// Local reports whether the status is decided here, without sending.
func (s Status) Local() bool { return s == Invalid || s == Duplicate || s == Skipped }

var kindNames = [...]string{0: "kind(0)", Intent: "intent", NotRegistered: "not registered", Uncertain: "uncertain", Settle: "settle", Ruling: "ruling"}

// String names the kind in error texts.
func (k Kind) String() string { return nameOf(kindNames[:], int(k), "kind") }

var runStateNames = [...]string{Running: "running", Complete: "complete", Stopped: "stopped", Interrupted: "interrupted", Superseded: "superseded"}

// String returns "running", "complete", "stopped", "interrupted" or "superseded".
func (s RunState) String() string { return nameOf(runStateNames[:], int(s), "state") }

// ParseRunState reads a name as written by String.
func ParseRunState(name string) (RunState, bool) {
	i := slices.Index(runStateNames[:], name)
	return RunState(max(i, 0)), i >= 0
}

// describe names the record for an error text.
func (r Record) describe() string {
	if r.Kind == Settle || r.Kind == Ruling {
		return r.Kind.String() + " " + r.Status.String()
	}
	return r.Kind.String()
}

// describe names the state for an error text.
func (s RowState) describe() string {
	switch s.Kind {
	case 0:
		return "without a record"
	case Intent:
		return fmt.Sprintf("in flight in attempt %d", s.Attempt)
	case Settle:
		return fmt.Sprintf("settled %s in attempt %d", s.Status, s.Attempt)
	default:
		return fmt.Sprintf("%s after attempt %d", s.Kind, s.Attempt)
	}
}
