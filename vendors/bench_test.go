package vendors_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"importer/mapping"
)

// confirming is a RoundTripper that costs as little as one can.
type confirming struct{}

func (confirming) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: 200, ContentLength: 11, Body: io.NopCloser(strings.NewReader(`{"ok":true}`))}, nil
}

// BenchmarkPrepareAndSend is what a row costs here beside the wire.
func BenchmarkPrepareAndSend(b *testing.B) {
	a := toyAccount(b, "")
	var c mapping.Customer
	c.SetText(mapping.Email, "jane@example.com")
	b.ReportAllocs()
	for b.Loop() {
		r, _ := a.Prepare(&c)
		if v := a.Send(b.Context(), confirming{}, r); v.Code != "created" {
			b.Fatal(v)
		}
	}
}
