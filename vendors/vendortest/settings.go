package vendortest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"importer/vendors"
)

// testSettings asks whether everything that is missing or wrong is reported at once, and whether the account's ID differs by tenant and holds no key.
func testSettings(t *testing.T, v *vendors.Vendor) {
	_, problems := v.Bind(vendors.Binding{})
	for _, s := range v.Settings {
		errorIf(t, s.Required && s.Default == "" && !hasProblem(problems, s.Name), "nothing is said about the missing setting %s", s.Name)
	}
	for _, p := range problems {
		notEmpty(t, "problem of "+p.Setting, map[string]string{"message": p.Message, "hint": p.Fix})
	}
	settings := examples(v, map[string]string{"no such setting": "x"})
	for _, s := range v.Settings {
		if s.Secret {
			settings[s.Name] = canary("job")
		}
	}
	_, problems = v.Bind(vendors.Binding{Settings: settings, Lookup: func(string) (string, bool, error) { return "", false, errors.New("mode 0644") }})
	for _, s := range v.Settings {
		errorIf(t, s.Secret && !hasProblem(problems, s.Name), "the secret %s was taken from the job file", s.Name)
	}
	errorIf(t, !hasProblem(problems, "no such setting") || strings.Contains(fmt.Sprint(problems), canary("job")), "problems: %v", problems)
	plainHTTP(t, v)
	accountID(t, v)
}

func hasProblem(problems []vendors.Problem, setting string) bool {
	return slices.ContainsFunc(problems, func(p vendors.Problem) bool { return p.Setting == setting })
}

func plainHTTP(t *testing.T, v *vendors.Vendor) {
	for base, ok := range map[string]bool{
		"http://127.0.0.1:8080/x/": true, "http://localhost": true, "http://[::1]:9": true, "https://api.example.com/v1": true,
		"http://api.example.com": false, "ftp://127.0.0.1": false, "https://user:pw@api.example.com": false, "https://": false, "::": false,
		"http://localhost.example.com": false,
	} {
		a, problems := v.Bind(vendors.Binding{Settings: examples(v, nil), Lookup: secretsOf(v), BaseURL: base})
		errorIf(t, (len(problems) == 0) != ok, "base URL %s: problems %v", base, problems)
		if ok && len(problems) == 0 && !strings.HasPrefix(a.URL(), strings.TrimRight(base, "/")+"/") {
			t.Errorf("base URL %s gives %s", base, a.URL())
		}
	}
	if _, problems := v.Bind(vendors.Binding{Settings: examples(v, nil), Lookup: secretsOf(v), BaseURL: "http://sandbox", Nonce: "n"}); len(problems) > 0 {
		t.Errorf("a sandbox of its own may speak plain http: %v", problems)
	}
}

func accountID(t *testing.T, v *vendors.Vendor) {
	id := bind(t, v, nil).ID()
	errorIf(t, !strings.HasPrefix(id, v.Name+" https://") || strings.Contains(id, "canary"), "ID %q", id)
	for _, s := range v.Settings {
		if !s.Tenant || s.Example == "" || s.Check != nil {
			continue
		}
		if other := bind(t, v, map[string]string{s.Name: s.Example + "-2"}).ID(); other == id {
			t.Errorf("another %s is the same account %q", s.Name, id)
		}
	}
	other, _ := v.Bind(vendors.Binding{Settings: examples(v, nil), Lookup: secretsOf(v), Nonce: "n"})
	errorIf(t, other.ID() == id, "a nonce makes no account of its own")
}
