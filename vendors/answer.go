package vendors

// Answer is what a vendor's reader extracts from a response: the kept part, never a token.
type Answer struct {
	// Recognized: the body is in the vendor's documented form. Of any other body only the HTTP status counts.
	Recognized bool
	// Confirmed: the body says, by the vendor's own rule and together with the HTTP status, that the user was registered.
	Confirmed bool
	// BodyStatus is the status a body carries beside the HTTP status; 0 = none.
	BodyStatus int
	// ID is the registered user's id; "" = the vendor gives none.
	ID string
	// Errors are all errors the body reports, in its order.
	Errors []Reported
}

// Reported is one error a body reports.
type Reported struct {
	Code    string // the vendor's code, verbatim; "" = none
	Field   string // the wire field meant; "" = none
	Message string // the vendor's text, verbatim; it is scrubbed before anybody sees it
}
