package vendors

// Content returns what decides whether two requests ask for the same registration: the body, byte for byte. It holds personal data and
// secrets: for keyed digests only. Empty when Prepare found faults.
func (r Request) Content() string {
	if r.made == nil {
		return ""
	}
	return string(r.made.body)
}
