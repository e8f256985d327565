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
