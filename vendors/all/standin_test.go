package all_test

import (
	"fmt"
	"maps"
	"net/http"
	"testing"
	"testing/synctest"

	"importer/mapping"
	"importer/vendors"
	"importer/vendors/all"
	"importer/vendors/sandbox"
)

// TestVendorsAgainstTheirStandIns sends every kind of request to the stand-in, which was written from the vendor's pages by itself: it is
// registered, a repeat is answered as the description says, and wrong credentials stop the run.
func TestVendorsAgainstTheirStandIns(t *testing.T) {
	for _, v := range all.Vendors() {
		standin, ok := all.Standin(v.Name)
		if !ok {
			t.Fatalf("%s has no stand-in", v.Name)
		}
		for _, shape := range append([]string{""}, standin.Shapes...) {
			for _, settings := range choices(v) {
				t.Run(fmt.Sprint(v.Name, " ", shape, settings), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) { meet(t, v, standin, shape, settings) })
				})
			}
		}
	}
}

// choices are the settings that make every operation in every encoding.
func choices(v *vendors.Vendor) []map[string]string {
	var all []map[string]string
	for _, o := range v.Operations {
		for _, e := range v.Encodings {
			settings := map[string]string{}
			if len(v.Operations) > 1 {
				settings["operation"] = o.Name
			}
			if len(v.Encodings) > 1 {
				settings["encoding"] = string(e)
			}
			all = append(all, settings)
		}
	}
	return all
}

func meet(t *testing.T, v *vendors.Vendor, standin sandbox.Standin, shape string, settings map[string]string) {
	box, err := sandbox.New([]sandbox.Standin{standin}, sandbox.Options{Shape: shape})
	if err != nil {
		t.Fatal(err)
	}
	network := box.Network()
	rt := vendors.NewTransport(vendors.TransportOptions{Dial: network.DialContext})
	defer func() {
		rt.CloseIdleConnections()
		network.Close()
		box.Close()
	}()
	maps.Copy(settings, standin.Settings())
	a := bind(t, v, settings, standin.Credentials())
	c := jane()
	for _, p := range a.Probes() {
		if fault, failed := p.Ask(t.Context(), a, rt, p.Key(&c)); fault != nil || failed != nil {
			t.Errorf("probe %s: %+v %+v", p.Name, fault, failed)
		}
	}
	r, faults := a.Prepare(&c)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	first := a.Send(t.Context(), rt, r)
	if first.Class != vendors.Accepted || first.Code != "created" {
		t.Fatalf("first: %+v", first)
	}
	again := a.Send(t.Context(), rt, r)
	want := map[vendors.Repeat]vendors.Class{vendors.RepeatRefused: vendors.Exists, vendors.RepeatHarmless: vendors.Accepted}
	if class, known := want[r.Repeat]; !known || again.Class != class {
		t.Errorf("a repeat that is %s: %+v", r.Repeat, again)
	}
	wrong := standin.Credentials()
	for name := range wrong {
		wrong[name] = "77777"
	}
	if got := send(t, bind(t, v, settings, wrong), rt, &c); got.Class != vendors.Fatal {
		t.Errorf("wrong credentials: %+v", got)
	}
}

func send(t *testing.T, a *vendors.Account, rt http.RoundTripper, c *mapping.Customer) vendors.Verdict {
	t.Helper()
	r, faults := a.Prepare(c)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return a.Send(t.Context(), rt, r)
}

func bind(t *testing.T, v *vendors.Vendor, settings, env map[string]string) *vendors.Account {
	t.Helper()
	a, problems := v.Bind(vendors.Binding{Settings: settings, BaseURL: sandbox.BaseURL(v.Name), Lookup: func(name string) (string, bool, error) {
		value, ok := env[name]
		return value, ok, nil
	}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return a
}

// jane carries everything that any of the vendors takes.
func jane() mapping.Customer {
	var c mapping.Customer
	for f, text := range map[mapping.Field]string{
		mapping.Email: "jane.new@example.com", mapping.FirstName: "Jane", mapping.LastName: "Doe", mapping.Username: "janedoe1990",
		mapping.Password: "Str0ng#Pass", mapping.Gender: "other", mapping.PostalCode: "12345", mapping.Country: "IE", mapping.Language: "en-IE",
		mapping.TermsAccepted: "true", mapping.Newsletter: "false", mapping.DisplayName: "Janey", mapping.Nickname: "jd", mapping.Salutation: "Ms",
		mapping.Title: "Dr", mapping.Organization: "Doe Ltd", mapping.LegacyID: "00042", mapping.ReferralCode: "REF2025XYZ", mapping.EmailBounced: "false",
		mapping.UserType: "member", mapping.Sponsor: "anna.sponsor", mapping.Subdomain: "janedoe", mapping.PlaceGenealogy: "true", mapping.Position: "LEFT",
		mapping.ProductID: "1", mapping.AddressFirstName: "Jane", mapping.AddressLastName: "Doe", mapping.AddressEmail: "jane.new@example.com",
		mapping.AddressLine: "12", mapping.AddressPremise: "Merrion Square", mapping.AddressLocality: "Dublin", mapping.AddressPostalCode: "12345",
		mapping.AddressCountry: "IE", mapping.AddressState: "L",
	} {
		c.SetText(f, text)
	}
	c.SetBirth(mapping.Date{Year: 1990, Month: 5, Day: 15})
	phone := mapping.PhoneParts{E164: "+353871112233", CountryCode: 353, National: "871112233", Region: "IE"}
	c.SetPhone(mapping.PhoneNumber, phone)
	c.SetPhone(mapping.AddressPhone, phone)
	c.AddMetadata(mapping.Pair{Name: "registration_date", Text: "12-11-2021"})
	return c
}
