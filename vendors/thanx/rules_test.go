package thanx_test

import (
	"testing"

	"importer/mapping"
	"importer/vendors"
	"importer/vendors/thanx"
)

func bind(t *testing.T, settings map[string]string, client string) *vendors.Account {
	t.Helper()
	a, problems := thanx.Vendor().Bind(vendors.Binding{Settings: settings, Lookup: func(env string) (string, bool, error) { return client, env == "THANX_CLIENT_ID", nil }})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return a
}

func TestEmailOnly(t *testing.T) {
	a := bind(t, nil, "c")
	var c mapping.Customer
	c.SetText(mapping.Email, "j@example.com")
	r, faults := a.Prepare(&c)
	if want := `{"user":{"email":"j@example.com"}}`; len(faults) > 0 || r.Content() != want || r.Repeat != vendors.RepeatHarmless {
		t.Errorf("%v %s, repeat %s", faults, r.Content(), r.Repeat)
	}
	for _, f := range []mapping.Field{mapping.PostalCode, mapping.Gender, mapping.FirstName} {
		more := c
		more.SetText(f, "other")
		if _, faults := a.Prepare(&more); len(faults) == 0 {
			t.Errorf("with %s and without both names: no fault", f)
		}
	}
	more := bind(t, map[string]string{"signup_program_id": "p1"}, "c")
	r, faults = more.Prepare(&c)
	if want := `{"user":{"email":"j@example.com","signup_program_id":"p1"}}`; len(faults) > 0 || r.Content() != want {
		t.Errorf("%v %s", faults, r.Content())
	}
}

func TestClientsAreAccounts(t *testing.T) {
	one, two := bind(t, nil, "client-one"), bind(t, nil, "client-two")
	if one.ID() == two.ID() || one.ID() != bind(t, nil, "client-one").ID() {
		t.Errorf("%q and %q", one.ID(), two.ID())
	}
}
