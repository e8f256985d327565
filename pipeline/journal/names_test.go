package journal

import (
	"encoding/json"
	"fmt"
	"testing"
)

func TestNamesReadBack(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Statuses() {
		back, ok := ParseStatus(s.String())
		if !ok || back != s || seen[s.String()] {
			t.Errorf("status %d is %q, read back as %d, %v", s, s, back, ok)
		}
		seen[s.String()] = true
		text, err := json.Marshal(map[Status]Status{s: s})
		var again map[Status]Status
		if err != nil || string(text) != fmt.Sprintf(`{"%v":"%v"}`, s, s) || json.Unmarshal(text, &again) != nil || again[s] != s {
			t.Errorf("status %v is %s in JSON (%v), read back as %v", s, text, err, again)
		}
	}
	var s Status
	if text, err := Unsettled.MarshalText(); err != nil || string(text) != "" || s.UnmarshalText(text) == nil {
		t.Errorf("unsettled is %q, %v, and is no status to read", text, err)
	}
	if _, err := Status(9).MarshalText(); err == nil {
		t.Error("a number that is no status was written")
	}
	if err := s.UnmarshalText([]byte("Created")); err == nil {
		t.Error("a name that is no status was read")
	}
	for _, bad := range []string{"", "Created", "status(9)", "unsettled"} {
		if s, ok := ParseStatus(bad); ok {
			t.Errorf("%q read as %v", bad, s)
		}
	}
	for _, s := range []RunState{Running, Complete, Stopped, Interrupted} {
		if back, ok := ParseRunState(s.String()); !ok || back != s {
			t.Errorf("run state %d is %q, read back as %d, %v", s, s, back, ok)
		}
	}
}
