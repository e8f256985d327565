package vendortest

import (
	"fmt"
	"strings"
	"testing"

	"importer/vendors"
)

// testShapes sends every status with bodies in foreign shapes: none may settle the row, and only credentials and limits speak.
func testShapes(t *testing.T, v *vendors.Vendor) {
	a := bind(t, v, nil)
	bodies := []string{
		"", " ", "{", "{}", "[]", "null", "true", "0", `""`, `[[[[[[[[[[`, "<html><body>Bad gateway</body></html>", "\xff\xfe\x00", `{"a":1}{"b":2}`,
		`{"statusCode":1e999,"success":1e999,"status_code":1e999}`, `{"statusCode":"x","message":7}`, `{"a":1,"a":2}`,
		strings.Repeat("[", 100_000), strings.Repeat(`{"errors":`, 20_000),
	}
	for _, status := range []int{101, 200, 201, 202, 204, 206, 299, 300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 408, 409, 410, 413, 415, 422, 425, 429, 451, 499, 500, 502, 503, 504, 507, 599, 600, 999} {
		want := map[int]vendors.Class{401: vendors.Fatal, 403: vendors.Fatal, 429: vendors.Throttled}[status]
		for i, body := range bodies {
			got := a.Classify(vendors.Reply{Status: status, Body: []byte(body)}, nil)
			if got.Class != want || got.Code == "" || got.Hint == "" {
				t.Errorf("status %d, body %d: %s/%s (hint %q), want %s", status, i, got.Class, got.Code, got.Hint, want)
			}
		}
	}
	cutOff(t, v, a)
}

// cutOff cuts each transcript at every byte: what is cut settles nothing.
func cutOff(t *testing.T, v *vendors.Vendor, a *vendors.Account) {
	for _, tr := range transcripts(t) {
		if len(tr.body) == 0 || tr.body[0] != '{' {
			continue
		}
		whole := strings.TrimRight(string(tr.body), " \n\r\t")
		for n := range len(whole) {
			got := a.Classify(vendors.Reply{Status: tr.status, Header: tr.header, Body: []byte(whole[:n])}, nil)
			if got.Class == vendors.Accepted || got.Class == vendors.Exists || got.Class == vendors.Rejected {
				t.Fatalf("%s cut after %d bytes is %s", tr.name, n, fmt.Sprint(got.Class, " ", got.Code))
			}
		}
	}
}
