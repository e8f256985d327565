package runs_test

import (
	"net/http/httptest"
	"testing"

	"importer/vendors/all"
	"importer/vendors/sandbox"
)

// serveSandbox serves the stand-ins on loopback until the test ends.
func serveSandbox(t *testing.T, options sandbox.Options) (*sandbox.Sandbox, *httptest.Server) {
	t.Helper()
	sb, err := sandbox.New(all.Standins(), options)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(sb.Handler())
	t.Cleanup(server.Close)
	return sb, server
}
