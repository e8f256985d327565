package vendortest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"importer/vendors"
)

// texts finds the JSON strings that stand as values.
var texts = regexp.MustCompile(`(:\s*|\[\s*)"((?:[^"\\]|\\.)*)"`)

// personal are the writings of the full customer's values that a text of a vendor must not show.
func personal() []string {
	return []string{
		"jane.canary@example.com", "JANE.CANARY@EXAMPLE.COM", "jane.canary%40example.com", "Canary#Pass1word", "Canary%23Pass1word", "jane_doe_1990", "+353861234567",
		"353861234567", "861234567", "Canary-Doe",
	}
}

// tokens look like live credentials of somebody.
func tokens() []string {
	return []string{
		"945148251b603ae34561d90acfe4050e67494d6d1e65d4d3d52798407f03c0bd",
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
		"Bearer abcdef0123456789", "somebody@else.example",
	}
}

// testSecrets lets vendors and the wire say everything that must not be seen, in every text they can say, and looks for it in the verdict.
func testSecrets(t *testing.T, v *vendors.Vendor) {
	a := bind(t, v, nil)
	bad := append(personal(), tokens()...)
	for _, s := range v.Settings {
		if s.Secret {
			bad = append(bad, canary(s.Name), strings.ToUpper(canary(s.Name)))
		}
	}
	for _, tr := range transcripts(t) {
		for _, secret := range bad {
			quoted, _ := json.Marshal("\x1b[31m" + secret + ": \u202e")
			reply := tr.reply()
			reply.Body = texts.ReplaceAll(reply.Body, bytes.ReplaceAll([]byte(`${1}`+string(quoted[:len(quoted)-1])+`${2}"`), []byte("$$"), []byte("$")))
			clean(t, tr.name, send(t, a, answering{reply}), secret)
		}
	}
	for _, secret := range bad {
		clean(t, "wire", send(t, a, breaking{&url.Error{Op: "Post", URL: a.URL() + "?x=" + url.QueryEscape(secret), Err: errors.New("broken at " + secret)}}), secret)
	}
}

// clean asks whether a verdict's texts are fit to be kept and shown. Ids may look like tokens.
func clean(t *testing.T, where string, got vendors.Verdict, secret string) {
	t.Helper()
	all := fmt.Sprintln(got.Code, got.Hint, got.VendorCode, got.Field, got.Message)
	if !slices.Contains(tokens(), secret) {
		all += got.VendorID
	}
	errorIf(t, strings.Contains(strings.ToLower(all), strings.ToLower(secret)), "%s: %q is in %+v", where, secret, got)
	if strings.ContainsAny(got.Message+got.VendorCode+got.VendorID+got.Field, "\x1b\u202e\x00\n\r") {
		t.Errorf("%s: control characters in %q %q %q %q", where, got.Message, got.VendorCode, got.VendorID, got.Field)
	}
	if n := len([]rune(got.Message)); n > 300*6 {
		t.Errorf("%s: message of %d runes", where, n)
	}
}

// breaking is a RoundTripper that fails.
type breaking struct{ err error }

func (b breaking) RoundTrip(*http.Request) (*http.Response, error) { return nil, b.err }

// Fuzz feeds a vendor's reader and rules with any bytes: there is always a verdict, never a panic, no success without the vendor's word, and
// the texts hold no secret. Its seeds are the transcripts.
func Fuzz(f *testing.F, v *vendors.Vendor) {
	a := bind(f, v, nil)
	for _, tr := range transcripts(f) {
		f.Add(tr.status, tr.header.Get("Retry-After"), tr.body)
		f.Add(tr.status, "", texts.ReplaceAll(tr.body, []byte(`${1}"%SECRET% ${2}"`)))
	}
	secret := "Canary#Pass1word"
	f.Fuzz(func(t *testing.T, status int, retryAfter string, body []byte) {
		body = bytes.ReplaceAll(body, []byte("%SECRET%"), []byte(secret))
		got := a.Classify(vendors.Reply{Status: status, Header: http.Header{"Retry-After": {retryAfter}}, Body: body}, []string{secret})
		errorIf(t, got.Code == "" || got.HTTPStatus != status, "verdict %+v", got)
		errorIf(t, got.Class == vendors.Accepted && (status < 200 || status > 299) && !acceptedByRule(v, got.Code), "status %d is accepted", status)
		errorIf(t, got.Class == vendors.NotSent || got.RetryAfter < 0 || got.RetryAfter > 32*24*time.Hour, "verdict %+v", got)
		clean(t, "fuzz", got, secret)
	})
}

// acceptedByRule reports whether a rule of the vendor makes a success of an error.
func acceptedByRule(v *vendors.Vendor, code string) bool {
	return slices.ContainsFunc(v.Rules, func(r vendors.Rule) bool { return r.Class == vendors.Accepted && r.Then == code })
}
