package vendors_test

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"importer/vendors"
)

// serve starts a TLS server on loopback that confirms everything.
func serve(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 1 || r.Header.Get("Idempotency-Key") != "" || r.Header.Get("Accept-Encoding") != "identity" {
			t.Errorf("%s with %v", r.Proto, r.Header)
		}
		_, _ = io.WriteString(w, `{"ok":true}`)
	}))
	s.EnableHTTP2 = true
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

func TestSendOverTLS(t *testing.T) {
	s := serve(t)
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	a := toyAccount(t, s.URL)
	for name, c := range map[string]struct {
		config *tls.Config
		class  vendors.Class
		code   string
	}{
		"trusted":       {&tls.Config{RootCAs: roots}, vendors.Accepted, "created"},
		"unknown roots": {&tls.Config{RootCAs: x509.NewCertPool()}, vendors.NotSent, "tls_failed"},
		"wrong name":    {&tls.Config{RootCAs: roots, ServerName: "other.example"}, vendors.NotSent, "tls_failed"},
		"too old":       {&tls.Config{RootCAs: roots, MaxVersion: tls.VersionTLS10, MinVersion: tls.VersionTLS10}, vendors.NotSent, "tls_failed"},
	} {
		t.Run(name, func(t *testing.T) {
			rt := vendors.NewTransport(vendors.TransportOptions{TLS: c.config})
			defer rt.CloseIdleConnections()
			for range 2 {
				if got := a.Send(t.Context(), rt, toyRequest(t, a)); got.Class != c.class || got.Code != c.code {
					t.Errorf("got %s/%s (%s)", got.Class, got.Code, got.Message)
				}
			}
		})
	}
}

func TestPlainAndTLSMixedUp(t *testing.T) {
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	rt := vendors.NewTransport(vendors.TransportOptions{})
	defer rt.CloseIdleConnections()
	a := toyAccount(t, strings.Replace(plain.URL, "http:", "https:", 1))
	if got := a.Send(t.Context(), rt, toyRequest(t, a)); got.Class != vendors.NotSent {
		t.Errorf("https to a plain server: %+v", got)
	}
	secure := serve(t)
	a = toyAccount(t, strings.Replace(secure.URL, "https:", "http:", 1))
	if got := a.Send(t.Context(), rt, toyRequest(t, a)); got.Class != vendors.Unknown {
		t.Errorf("http to a TLS server: %+v", got)
	}
}

// TestNoReplay closes every connection after one answer: the next request must be sent at most once, whatever the transport finds.
func TestNoReplay(t *testing.T) {
	var requests atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if requests.Add(1)%2 == 0 {
			panic(http.ErrAbortHandler)
		}
		_, _ = io.WriteString(w, `{"ok":true}`)
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	defer s.Close()
	rt := vendors.NewTransport(vendors.TransportOptions{})
	defer rt.CloseIdleConnections()
	a := toyAccount(t, s.URL)
	for n := int64(1); n <= 10; n++ {
		got := a.Send(t.Context(), rt, toyRequest(t, a))
		if want := []vendors.Class{vendors.Unknown, vendors.Accepted}[n%2]; got.Class != want || requests.Load() != n {
			t.Fatalf("request %d: %+v after %d requests", n, got, requests.Load())
		}
	}
}
