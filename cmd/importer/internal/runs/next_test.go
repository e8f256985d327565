package runs

import (
	"strings"
	"testing"
)

func TestQuoted(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{"a/b.csv": "a/b.csv", "my list.csv": "'my list.csv'", "it's": `'it'\''s'`, "": "''", "$HOME": "'$HOME'"} {
		if got := quoted(word); got != want {
			t.Errorf("%q is %s, want %s", word, got, want)
		}
	}
}

// TestTrialOptions: what a person may have said only because nothing was at stake is a list that somebody has thought about.
func TestTrialOptions(t *testing.T) {
	t.Parallel()
	var trial []string
	for _, o := range AllOptions() {
		if o.Trial {
			trial = append(trial, o.Name)
		}
		if o.Group == Sandbox && !o.Trial {
			t.Errorf("--%s is of the sandbox, and would be carried to the vendor", o.Name)
		}
	}
	want := "sandbox rate workers timeout in-doubt sandbox-state sandbox-fault sandbox-latency sandbox-rate"
	if got := strings.Join(trial, " "); got != want {
		t.Errorf("trial options are\n%s, want\n%s", got, want)
	}
	kept := withoutTrial(map[string]string{"rate": "none", "where": "x", "max-errors": "5", "sandbox": "true"})
	if len(kept) != 2 || kept["where"] != "x" || kept["max-errors"] != "5" {
		t.Errorf("kept %v", kept)
	}
}

func TestFieldOf(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"phone_already_registered": "phone", "email_invalid": "email", "birth_date_refused": "birth_date", "username_already_taken": "username", "ragged_row": "", "": "", "_": "",
	} {
		if got := fieldOf(code); got != want {
			t.Errorf("%s is about %q, want %q", code, got, want)
		}
	}
}
