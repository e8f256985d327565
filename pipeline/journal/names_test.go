package journal

import (
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
