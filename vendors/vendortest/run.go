package vendortest

import (
	"flag"
	"testing"

	"importer/vendors"
)

var update = flag.Bool("update", false, "write the golden requests")

// Run holds a vendor to its contract: its description is complete, documented answers are judged as their transcripts say, requests are as
// their golden files say, and no secret stands in any text. It reads testdata of the package under test.
func Run(t *testing.T, v *vendors.Vendor) {
	t.Run("description", func(t *testing.T) { testDescription(t, v) })
	t.Run("settings", func(t *testing.T) { testSettings(t, v) })
	t.Run("answers", func(t *testing.T) { testAnswers(t, v) })
	t.Run("requests", func(t *testing.T) { testRequests(t, v) })
	t.Run("faults", func(t *testing.T) { testFaults(t, v) })
	t.Run("shapes", func(t *testing.T) { testShapes(t, v) })
	t.Run("secrets", func(t *testing.T) { testSecrets(t, v) })
}
