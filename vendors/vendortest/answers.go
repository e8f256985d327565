package vendortest

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"importer/vendors"
)

// testAnswers replays the transcripts through a whole attempt, and asks whether they cover the error table.
func testAnswers(t *testing.T, v *vendors.Vendor) {
	a := bind(t, v, nil)
	all := transcripts(t)
	for _, tr := range all {
		t.Run(tr.name, func(t *testing.T) {
			got := send(t, a, answering{tr.reply()})
			if got.Class.String() != tr.class || got.Code != tr.code || got.HTTPStatus != tr.status {
				t.Errorf("%s: got %s/%s, want %s/%s (status %d, message %q)", tr.shows, got.Class, got.Code, tr.class, tr.code, got.HTTPStatus, got.Message)
			}
			if tr.field != "" && got.Field != tr.field || tr.vendorCode != "" && got.VendorCode != tr.vendorCode {
				t.Errorf("got field %q and vendor code %q, want %q and %q", got.Field, got.VendorCode, tr.field, tr.vendorCode)
			}
			if got.VendorID != tr.vendorID || got.RetryAfter != tr.retryAfter {
				t.Errorf("got id %q and wait %s, want %q and %s", got.VendorID, got.RetryAfter, tr.vendorID, tr.retryAfter)
			}
			errorIf(t, got.Class != vendors.Accepted && got.Hint == "", "no hint")
			errorIf(t, !strings.HasPrefix(tr.page, "https://"), "page %q", tr.page)
		})
	}
	covered(t, v, all)
	errorIf(t, !slices.ContainsFunc(all, func(tr transcript) bool { return tr.code == "created" }), "no transcript of a success")
}

// covered asks whether each rule decides at least one transcript.
func covered(t *testing.T, v *vendors.Vendor, all []transcript) {
	t.Helper()
	decided := make([]bool, len(v.Rules))
	for _, tr := range all {
		answer := v.Read(tr.status, tr.header, tr.body)
		reported := answer.Errors
		if len(reported) == 0 {
			reported = []vendors.Reported{{}}
		}
		for _, e := range reported {
			for i := range v.Rules {
				if v.Rules[i].Matches(tr.status, answer.BodyStatus, e) && (answer.Recognized || v.Rules[i].AnyBody) {
					decided[i] = true
					break
				}
			}
		}
	}
	for i, yes := range decided {
		errorIf(t, !yes, "no transcript is decided by the rule %s → %s", v.Rules[i].When(), v.Rules[i].Then)
	}
}

// answering is a RoundTripper that reads the request and gives one reply.
type answering struct{ reply vendors.Reply }

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) {
	if _, err := io.Copy(io.Discard, r.Body); err != nil {
		return nil, err
	}
	header := a.reply.Header
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{StatusCode: a.reply.Status, Header: header, Body: io.NopCloser(bytes.NewReader(a.reply.Body)), Request: r}, nil
}

// send makes one attempt with the full customer.
func send(t testing.TB, a *vendors.Account, rt http.RoundTripper) vendors.Verdict {
	t.Helper()
	c := fullCustomer()
	r, faults := a.Prepare(&c)
	if len(faults) > 0 {
		t.Fatalf("the full customer has faults: %v", faults)
	}
	return a.Send(context.Background(), rt, r)
}

// testShapes sends every status with bodies that no vendor documents: none may decide the row, and only 401, 403 and 429 count.
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
				t.Fatalf("%s cut after %d bytes is %s %s", tr.name, n, got.Class, got.Code)
			}
		}
	}
}
