package vendortest

import (
	"slices"
	"strings"
	"testing"

	"importer/mapping"
	"importer/vendors"
)

// testUnique asks whether a request says what it claims, in the form in which values are compared, and whether it can be sent without.
func testUnique(t *testing.T, v *vendors.Vendor) {
	a := bind(t, v, nil)
	full := fullCustomer()
	want := map[mapping.Field][]string{mapping.PhoneNumber: {"353861234567", "861234567"}, mapping.Username: {"jane_doe_1990"}}
	full.SetText(mapping.Username, "Jane_Doe_1990")
	request, faults := a.Prepare(&full)
	if len(faults) > 0 {
		t.Fatalf("a customer with everything has faults: %v", faults)
	}
	claims := request.Claims()
	errorIf(t, len(claims) != len(v.Unique), "a customer with everything claims %v", claims)
	for _, c := range claims {
		errorIf(t, !slices.Contains(want[c.Field], c.Text), "%s is claimed as %q", c.Field, c.Text)
	}
	for _, u := range v.Unique {
		over := full
		over.AddWire(mapping.Pair{Name: u.Members[0], Text: "99 Wired"})
		wired, _ := a.Prepare(&over)
		at := slices.IndexFunc(wired.Claims(), func(c vendors.Claim) bool { return c.Field == u.Field })
		errorIf(t, at < 0 || !strings.HasPrefix(wired.Claims()[at].Text, "99"), "what `wire:` sets for %s is not what is claimed: %v", u.Field, wired.Claims())
		less, faults := a.PrepareWithout(&over, []mapping.Field{u.Field})
		if a.Requires(u.Field) {
			errorIf(t, len(faults) == 0, "%s is required, and a request without it has no fault", u.Field)
			continue
		}
		errorIf(t, len(faults) > 0 || strings.Contains(less.Content(), "Wired"), "without %s: %v, and the request is %q", u.Field, faults, less.Content())
		errorIf(t, slices.ContainsFunc(less.Claims(), func(c vendors.Claim) bool { return c.Field == u.Field }), "without %s it is claimed all the same", u.Field)
		errorIf(t, !over.Has(u.Field) || len(over.Wire()) != 1, "PrepareWithout changes the customer that it is given")
	}
}
