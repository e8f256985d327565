package vendortest

import (
	"flag"
	"maps"
	"testing"
	"time"

	"importer/vendors"
)

var update = flag.Bool("update", false, "write the golden requests")

// Run checks a vendor against its contract: its description is complete, documented answers are judged as their transcripts say, requests are as
// their golden files say, and no secret is in any text. It reads testdata of the package under test.
func Run(t *testing.T, v *vendors.Vendor) {
	t.Run("description", func(t *testing.T) { testDescription(t, v) })
	t.Run("settings", func(t *testing.T) { testSettings(t, v) })
	t.Run("answers", func(t *testing.T) { testAnswers(t, v) })
	t.Run("requests", func(t *testing.T) { testRequests(t, v) })
	t.Run("unique", func(t *testing.T) { testUnique(t, v) })
	t.Run("faults", func(t *testing.T) { testFaults(t, v) })
	t.Run("shapes", func(t *testing.T) { testShapes(t, v) })
	t.Run("secrets", func(t *testing.T) { testSecrets(t, v) })
}

// errorIf reports an error where something is as it must not be.
func errorIf(t testing.TB, wrong bool, format string, args ...any) {
	t.Helper()
	if wrong {
		t.Errorf(format, args...)
	}
}

// canary is the value of a secret setting: nothing else looks like it.
func canary(setting string) string { return "canary." + setting + ".7c2e" }

// instant is what the clock says in these tests.
func instant() time.Time { return time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC) }

// examples are settings as a person would write them: the example of each that has one, and the given ones.
func examples(v *vendors.Vendor, more map[string]string) map[string]string {
	settings := map[string]string{}
	for _, s := range v.Settings {
		if s.Example != "" {
			settings[s.Name] = s.Example
		}
	}
	maps.Copy(settings, more)
	return settings
}

// secretsOf looks secrets up: every secret of the vendor has its canary.
func secretsOf(v *vendors.Vendor) func(env string) (string, bool, error) {
	return func(env string) (string, bool, error) {
		for _, s := range v.Settings {
			if s.Secret && s.Env == env {
				return canary(s.Name), true, nil
			}
		}
		return "", false, nil
	}
}

// bind makes an account from example settings.
func bind(t testing.TB, v *vendors.Vendor, more map[string]string) *vendors.Account {
	t.Helper()
	a, problems := v.Bind(vendors.Binding{Settings: examples(v, more), Lookup: secretsOf(v), Now: instant})
	if len(problems) > 0 {
		t.Fatalf("example settings do not bind: %v", problems)
	}
	return a
}
