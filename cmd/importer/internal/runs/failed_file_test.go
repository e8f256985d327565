package runs

import (
	"maps"
	"testing"

	"importer/reports"
	"importer/vendors"
)

// TestOneMark: what failed files hold in place of a secret is what no vendor is ever sent. Neither package knows the other.
func TestOneMark(t *testing.T) {
	t.Parallel()
	if reports.SecretMarker != vendors.SecretMarker {
		t.Errorf("failed files hold %q, requests are held back for %q", reports.SecretMarker, vendors.SecretMarker)
	}
}

// TestTakenLinks: which lines of a failed file come from a row that an earlier line comes from, and how many are remembered.
func TestTakenLinks(t *testing.T) {
	t.Parallel()
	var taken takenLinks
	taken.add(1, rowName{"n1", 7})
	taken.add(2, rowName{"n2", 7})
	taken.add(3, rowName{"n1", 8})
	if len(taken.again) != 0 {
		t.Errorf("rows of their own are %v", taken.again)
	}
	taken.add(4, rowName{"n1", 7})
	taken.add(5, rowName{"n1", 7})
	if want := map[int64]rowName{4: {"n1", 7}, 5: {"n1", 7}}; !maps.Equal(taken.again, want) {
		t.Errorf("%v, want %v", taken.again, want)
	}
	for row := range int64(100) {
		taken.add(10+row, rowName{"n2", 7})
	}
	if len(taken.again) != maxTwice || taken.again[10] != (rowName{"n2", 7}) {
		t.Errorf("%d are remembered: %v", len(taken.again), taken.again)
	}
}
