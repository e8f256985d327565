package distinct_test

import (
	"strings"
	"testing"

	"importer/mapping"
	"importer/vendors"
	"importer/vendors/distinct"
)

func bind(settings map[string]string) (*vendors.Account, []vendors.Problem) {
	return distinct.Vendor().Bind(vendors.Binding{Settings: settings, Lookup: func(string) (string, bool, error) { return "k", true, nil }})
}

func jane() mapping.Customer {
	var c mapping.Customer
	for f, text := range map[mapping.Field]string{
		mapping.Email: "jane@example.com", mapping.FirstName: "Jane", mapping.TermsAccepted: "true", mapping.Language: "en-IE",
	} {
		c.SetText(f, text)
	}
	c.SetBirth(mapping.Date{Year: 1990, Month: 5, Day: 15})
	return c
}

func TestRegistrationPage(t *testing.T) {
	for _, c := range []struct {
		id, page string
		sent     string // "" = settings are refused
		alsoID   bool
	}{
		{"mk1", "", "external-vendor-registration", true},
		{"mk1", "external-vendor-registration", "external-vendor-registration", true},
		{"", "my-page", "my-page", false},
		{"mk1", "my-page", "", false},
		{"", "external-vendor-registration", "", false},
		{"", "", "", false},
	} {
		a, problems := bind(map[string]string{"experienceValue": "e", "externalVendorId": c.id, "registrationPageValue": c.page})
		if (len(problems) == 0) != (c.sent != "") {
			t.Errorf("%+v: %v", c, problems)
			continue
		}
		if c.sent == "" {
			continue
		}
		row := jane()
		r, faults := a.Prepare(&row)
		if len(faults) > 0 || !strings.Contains(r.Content(), `"registrationPageValue":"`+c.sent+`"`) || strings.Contains(r.Content(), `"externalVendorId"`) != c.alsoID {
			t.Errorf("%+v: %v %s", c, faults, r.Content())
		}
	}
}

func TestPhoneAllOrNoneAndRepeat(t *testing.T) {
	a, problems := bind(map[string]string{"experienceValue": "e", "externalVendorId": "mk1"})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	row := jane()
	r, _ := a.Prepare(&row)
	if strings.Contains(r.Content(), "phone") || r.Repeat != vendors.RepeatUnknown || strings.Contains(r.Content(), "null") || strings.Contains(r.Content(), `""`) {
		t.Errorf("without a phone: %s, repeat %s", r.Content(), r.Repeat)
	}
	row.SetPhone(mapping.PhoneNumber, mapping.PhoneParts{E164: "+353861234567", CountryCode: 353, National: "861234567", Region: "IE"})
	r, _ = a.Prepare(&row)
	if !strings.Contains(r.Content(), `"phoneNumber":"861234567","phoneCountryCode":"+353","phoneCountryName":"ie"`) || r.Repeat != vendors.RepeatRefused {
		t.Errorf("with a phone: %s, repeat %s", r.Content(), r.Repeat)
	}
	row.SetPhone(mapping.PhoneNumber, mapping.PhoneParts{E164: "+80012345678", CountryCode: 800, National: "12345678", Region: "001"})
	if _, faults := a.Prepare(&row); len(faults) != 1 || faults[0].Field != "phone" {
		t.Errorf("a number of no country: %v", faults)
	}
}

func TestIdentity(t *testing.T) {
	a, _ := bind(map[string]string{"experienceValue": "e", "externalVendorId": "mk1"})
	row := jane()
	row.SetText(mapping.Email, "Jane@Example.com")
	if r, _ := a.Prepare(&row); r.Identity != "jane@example.com" || r.Key != "J***@Example.com" {
		t.Errorf("identity %q, key %q", r.Identity, r.Key)
	}
	if !a.Uses(mapping.PhoneNumber) || a.Uses(mapping.Password) || a.Uses(mapping.NoField) {
		t.Error("Uses is wrong")
	}
	if !a.Requires(mapping.BirthDate) || a.Requires(mapping.Newsletter) || a.Requires(mapping.PhoneNumber) {
		t.Error("Requires is wrong")
	}
}
