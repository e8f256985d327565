package pelcro_test

import (
	"strings"
	"testing"

	"importer/mapping"
	"importer/vendors"
	"importer/vendors/pelcro"
)

func account(t *testing.T, settings map[string]string) *vendors.Account {
	t.Helper()
	a, problems := pelcro.Vendor().Bind(vendors.Binding{Settings: settings, Lookup: func(env string) (string, bool, error) { return "12", env == "PELCRO_SITE_ID", nil }})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return a
}

func faultsOf(a *vendors.Account, f mapping.Field, text string) []mapping.Fault {
	var c mapping.Customer
	c.SetText(mapping.Email, "j@example.com")
	c.SetText(mapping.Password, "Abcdef1!")
	c.SetText(f, text)
	_, faults := a.Prepare(&c)
	return faults
}

func TestPasswordRule(t *testing.T) {
	strong, basic := account(t, nil), account(t, map[string]string{"password_rule": "basic"})
	for password, want := range map[string][2]bool{
		"Abcdef1!": {true, true}, "Ab1!" + strings.Repeat("x", 26): {true, true}, "Ab1!" + strings.Repeat("x", 27): {false, true},
		"Abcde1!": {false, true}, "abcdef1!": {false, true}, "ABCDEF1!": {false, true}, "Abcdefg!": {false, true}, "Abcdefg1": {false, true},
		"abcdef": {false, true}, "abcde": {false, false}, "Ébcdéf1€": {true, true},
	} {
		for i, a := range []*vendors.Account{strong, basic} {
			faults := faultsOf(a, mapping.Password, password)
			if (len(faults) == 0) != want[i] {
				t.Errorf("%s, password %q: %v", []string{"strong", "basic"}[i], password, faults)
			}
			if len(faults) > 0 && (faults[0].Shown != "" || strings.Contains(faults[0].Message, password)) {
				t.Errorf("the fault shows the password: %+v", faults[0])
			}
		}
	}
}

func TestLanguageAndUsername(t *testing.T) {
	a := account(t, nil)
	for language, ok := range map[string]bool{"en": true, "en-IE": true, "PT-br": true, "gsw": false, "gsw-CH": false} {
		if faults := faultsOf(a, mapping.Language, language); (len(faults) == 0) != ok {
			t.Errorf("language %s: %v", language, faults)
		}
	}
	for name, ok := range map[string]bool{"a": true, "jane-doe_1": true, "jane.doe": false, "jane doe": false, "zoë": false} {
		if faults := faultsOf(a, mapping.Username, name); (len(faults) == 0) != ok {
			t.Errorf("username %s: %v", name, faults)
		}
	}
}

func TestSite(t *testing.T) {
	for site, ok := range map[string]bool{"1": true, "2147483647": true, "0": false, "-1": false, "2147483648": false, "x": false, "1&a=b": false} {
		a, problems := pelcro.Vendor().Bind(vendors.Binding{Settings: map[string]string{"site_id": site}})
		if (len(problems) == 0) != ok {
			t.Errorf("site %s: %v", site, problems)
		}
		if ok && !strings.HasSuffix(a.URL(), "/api/v1/sdk/auth/register?site_id="+site) {
			t.Errorf("site %s: %s", site, a.URL())
		}
	}
}
