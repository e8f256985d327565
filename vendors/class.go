package vendors

import (
	"time"

	"importer/mapping"
)

// Class says what an answer (or the lack of one) means for the engine. The zero Class is Unknown: what no rule covers is never taken
// for a success or a rejection, and never allows the engine to send the row again.
type Class uint8

const (
	Unknown   Class = iota // bytes of the request left, and it is not known whether the vendor registered the user
	Accepted               // the vendor's own rule confirms the registration
	Exists                 // the vendor already had this person
	Rejected               // the vendor says, in its own shape, that the row is wrong
	Throttled              // too many requests: hold all workers, then send again; not an attempt
	NotSent                // no byte of the request left this machine: back off, send again
	Fatal                  // nothing will succeed until a person changes something: stop the run
)

// String returns the word people read: "not sent" and the like.
func (c Class) String() string {
	return [...]string{"unknown", "accepted", "exists", "rejected", "throttled", "not sent", "fatal"}[c]
}

// severity orders classes for answers that report several errors: the most severe one decides.
func (c Class) severity() int {
	return [...]int{Accepted: 1, Exists: 2, Rejected: 3, Unknown: 4, NotSent: 4, Throttled: 5, Fatal: 6}[c]
}

// final reports whether a class says whether the user is registered.
func (c Class) final() bool { return c == Accepted || c == Exists || c == Rejected }

// Repeat says what a vendor does with a request that it has already carried out. The zero Repeat is RepeatUnknown: a repeat may make a second user.
type Repeat uint8

const (
	RepeatUnknown  Repeat = iota // may register the person twice: never repeat unless a person says so
	RepeatRefused                // the vendor refuses the second one ("already registered")
	RepeatHarmless               // the vendor absorbs the second one
)

// String returns the word people read.
func (r Repeat) String() string { return [...]string{"unknown", "refused", "harmless"}[r] }

// Verdict is the result of one attempt: what is kept of the answer and what it means. It holds no token, key, password or request body;
// Message is the vendor's text, escaped, cut to 300 runes, and with the row's own values masked.
type Verdict struct {
	Class      Class
	Code       string        // our stable reason: "created", "phone_already_registered", "connection_reset", ...
	Hint       string        // what a person can do about it
	HTTPStatus int           // 0 when no answer came
	VendorCode string        // the vendor's own code, verbatim (a body status, an error code)
	Field      string        // the standard field meant, or the wire field's name where none is
	About      mapping.Field // of Exists: the standard field that is taken; NoField: the answer does not say
	Message    string        // the vendor's own message, or what happened on the wire
	VendorID   string        // the id of the registered user, where the vendor gives one
	RetryAfter time.Duration // how long the vendor asks everybody to wait; 0 when it does not say
}
