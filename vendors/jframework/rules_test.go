package jframework_test

import (
	"testing"

	"importer/mapping"
	"importer/vendors"
	"importer/vendors/jframework"
)

func account(t *testing.T, settings map[string]string) *vendors.Account {
	t.Helper()
	a, problems := jframework.Vendor().Bind(vendors.Binding{Settings: settings, Lookup: func(env string) (string, bool, error) {
		return "https://brand.example", env == "JFRAMEWORK_BRAND_URL", nil
	}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return a
}

func TestUsernames(t *testing.T) {
	a := account(t, nil)
	for name, ok := range map[string]bool{"jane.doe": true, "a-b_c.1": true, "jane@example.com": true, "jane": false, "jane doe": false, "zoë-zoë": false} {
		var c mapping.Customer
		c.SetText(mapping.Email, "j@example.com")
		c.SetText(mapping.Password, "x")
		c.SetText(mapping.Username, name)
		if _, faults := a.Prepare(&c); (len(faults) == 0) != ok {
			t.Errorf("%s: %v", name, faults)
		}
	}
}

func TestEmailRequiredIsASetting(t *testing.T) {
	var c mapping.Customer
	c.SetText(mapping.Username, "jane.doe")
	c.SetText(mapping.Password, "x")
	if _, faults := account(t, nil).Prepare(&c); len(faults) != 1 || faults[0].Field != "email" {
		t.Errorf("required: %v", faults)
	}
	a := account(t, map[string]string{"email_required": "false"})
	r, faults := a.Prepare(&c)
	if len(faults) > 0 || r.Identity != "jane.doe" || r.Repeat != vendors.RepeatRefused {
		t.Errorf("not required: %v, identity %q, repeat %s", faults, r.Identity, r.Repeat)
	}
	c.SetText(mapping.Username, "")
	if r, _ := a.Prepare(&c); r.Repeat != vendors.RepeatUnknown || r.Identity != "" {
		t.Errorf("a row with nothing unique: repeat %s", r.Repeat)
	}
}
