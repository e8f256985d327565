package faultproxy_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"importer/vendors"
	"importer/vendors/sandbox"
	"importer/vendors/sandbox/faultproxy"
)

// FuzzAnswerBytes sends any bytes back to a real transport, and then ends the connection. No bytes make it panic or hang, and none but a
// whole, well-formed answer with the vendor's own confirmation make a row created.
func FuzzAnswerBytes(f *testing.F) {
	quietLog(f)
	for _, raw := range faultproxy.Samples() {
		f.Add(raw)
		f.Add(raw[:len(raw)*2/3])
	}
	b := newBench(f, wayTo("distinct"), faultproxy.Options{})
	f.Cleanup(b.close)
	r, email := b.person()
	f.Fuzz(func(t *testing.T, raw []byte) {
		client := vendors.NewTransport(vendors.TransportOptions{Dial: saying(raw)})
		defer client.CloseIdleConnections()
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		v := b.account.Send(ctx, client, r)
		if v.Class == vendors.NotSent || v.Code == "" || v.Code == "timeout" {
			t.Errorf("%s/%s (%q)", v.Class, v.Code, v.Message)
		}
		if v.Class == vendors.Accepted && !confirmed(raw) {
			t.Errorf("accepted: %q", raw)
		}
		if len(raw) < 4096 && !bytes.Contains(raw, []byte("canary")) {
			b.secret(t, v, email)
		}
	})
}

// saying dials a peer that reads one request and says raw.
func saying(raw []byte) func(context.Context, string, string) (net.Conn, error) {
	return func(context.Context, string, string) (net.Conn, error) {
		client, server := sandbox.Pipe()
		go func() {
			defer server.Close()
			r, err := http.ReadRequest(bufio.NewReader(server))
			if err != nil {
				return
			}
			if _, err := io.Copy(io.Discard, r.Body); err == nil {
				server.Write(raw)
			}
		}()
		return client, nil
	}
}

// confirmed reads the bytes once more, by itself: whether the final answer is a 200, whole, uncompressed, not too large, and its JSON says
// statusCode 200 once.
func confirmed(raw []byte) bool {
	in := bufio.NewReader(bytes.NewReader(raw))
	for {
		resp, err := http.ReadResponse(in, &http.Request{Method: http.MethodPost})
		if err != nil || resp.StatusCode == http.StatusSwitchingProtocols {
			return false
		}
		if resp.StatusCode < 200 {
			continue
		}
		body, err := io.ReadAll(resp.Body)
		var doc struct {
			StatusCode json.Number `json:"statusCode"`
			Message    any         `json:"message"`
		}
		coding := resp.Header.Get("Content-Encoding")
		return err == nil && resp.StatusCode == http.StatusOK && len(body) <= 64<<10 && (coding == "" || http.CanonicalHeaderKey(coding) == "Identity") &&
			json.Unmarshal(body, &doc) == nil && doc.StatusCode == "200"
	}
}
