package vendors_test

import (
	"testing"

	"importer/vendors"
)

// TestAccountIsNoText writes one base URL in many ways, and wants one account.
func TestAccountIsNoText(t *testing.T) {
	t.Parallel()
	want := toyAccount(t, "https://api.vendor.example/v1").ID()
	for _, text := range []string{
		"https://api.vendor.example/v1/", "https://API.Vendor.Example/v1", "HTTPS://api.vendor.example/v1", "https://api.vendor.example:443/v1", "https://api.vendor.example:0443/v1",
		"https://api.vendor.example./v1", "https://api.vendor.example:/v1", "https://api.vendor.example/./v1", "https://api.vendor.example/x/../v1", "https://api.vendor.example/%76%31",
		"https://api.vendor.example//v1//",
	} {
		if got := toyAccount(t, text).ID(); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"https://api.vendor.example/V1", "https://api.vendor.example:444/v1", "https://api.vendor.example", "https://www.vendor.example/v1", "https://api.vendor.example/v1/a"} {
		if got := toyAccount(t, text).ID(); got == want {
			t.Errorf("%s is the same account", text)
		}
	}
}

func TestCanonicalID(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"distinct https://API.distinct.so:443/ experienceValue=A%20b": "distinct https://api.distinct.so experienceValue=A%20b",
		"thanx https://api.thanx.com":                                 "thanx https://api.thanx.com",
		"thanx http://127.0.0.1:08080/x/":                             "thanx http://127.0.0.1:8080/x",
		"thanx http://[::0001]:80":                                    "thanx http://[::1]",
		"thanx https://münchen.example unknown":                       "thanx https://xn--mnchen-3ya.example unknown",
		"toy":                                                         "toy", "": "", "toy %zz": "toy %zz",
	} {
		if got := vendors.CanonicalID(id); got != want {
			t.Errorf("%q: %q, want %q", id, got, want)
		}
		if again := vendors.CanonicalID(want); again != want {
			t.Errorf("%q becomes %q", want, again)
		}
	}
}
