package vendors_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"importer/vendors"
)

// TestWhereSettingsComeFrom: the environment beats the job file, which beats the default.
func TestWhereSettingsComeFrom(t *testing.T) {
	env := map[string]string{"TOY_KEY": " " + toyKey + "\n"}
	lookup := func(name string) (string, bool, error) { v, ok := env[name]; return v, ok, nil }
	a, problems := toy().Bind(vendors.Binding{Settings: map[string]string{"site": "from-job"}, Lookup: lookup})
	if len(problems) > 0 || a.Setting("site") != "from-job" || a.Setting("mode") != "plain" {
		t.Fatalf("%v", problems)
	}
	env["TOY_SITE"] = "from-env"
	a, problems = toy().Bind(vendors.Binding{Settings: map[string]string{"site": "from-job", "mode": "fancy"}, Lookup: lookup})
	if len(problems) > 0 || a.Setting("site") != "from-env" || a.Setting("mode") != "fancy" {
		t.Fatalf("%v", problems)
	}
	if got := a.ID(); got != "toy https://api.toy.example site=from-env" {
		t.Errorf("ID %q", got)
	}
	if a.Setting("key") != "" {
		t.Error("a secret can be read as a setting")
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	_, problems := toy().Bind(vendors.Binding{
		Settings: map[string]string{"mod": "x", "mode": "odd", "key": "in-the-job"}, BaseURL: "http://api.toy.example",
		Lookup: func(string) (string, bool, error) { return "", false, nil },
	})
	text := fmt.Sprintf("%+v", problems)
	for _, p := range problems {
		text += p.Detail()
	}
	for _, want := range []string{"did you mean mode", "mode must be one of plain, fancy", "key is a secret", "TOY_SITE is not set", "must begin with https://"} {
		if !strings.Contains(text, want) {
			t.Errorf("nothing says %q in %s", want, text)
		}
	}
	if len(problems) != 5 || strings.Contains(text, "in-the-job") {
		t.Errorf("%d problems: %s", len(problems), text)
	}
}

// TestOneFaultIsToldOnce: where the base URL is made of settings that are missing, they are the problem, not the URL.
func TestOneFaultIsToldOnce(t *testing.T) {
	v := toy()
	v.BaseURL = "https://{host}/api"
	v.Settings = append(v.Settings, vendors.Setting{Name: "host", Required: true})
	_, problems := v.Bind(vendors.Binding{Lookup: toyLookup})
	if len(problems) != 1 || problems[0].Setting != "host" {
		t.Errorf("%+v, want one problem, of host", problems)
	}
}

func TestUnreadableKeyFile(t *testing.T) {
	_, problems := toy().Bind(vendors.Binding{Settings: map[string]string{"site": "1"}, Lookup: func(env string) (string, bool, error) {
		return "", false, errors.New(env + "_FILE: /k is readable by others (mode 0644)")
	}})
	if len(problems) != 2 || !strings.Contains(problems[0].Message, "mode 0644") || problems[0].Fix == "" {
		t.Errorf("%+v", problems)
	}
}

func TestKeysThatCannotBeSent(t *testing.T) {
	for _, key := range []string{"a\nb", "a\x00b", "a\x7fb", "schlüssel"} {
		_, problems := toy().Bind(vendors.Binding{Settings: map[string]string{"site": "1"}, Lookup: func(env string) (string, bool, error) {
			return key, env == "TOY_KEY", nil
		}})
		if len(problems) != 1 || strings.Contains(fmt.Sprint(problems), key) {
			t.Errorf("key %q: %+v", key, problems)
		}
	}
}

// TestMissingSettings: who only checks is told what sending needs, and gets an account that maps and checks. What is wrong stays wrong.
func TestMissingSettings(t *testing.T) {
	t.Parallel()
	nothing := func(string) (string, bool, error) { return "", false, nil }
	for name, c := range map[string]struct {
		env     func(string) (string, bool, error)
		base    string
		missing string
		known   bool
	}{
		"all is there":           {toyLookup, "", "", true},
		"the key":                {func(env string) (string, bool, error) { return "s1", env == "TOY_SITE", nil }, "", "key", true},
		"what says the account":  {func(env string) (string, bool, error) { return toyKey, env == "TOY_KEY", nil }, "", "site", false},
		"all":                    {nothing, "", "key site", false},
		"what makes the address": {toyLookup, "https://{host}/api", "host", false},
	} {
		v := toy()
		if c.base != "" {
			v.BaseURL, v.Settings = c.base, append(v.Settings, vendors.Setting{Name: "host", Required: true, Example: "api.example.com"})
		}
		var missing []string
		a, problems := v.Bind(vendors.Binding{Lookup: c.env, Missing: func(s vendors.Setting) { missing = append(missing, s.Name) }})
		if len(problems) > 0 || strings.Join(missing, " ") != c.missing || a.Known() != c.known {
			t.Errorf("%s: missing %v, problems %v", name, missing, problems)
			continue
		}
		if again, _ := v.Bind(vendors.Binding{Lookup: c.env}); (again != nil) != (c.missing == "") {
			t.Errorf("%s: without Missing it is no problem", name)
		} else if again != nil && again.ID() != a.ID() {
			t.Errorf("%s: the account is %s, and %s in a check", name, again, a)
		}
		if !c.known && !strings.HasSuffix(a.ID(), " unknown") {
			t.Errorf("%s: the ID %q may be that of an account", name, a.ID())
		}
	}
	_, problems := toy().Bind(vendors.Binding{Lookup: nothing, Settings: map[string]string{"mode": "odd"}, Missing: func(vendors.Setting) {}})
	if len(problems) != 1 || problems[0].Setting != "mode" {
		t.Errorf("%+v, want one problem, of mode", problems)
	}
}

// TestMissingBetweenSettings: a rule between settings that one without a value breaks is a missing setting, too.
func TestMissingBetweenSettings(t *testing.T) {
	t.Parallel()
	v := toy()
	v.Settings = append(v.Settings, vendors.Setting{Name: "page", Tenant: true, Example: "front"})
	v.Check = func(get func(string) string) []vendors.Problem {
		if get("page") == "" || get("page") == "back" {
			return []vendors.Problem{vendors.NewProblem("page", "page is needed", "")}
		}
		return nil
	}
	var missing []string
	note := func(s vendors.Setting) { missing = append(missing, s.Name) }
	a, problems := v.Bind(vendors.Binding{Lookup: toyLookup, Missing: note})
	if len(problems) > 0 || strings.Join(missing, " ") != "page" || a.Known() || a.Setting("page") != "front" {
		t.Errorf("missing %v, problems %v", missing, problems)
	}
	if _, problems := v.Bind(vendors.Binding{Lookup: toyLookup, Settings: map[string]string{"page": "back"}, Missing: note}); len(problems) != 1 {
		t.Errorf("%+v, want the problem of a value that is wrong", problems)
	}
}
