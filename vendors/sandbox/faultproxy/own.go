package faultproxy

import (
	"fmt"

	"importer/vendors"
	"importer/vendors/sandbox"
)

// Faults in the vendor's own words: the answers of Options.Refuse.
const (
	OwnUnauthorized Fault = "the vendor's own words: wrong credentials"
	OwnForbidden    Fault = "the vendor's own words: not allowed from here"
	OwnInactive     Fault = "the vendor's own words: event not active, plan used up"
	OwnThrottled    Fault = "the vendor's own words: too many requests"
	OwnTooLarge     Fault = "the vendor's own words: request too large"
	OwnBroken       Fault = "the vendor's own words: server error"
)

const ownBroken = sandbox.Broken // the one refusal that may come after the vendor has acted

// own is the refusal that a fault stands for.
func (f Fault) own() (sandbox.Refusal, bool) {
	switch f {
	case OwnUnauthorized:
		return sandbox.Unauthorized, true
	case OwnForbidden:
		return sandbox.Forbidden, true
	case OwnInactive:
		return sandbox.Inactive, true
	case OwnThrottled:
		return sandbox.Throttled, true
	case OwnTooLarge:
		return sandbox.TooLarge, true
	case OwnBroken:
		return sandbox.Broken, true
	}
	return 0, false
}

// refusal is the vendor's answer in its own words.
func (s *session) refusal(why sandbox.Refusal) reply {
	if s.proxy.options.Refuse == nil {
		return reply{status: "500 No Words"}
	}
	a := s.proxy.options.Refuse(why)
	return reply{status: fmt.Sprintf("%d Refused", a.Status), kind: a.Type, body: a.Body}
}

// Own is where a vendor's own rules judge a fault otherwise than the table does for all.
type Own struct {
	Vendor string
	Class  vendors.Class
	Code   string
}

// For is the verdict at one vendor.
func (c Cell) For(vendor string) (vendors.Class, string) {
	for _, o := range c.Own {
		if o.Vendor == vendor {
			return o.Class, o.Code
		}
	}
	return c.Class, c.Code
}
