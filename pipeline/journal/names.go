package journal

import "fmt"

var statusNames = [...]string{
	Unsettled: "", Created: "created", Exists: "exists", Rejected: "rejected", Invalid: "invalid",
	Duplicate: "duplicate", Skipped: "skipped", InDoubt: "in_doubt", Unsent: "unsent",
}

// String returns the name that reports and the journal's tables use: "created", "in_doubt", …; "" for Unsettled.
func (s Status) String() string {
	if int(s) < len(statusNames) {
		return statusNames[s]
	}
	return fmt.Sprintf("status(%d)", uint8(s))
}

// ParseStatus reads a name as written by String; false for any other text, "" included.
func ParseStatus(name string) (Status, bool) {
	for s := Created; s <= Unsent; s++ {
		if statusNames[s] == name {
			return s, true
		}
	}
	return Unsettled, false
}

// Statuses returns all statuses a report shows, in the order it shows them.
func Statuses() []Status {
	return []Status{Created, Exists, Rejected, Invalid, Duplicate, Skipped, InDoubt, Unsent}
}

// Final reports whether only a recorded act of a person changes the status once a row has it.
func (s Status) Final() bool { return s >= Created && s <= Skipped }

// Answered reports whether the status is given by an answer of the vendor to an attempt.
func (s Status) Answered() bool { return s == Created || s == Exists || s == Rejected }

// Local reports whether the status is decided here, without sending.
func (s Status) Local() bool { return s == Invalid || s == Duplicate || s == Skipped }

// String returns "intent", "free", "loose", "settle" or "act".
func (k Kind) String() string {
	switch k {
	case Intent:
		return "intent"
	case NotRegistered:
		return "free"
	case Uncertain:
		return "loose"
	case Settle:
		return "settle"
	case Ruling:
		return "act"
	}
	return fmt.Sprintf("kind(%d)", uint8(k))
}

var runStateNames = [...]string{Running: "running", Complete: "complete", Stopped: "stopped", Interrupted: "interrupted"}

// String returns "running", "complete", "stopped" or "interrupted".
func (s RunState) String() string {
	if int(s) < len(runStateNames) {
		return runStateNames[s]
	}
	return fmt.Sprintf("state(%d)", uint8(s))
}

// ParseRunState reads a name as written by String.
func ParseRunState(name string) (RunState, bool) {
	for s, n := range runStateNames {
		if n == name {
			return RunState(s), true
		}
	}
	return Running, false
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
		return fmt.Sprintf("open in attempt %d", s.Attempt)
	case Settle:
		return fmt.Sprintf("settled %s in attempt %d", s.Status, s.Attempt)
	default:
		return fmt.Sprintf("%s after attempt %d", s.Kind, s.Attempt)
	}
}
