package runs

import (
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
