package mapping

// Fault is one thing wrong with one field of one row, found before anything was sent. All faults of a row are reported together.
// Its texts hold no secret and no personal value in clear: Shown is masked as the field's [Privacy] asks.
type Fault struct {
	Code    string // stable snake_case reason, e.g. "date_impossible", "missing_required_field"
	Field   string // the standard field's name, a wire field's name, or a column; empty when the row as a whole is meant
	Shown   string // the offending value, safe to show: masked, escaped and cut; empty when there is none
	Message string // what was wrong, lower case, no full stop
	Hint    string // what to do about it
}
