package vendortest

import (
	"strings"
	"testing"

	"importer/mapping"
	"importer/vendors"
)

// testFaults takes each required field away in turn, then all at once: the fault names the standard field, and nothing can be sent.
func testFaults(t *testing.T, v *vendors.Vendor) {
	for _, o := range v.Operations {
		a := bind(t, v, chosen(v, o.Name, v.Encodings[0]))
		for _, f := range mapping.Fields() {
			if !a.Requires(f) {
				continue
			}
			c := fullCustomer()
			copyField(&c, &mapping.Customer{}, f)
			r, faults := a.Prepare(&c)
			if len(faults) != 1 || faults[0].Code != "missing_required_field" || faults[0].Field != f.String() || faults[0].Hint == "" {
				t.Errorf("%s without %s: faults %+v", o.Name, f, faults)
			}
			errorIf(t, r.Size() != 0, "%s without %s: there is a body to send", o.Name, f)
		}
		nothing := mapping.Customer{}
		if _, faults := a.Prepare(&nothing); len(faults) < 1 {
			t.Errorf("%s: an empty customer has no faults", o.Name)
		}
		wrongValues(t, a)
	}
}

// wrongValues breaks every field that has a check: the faults come together and show no personal value.
func wrongValues(t *testing.T, a *vendors.Account) {
	c := fullCustomer()
	want := map[string]bool{}
	for _, f := range a.Fields() {
		if len(f.Checks) > 0 && f.From != mapping.NoField && f.From != mapping.FirstName && f.From != mapping.LastName {
			c.SetText(f.From, "§")
			want[f.From.String()] = true
		}
	}
	if a.Uses(mapping.Password) {
		c.SetText(mapping.Password, "******") // the one wrong password of vendors without a rule
	}
	_, faults := a.Prepare(&c)
	for _, f := range faults {
		delete(want, f.Field)
		errorIf(t, strings.Contains(f.Message+f.Hint, "§"), "fault shows the value: %+v", f)
		errorIf(t, f.Code == "" || f.Hint == "" || f.Message == "", "fault %+v", f)
	}
	for field := range want {
		t.Errorf("no fault for a wrong %s", field)
	}
}
