package vendors_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"importer/vendors"
)

// TestProxy sends through a proxy that does not let the connection through: no byte of the request has left, and a proxy that refuses this machine
// stops the run, since no row can succeed.
func TestProxy(t *testing.T) {
	t.Parallel()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := "http://" + closed.Addr().String()
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		status int // 0: nobody listens
		class  vendors.Class
		code   string
		hint   string
	}{
		"wants a name and password": {http.StatusProxyAuthRequired, vendors.Fatal, "proxy_auth_required", "HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT"},
		"forbids the host":          {http.StatusForbidden, vendors.Fatal, "proxy_refused", "NO_PROXY"},
		"cannot reach the vendor":   {http.StatusBadGateway, vendors.NotSent, "proxy_failed", "HTTPS_PROXY"},
		"is busy":                   {http.StatusTooManyRequests, vendors.NotSent, "proxy_failed", "sent again"},
		"is not there":              {0, vendors.NotSent, "proxy_failed", "HTTPS_PROXY"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := nobody
			if c.status != 0 {
				proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if r.Method != http.MethodConnect {
						t.Errorf("%s reached the proxy", r.Method)
					}
					w.WriteHeader(c.status)
				}))
				defer proxy.Close()
				at = proxy.URL
			}
			rt := vendors.NewTransport(vendors.TransportOptions{Proxy: func(*http.Request) (*url.URL, error) { return url.Parse(at) }})
			defer rt.CloseIdleConnections()
			a := toyAccount(t, "https://api.vendor.example")
			got := a.Send(t.Context(), rt, toyRequest(t, a))
			if got.Class != c.class || got.Code != c.code || !strings.Contains(got.Hint, c.hint) {
				t.Errorf("got %s/%s %q (%s)", got.Class, got.Code, got.Hint, got.Message)
			}
		})
	}
}
