package vendortest

import (
	"strings"
	"testing"

	"importer/mapping"
	"importer/vendors"
)

// customer is a named row of the golden requests.
type customer struct {
	name string
	mapping.Customer
}

// customers are the rows whose requests are kept as golden files.
func customers(t *testing.T, a *vendors.Account) []customer {
	noPhone := fullCustomer()
	noPhone.SetPhone(mapping.PhoneNumber, mapping.PhoneParts{})
	all := []customer{
		{"minimal", minimalCustomer(t, a)},
		{"full", fullCustomer()},
		{"unicode", unicodeCustomer()},
		{"wire", wireCustomer(t, a)},
	}
	if _, faults := a.Prepare(&noPhone); len(faults) == 0 {
		all = append(all, customer{"no-phone", noPhone})
	}
	return all
}

// fullCustomer carries every standard field.
func fullCustomer() mapping.Customer {
	var c mapping.Customer
	for f, text := range map[mapping.Field]string{
		mapping.Email: "jane.canary@example.com", mapping.FirstName: "Jane", mapping.LastName: "Canary-Doe", mapping.Username: "jane_doe_1990",
		mapping.Password: "Canary#Pass1word", mapping.Gender: "other", mapping.PostalCode: "D02 X285", mapping.Country: "IE", mapping.Language: "en-IE",
		mapping.TermsAccepted: "true", mapping.Newsletter: "false", mapping.DisplayName: "Janey", mapping.Nickname: "jd", mapping.Salutation: "Ms",
		mapping.Title: "Dr", mapping.Organization: "Doe Ltd", mapping.LegacyID: "00042", mapping.ReferralCode: "REF2025XYZ", mapping.EmailBounced: "false",
		mapping.UserType: "member", mapping.Sponsor: "anna.sponsor", mapping.Subdomain: "janedoe", mapping.PlaceGenealogy: "true",
		mapping.Position: "LEFT", mapping.ProductID: "17", mapping.AddressFirstName: "Jane", mapping.AddressLastName: "Canary-Doe",
		mapping.AddressEmail: "jane.canary@example.com", mapping.AddressLine: "12", mapping.AddressPremise: "Merrion Square",
		mapping.AddressLocality: "Dublin", mapping.AddressPostalCode: "D02 X285", mapping.AddressCountry: "IE", mapping.AddressState: "L",
	} {
		c.SetText(f, text)
	}
	c.SetBirth(mapping.Date{Year: 1990, Month: 5, Day: 15})
	phone := mapping.PhoneParts{E164: "+353861234567", CountryCode: 353, National: "861234567", Region: "IE"}
	c.SetPhone(mapping.PhoneNumber, phone)
	c.SetPhone(mapping.AddressPhone, phone)
	c.AddMetadata(mapping.Pair{Name: "registration_date", Text: "12-11-2021"})
	c.AddMetadata(mapping.Pair{Name: "visits", Text: "12", Kind: mapping.PairNumber})
	c.AddMetadata(mapping.Pair{Name: "vip", Text: "true", Kind: mapping.PairBool})
	return c
}

// unicodeCustomer has names that need escaping in every encoding.
func unicodeCustomer() mapping.Customer {
	c := fullCustomer()
	c.SetText(mapping.Email, "zoë@xn--mnchen-3ya.de")
	c.SetText(mapping.FirstName, `Zoë "Ω" 李`)
	c.SetText(mapping.LastName, "O’Brien & Søn=1\\2 😀")
	c.SetText(mapping.DisplayName, "<b>\u2028--importer-form-0")
	c.SetText(mapping.AddressFirstName, "importer-form-0 Žofie")
	c.SetText(mapping.AddressPremise, "Çınar Sokağı 5 + 7%")
	return c
}

// minimalCustomer carries only what the vendor requires.
func minimalCustomer(t testing.TB, a *vendors.Account) mapping.Customer {
	t.Helper()
	full := fullCustomer()
	full.SetText(mapping.UserType, "customer")
	var c mapping.Customer
	for range 40 {
		_, faults := a.Prepare(&c)
		if len(faults) == 0 {
			return c
		}
		for _, f := range faults {
			field, ok := mapping.ParseField(f.Field)
			if f.Code != "missing_required_field" || !ok {
				t.Fatalf("a customer with what is required has the fault %+v", f)
			}
			copyField(&c, &full, field)
		}
	}
	t.Fatal("what is required never ends")
	return c
}

// copyField gives a customer another one's value of a field, which may be none.
func copyField(to, from *mapping.Customer, f mapping.Field) {
	switch f {
	case mapping.BirthDate:
		to.SetBirth(from.Birth())
	case mapping.PhoneNumber, mapping.AddressPhone:
		to.SetPhone(f, from.Phone(f))
	default:
		to.SetText(f, from.Text(f))
	}
}

// wireCustomer sets one member that the vendor describes and three that it does not.
func wireCustomer(t testing.TB, a *vendors.Account) mapping.Customer {
	c := minimalCustomer(t, a)
	described := a.Vendor().Fields[0].Name
	c.AddWire(mapping.Pair{Name: described, Text: "from wire"})
	c.AddWire(mapping.Pair{Name: "brandNew", Text: "once"})
	c.AddWire(mapping.Pair{Name: "aNumber", Text: "12.50", Kind: mapping.PairNumber})
	c.AddWire(mapping.Pair{Name: "aFlag", Text: "true", Kind: mapping.PairBool})
	c.AddWire(mapping.Pair{Name: "brandNew", Text: strings.Repeat("twice ", 2)})
	return c
}
