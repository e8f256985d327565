package vendors_test

import (
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"importer/mapping"
	"importer/vendors"
)

// sent is the request that an account with this encoding makes of one wire pair.
func sent(t testing.TB, e vendors.Encoding, p mapping.Pair) *http.Request {
	t.Helper()
	v := toy()
	v.Encodings = []vendors.Encoding{e}
	a, problems := v.Bind(vendors.Binding{Lookup: toyLookup, Now: noon})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var c mapping.Customer
	c.SetText(mapping.Email, "j@example.com")
	c.AddWire(p)
	r, faults := a.Prepare(&c)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	var got *http.Request
	a.Send(t.Context(), roundTrip(func(r *http.Request) { got = r }), r)
	return got
}

type roundTrip func(*http.Request)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { f(r); return nil, io.EOF }

// FuzzEncodings reads back, with the standard library, what was written: any text survives each encoding, but for invalid UTF-8.
func FuzzEncodings(f *testing.F) {
	for _, seed := range []string{"", "plain", "\"\\\b\f\n\r\t\x00\x1f\x7f", "Zoë 李 😀", "a=b&c=d+e %41", "--importer-form-0\r\n", "\xff\xfe", "\u2028", "</script>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want := text
		if !utf8.ValidString(want) {
			want = ""
		}
		body, _ := io.ReadAll(sent(t, vendors.JSON, mapping.Pair{Name: "x", Text: text}).Body)
		var doc map[string]string
		if err := json.Unmarshal(body, &doc); err != nil || !utf8.Valid(body) || want != "" && doc["x"] != want {
			t.Errorf("json %q: %q, %v", text, doc["x"], err)
		}
		body, _ = io.ReadAll(sent(t, vendors.URLEncoded, mapping.Pair{Name: "x", Text: text}).Body)
		form, err := url.ParseQuery(string(body))
		if err != nil || want != "" && form.Get("x") != want {
			t.Errorf("form %q: %q, %v", text, form.Get("x"), err)
		}
		r := sent(t, vendors.Multipart, mapping.Pair{Name: "x", Text: text})
		kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if err != nil || kind != "multipart/form-data" {
			t.Fatalf("%q, %v", kind, err)
		}
		parts, err := multipart.NewReader(r.Body, params["boundary"]).ReadForm(1 << 20)
		if err != nil || want != "" && parts.Value["x"][0] != want {
			t.Errorf("multipart %q: %q, %v", text, parts.Value["x"], err)
		}
	})
}

func TestWireNames(t *testing.T) {
	for _, name := range []string{"plain", "a b", `"q"`, "é", "a&b=c"} {
		p := mapping.Pair{Name: name, Text: "v"}
		body, _ := io.ReadAll(sent(t, vendors.JSON, p).Body)
		var doc map[string]string
		if err := json.Unmarshal(body, &doc); err != nil || doc[name] != "v" {
			t.Errorf("json: %s, %v", body, err)
		}
		body, _ = io.ReadAll(sent(t, vendors.URLEncoded, p).Body)
		if form, err := url.ParseQuery(string(body)); err != nil || form.Get(name) != "v" {
			t.Errorf("form: %s, %v", body, err)
		}
	}
}

func TestHeadersAndAddress(t *testing.T) {
	r := sent(t, vendors.JSON, mapping.Pair{Name: "x", Text: "y"})
	want := map[string]string{
		"X-Key": toyKey, "Date": "Fri, 02 Jan 2026 12:00:00 GMT", "X-None": "", "Accept-Encoding": "identity", "Content-Type": "application/json",
		"Accept": "application/json", "User-Agent": "importer",
	}
	for name, value := range want {
		if got := r.Header.Get(name); got != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
	if r.URL.String() != "https://api.toy.example/add?site=site+1" || r.Host != "api.toy.example" || r.Method != http.MethodPost {
		t.Errorf("%s %s to %s", r.Method, r.URL, r.Host)
	}
	if r.GetBody != nil || r.ContentLength <= 0 || len(r.TransferEncoding) > 0 {
		t.Errorf("GetBody set: %v, length %d", r.GetBody != nil, r.ContentLength)
	}
}

func TestRepeatedWireNamesTakeTheLast(t *testing.T) {
	a := toyAccount(t, "")
	var c mapping.Customer
	c.AddWire(mapping.Pair{Name: "mail", Text: "first"})
	c.AddWire(mapping.Pair{Name: "n", Text: "1", Kind: mapping.PairNumber})
	c.AddWire(mapping.Pair{Name: "mail", Text: "last"})
	r, faults := a.Prepare(&c)
	if want := `{"mail":"last","n":1}`; len(faults) > 0 || r.Content() != want {
		t.Errorf("%s with %v, want %s", r.Content(), faults, want)
	}
	if r.Identity != "" || !strings.HasPrefix(r.String(), "request") {
		t.Errorf("identity %q", r.Identity)
	}
}
