package vendors

import (
	"slices"
	"strings"

	"importer/mapping"
)

// Unique says that the vendor takes the value of a standard field from one user only, besides what its Identity says: a second person who sends the
// same is refused.
type Unique struct {
	Field   mapping.Field // PhoneNumber or Username
	Members []string      // the wire fields that make the value, in this order; the first is always among them
}

// Claim is a value that a request asks the vendor for, and that the vendor takes from one user only.
type Claim struct {
	Field mapping.Field
	Text  string // as the vendor compares it: the digits of a phone number, a username without its case; never ""
}

// Claims returns what the request asks for that nobody else may have, in the order of [Vendor.Unique]; none of a request with faults. What
// counts is what is sent, whichever way it came into the request. They are personal data: use them for keyed digests only.
func (r Request) Claims() (claims []Claim) {
	if r.made == nil {
		return nil
	}
	for _, u := range r.made.account.vendor.Unique {
		text := ""
		for _, name := range u.Members {
			if i := slices.IndexFunc(r.made.members, func(m member) bool { return m.name == name }); i >= 0 {
				text += r.made.members[i].value.Text
			}
		}
		if text = AsCompared(u.Field, text); text != "" {
			claims = append(claims, Claim{u.Field, text})
		}
	}
	return claims
}

// AsCompared returns the text of a phone number or username as vendors compare it: two that are the same are taken for one.
func AsCompared(f mapping.Field, text string) string {
	if f == mapping.PhoneNumber {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, text)
	}
	return strings.ToLower(strings.TrimSpace(text))
}

// PrepareWithout is Prepare of the customer as if the row did not have some fields that are Unique: all wire fields that they give are left out, also where the
// row sets them under `wire:`.
func (a *Account) PrepareWithout(c *mapping.Customer, fields []mapping.Field) (Request, []mapping.Fault) {
	less := *c
	for _, f := range fields {
		var names []string
		for i := range a.fields {
			if a.fields[i].From == f {
				names = append(names, a.fields[i].Name)
			}
		}
		if less = less.WithoutWire(names...); f == mapping.PhoneNumber {
			less.SetPhone(f, mapping.PhoneParts{})
		} else {
			less.SetText(f, "")
		}
	}
	return a.Prepare(&less)
}
