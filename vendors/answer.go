package vendors

// Answer is what a vendor's reader makes of a response: the kept part, never a token.
type Answer struct {
	// Shape says whether the body is in the vendor's own shape. What is not is judged by its HTTP status alone.
	Shape Shape
	// Confirmed: the body says, by the vendor's own rule and together with the HTTP status, that the user was registered.
	Confirmed bool
	// BodyStatus is the status a body carries beside the HTTP status; 0 = none.
	BodyStatus int
	// ID is the registered user's id; "" = the vendor gives none.
	ID string
	// Errors are all errors the body reports, in its order.
	Errors []Reported
}

// Shape says how far a body could be read. The zero Shape is Foreign.
type Shape uint8

// The shapes.
const (
	Foreign Shape = iota // HTML, truncated or malformed JSON, JSON of another shape, nothing at all
	Own                  // the vendor's own shape
)

// Reported is one error a body reports.
type Reported struct {
	Code    string // the vendor's code, verbatim; "" = none
	Field   string // the wire field meant; "" = none
	Message string // the vendor's text, verbatim; it is scrubbed before anybody sees it
}
