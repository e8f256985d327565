package vendors

// String returns the word people read: "not sent" and the like.
func (c Class) String() string {
	switch c {
	case Accepted:
		return "accepted"
	case Exists:
		return "exists"
	case Rejected:
		return "rejected"
	case Throttled:
		return "throttled"
	case NotSent:
		return "not sent"
	case Fatal:
		return "fatal"
	}
	return "unknown"
}

// gravity orders classes for answers that report several errors: the gravest decides.
func (c Class) gravity() int {
	switch c {
	case Fatal:
		return 6
	case Throttled:
		return 5
	case Rejected:
		return 3
	case Exists:
		return 2
	case Accepted:
		return 1
	}
	return 4
}

// String returns the word people read.
func (r Repeat) String() string {
	switch r {
	case RepeatRefused:
		return "refused"
	case RepeatHarmless:
		return "harmless"
	}
	return "unknown"
}

// settles reports whether a class says what became of the row.
func (c Class) settles() bool { return c == Accepted || c == Exists || c == Rejected }
