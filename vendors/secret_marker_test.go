package vendors_test

import (
	"testing"

	"importer/mapping"
	"importer/vendors"
)

// TestNobodyGetsTheMarkOfASecret: the mark of a failed file is found in every field, also inside a longer text and under wire:.
func TestNobodyGetsTheMarkOfASecret(t *testing.T) {
	t.Parallel()
	v := toy()
	v.Fields = append(v.Fields,
		vendors.WireField{Name: "pass", From: mapping.Password},
		vendors.WireField{Name: "pass_again", From: mapping.Password},
	)
	a, problems := v.Bind(vendors.Binding{Lookup: toyLookup, Now: noon, Nonce: "test"})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, test := range []struct {
		name, password, wire string
		want                 []string
	}{
		{"a password", "Harbour!2301", "x", nil},
		{"the mark", vendors.SecretMarker, "x", []string{"password"}},
		{"made of the mark", "x" + vendors.SecretMarker, "x", []string{"password"}},
		{"under wire:", "Harbour!2301", vendors.SecretMarker, []string{"pin"}},
		{"both", vendors.SecretMarker, vendors.SecretMarker, []string{"password", "pin"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var c mapping.Customer
			c.SetText(mapping.Email, "jane@example.com")
			c.SetText(mapping.Password, test.password)
			c.AddWire(mapping.Pair{Name: "pin", Text: test.wire})
			_, faults := a.Prepare(&c)
			if len(faults) != len(test.want) {
				t.Fatalf("faults %v, want them of %v", faults, test.want)
			}
			for i, f := range faults {
				if f.Code != "secret_left_out" || f.Field != test.want[i] || f.Hint == "" || f.Shown != "" {
					t.Errorf("fault %+v, want secret_left_out of %s with a hint and nothing shown", f, test.want[i])
				}
			}
		})
	}
}
