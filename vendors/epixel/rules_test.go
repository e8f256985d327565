package epixel_test

import (
	"strings"
	"testing"

	"importer/mapping"
	"importer/vendors"
)

// faultsOf prepares a customer who is right but for one field.
func faultsOf(t *testing.T, a *vendors.Account, f mapping.Field, text string) []mapping.Fault {
	t.Helper()
	var c mapping.Customer
	for field, value := range map[mapping.Field]string{
		mapping.Email: "j@example.com", mapping.FirstName: "Jane", mapping.LastName: "Doe", mapping.Username: "jane.doe", mapping.Password: "x",
		mapping.Country: "IE", mapping.TermsAccepted: "true", mapping.UserType: "customer",
	} {
		c.SetText(field, value)
	}
	c.SetPhone(mapping.PhoneNumber, mapping.PhoneParts{E164: "+353861234567", CountryCode: 353, National: "861234567", Region: "IE"})
	c.SetText(f, text)
	_, faults := a.Prepare(&c)
	return faults
}

func TestUsernames(t *testing.T) {
	a := account(t, nil)
	for name, ok := range map[string]bool{
		"jane.doe": true, "abcde": true, "a.b_c": true, "J4N3D": true, strings.Repeat("a", 250): true, ".abcd": true,
		"abcd": false, strings.Repeat("a", 251): false, "jane..doe": false, "jane__doe": false, "jane._doe": false, "jane_.doe": false, "jane-doe": false,
		"jane doe": false, "janedoé": false, "jane@doe": false,
	} {
		if faults := faultsOf(t, a, mapping.Username, name); (len(faults) == 0) != ok {
			t.Errorf("%q: %v", name, faults)
		}
	}
}

func TestMembersNeedSponsorAndSubdomain(t *testing.T) {
	a := account(t, nil)
	if faults := faultsOf(t, a, mapping.UserType, "customer"); len(faults) != 0 {
		t.Errorf("a customer: %v", faults)
	}
	faults := faultsOf(t, a, mapping.UserType, "Member")
	if len(faults) != 2 || faults[0].Field != "sponsor" || faults[1].Field != "subdomain" || !strings.Contains(faults[0].Message, "user_type is member") {
		t.Errorf("a member: %v", faults)
	}
	for word, ok := range map[string]bool{"customer": true, "CUSTOMER": true, "distributor": false} {
		if faults := faultsOf(t, a, mapping.UserType, word); (len(faults) == 0) != ok {
			t.Errorf("user type %s: %v", word, faults)
		}
	}
}

func TestNameRuleIsASetting(t *testing.T) {
	off, letters := account(t, nil), account(t, map[string]string{"name_rule": "letters"})
	for name, ok := range map[string]bool{"Zoë": true, "李": true, "O'Brien": false, "Anne-Marie": false, "Jo 2": false} {
		if faults := faultsOf(t, off, mapping.LastName, name); len(faults) != 0 {
			t.Errorf("off, %q: %v", name, faults)
		}
		if faults := faultsOf(t, letters, mapping.LastName, name); (len(faults) == 0) != ok {
			t.Errorf("letters, %q: %v", name, faults)
		}
	}
}

func TestFormatsAreSettings(t *testing.T) {
	a := account(t, map[string]string{"phone_format": "national", "country_format": "alpha2_lower"})
	var c mapping.Customer
	c.SetText(mapping.Country, "IE")
	c.SetPhone(mapping.PhoneNumber, mapping.PhoneParts{E164: "+353861234567", CountryCode: 353, National: "861234567", Region: "IE"})
	for f, text := range map[mapping.Field]string{
		mapping.Email: "j@example.com", mapping.FirstName: "Jane", mapping.LastName: "Doe", mapping.Username: "jane.doe", mapping.Password: "x",
		mapping.TermsAccepted: "false", mapping.UserType: "customer", mapping.PlaceGenealogy: "1", mapping.Position: "left",
	} {
		c.SetText(f, text)
	}
	r, faults := a.Prepare(&c)
	want := `{"country_code":"ie","first_name":"Jane","last_name":"Doe","username":"jane.doe","password":"x","agree_terms":"0","user_type":"customer",` +
		`"email":"j@example.com","phone_number":"861234567","place_genealogy":"1","position":"LEFT"}`
	if len(faults) > 0 || r.Content() != want {
		t.Errorf("%v\n%s\n%s", faults, r.Content(), want)
	}
}
