package vendortest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"importer/vendors"
)

// testRequests compares whole HTTP requests with the golden files.
func testRequests(t *testing.T, v *vendors.Vendor) {
	for _, o := range v.Operations {
		for _, e := range v.Encodings {
			a := bind(t, v, chosen(v, o.Name, e))
			for _, c := range customers(t, a) {
				name := o.Name + "-" + string(e) + "-" + c.name
				t.Run(name, func(t *testing.T) { testRequest(t, a, c, name) })
			}
		}
	}
}

// chosen sets operation and encoding where the vendor has several.
func chosen(v *vendors.Vendor, operation string, e vendors.Encoding) map[string]string {
	settings := map[string]string{}
	if len(v.Operations) > 1 {
		settings["operation"] = operation
	}
	if len(v.Encodings) > 1 {
		settings["encoding"] = string(e)
	}
	return settings
}

func testRequest(t *testing.T, a *vendors.Account, c customer, name string) {
	r, faults := a.Prepare(&c.Customer)
	if len(faults) > 0 {
		t.Fatalf("faults: %v", faults)
	}
	again, _ := a.Prepare(&c.Customer)
	errorIf(t, r.Content() != again.Content() || r.Content() == "", "the same customer gives two different bodies, or none")
	var sent recorder
	a.Send(context.Background(), &sent, r)
	if sent.requests != 1 || sent.getBody {
		t.Fatalf("%d requests, GetBody set: %v", sent.requests, sent.getBody)
	}
	got := hideSecrets(a.Vendor(), sent.text)
	errorIf(t, strings.Contains(got, "canary."), "a secret is left in the golden request")
	compareGolden(t, filepath.Join("testdata", "requests", name+".golden"), got)
	showsNothingSecret(t, a, r)
}

func showsNothingSecret(t *testing.T, a *vendors.Account, r vendors.Request) {
	t.Helper()
	var shown bytes.Buffer
	r.Show(&shown)
	if text := shown.String(); strings.Contains(text, "canary.") || strings.Contains(text, "Canary#Pass") || strings.Contains(text, "Canary%23Pass") {
		t.Errorf("Show shows a secret:\n%s", text)
	}
	if !slices.ContainsFunc(a.Fields(), func(f vendors.WireField) bool { return strings.Contains(shown.String(), f.Name) }) {
		t.Errorf("Show shows no body:\n%s", shown.String())
	}
	asJSON, _ := json.Marshal(r)
	for _, text := range []string{fmt.Sprintf("%v %+v %#v %s %q %x", r, r, r, r, r, r), string(asJSON), fmt.Sprintf("%+v %#v %s", a, a, a)} {
		if strings.Contains(text, "anary@") || strings.Contains(text, "canary.") || strings.Contains(text, "#Pass") {
			t.Errorf("printing shows a secret: %s", text)
		}
	}
}

// compareGolden compares text with a file, or writes it with -update.
func compareGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test -update writes it)", err)
	}
	errorIf(t, got != string(want), "%s differs (go test -update writes it)\ngot:\n%s\nwant:\n%s", path, got, want)
}

// hideSecrets puts settings' names in place of their secret values.
func hideSecrets(v *vendors.Vendor, text string) string {
	for _, s := range v.Settings {
		if s.Secret {
			text = strings.ReplaceAll(text, canary(s.Name), "["+s.Name+"]")
		}
	}
	return text
}

// recorder keeps the text of a request and gives no answer.
type recorder struct {
	text     string
	requests int
	getBody  bool
}

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	r.requests++
	r.getBody = req.GetBody != nil
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\nHost: %s\nContent-Length: %d\n", req.Method, req.URL.RequestURI(), req.Host, req.ContentLength)
	for _, name := range slices.Sorted(maps.Keys(req.Header)) {
		fmt.Fprintf(&b, "%s: %s\n", name, strings.Join(req.Header[name], ", "))
	}
	r.text = b.String() + "\n" + strings.ReplaceAll(string(body), "\r\n", "\n") + "\n"
	return nil, io.ErrUnexpectedEOF
}
