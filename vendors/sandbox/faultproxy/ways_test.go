package faultproxy_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"importer/vendors"
	"importer/vendors/all"
	"importer/vendors/sandbox"
)

// way is one way to register with a vendor.
type way struct {
	name, vendor string
	settings     map[string]string // beside the stand-in's own
	shape        string            // of the stand-in's answers; "" is the vendor's default
	headers      int               // lines of a request's headers
	nameless     bool              // the vendor gives no id
}

// ways are all ways to register with all vendors.
func ways() []way {
	epixel := func(operation, encoding string) way {
		return way{name: "epixel, " + operation + ", " + encoding, vendor: "epixel", headers: 8, settings: map[string]string{"operation": operation, "encoding": encoding}}
	}
	return []way{
		{name: "distinct", vendor: "distinct", headers: 7, nameless: true},
		epixel("signup", "multipart"), epixel("signup", "urlencoded"), epixel("signup", "json"),
		epixel("signup-package", "multipart"), epixel("signup-package", "urlencoded"), epixel("signup-package", "json"),
		{name: "jframework", vendor: "jframework", headers: 7},
		{name: "jframework, bare id", vendor: "jframework", headers: 7, shape: "id"},
		{name: "thanx", vendor: "thanx", headers: 9},
		{name: "pelcro", vendor: "pelcro", headers: 6},
	}
}

// wayTo is the first way to register with a vendor.
func wayTo(vendor string) way {
	every := ways()
	return every[slices.IndexFunc(every, func(w way) bool { return w.vendor == vendor })]
}

// vendorsOnce are the first ways to register with each vendor.
func vendorsOnce() []way {
	var list []way
	for _, v := range all.Vendors() {
		list = append(list, wayTo(v.Name))
	}
	return list
}

// bind is the account of a way.
func (w way) bind(t testing.TB, s sandbox.Standin, base string) *vendors.Account {
	t.Helper()
	settings, credentials := s.Settings(), s.Credentials()
	maps.Copy(settings, w.settings)
	vendor, ok := all.Find(w.vendor)
	if !ok {
		t.Fatalf("no vendor %s", w.vendor)
	}
	account, problems := vendor.Bind(vendors.Binding{
		Settings: settings, BaseURL: base, Nonce: "bench",
		Lookup: func(env string) (string, bool, error) { v, ok := credentials[env]; return v, ok, nil },
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return account
}

// TestWays: every vendor, and every operation and encoding of it, is among the ways.
func TestWays(t *testing.T) {
	have := map[string]bool{}
	for _, w := range ways() {
		s, _ := all.Standin(w.vendor)
		a := w.bind(t, s, sandbox.BaseURL(w.vendor))
		have[strings.Join([]string{w.vendor, a.Operation().Name, w.settings["encoding"]}, " ")] = true
	}
	for _, v := range all.Vendors() {
		for _, o := range v.Operations {
			for _, e := range v.Encodings {
				encoding := string(e)
				if len(v.Encodings) == 1 {
					encoding = ""
				}
				if key := strings.Join([]string{v.Name, o.Name, encoding}, " "); !have[key] {
					t.Errorf("%s is not tried", key)
				}
			}
		}
	}
}
