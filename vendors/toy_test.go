package vendors_test

import (
	"net/http"
	"testing"
	"time"

	"importer/mapping"
	"importer/vendors"
)

// toy is the smallest vendor: {"ok": true} registers, {"ok": false, "why": text} does not.
func toy() *vendors.Vendor {
	return &vendors.Vendor{
		Name: "toy", Title: "Toy", Page: "https://toy.example/docs", BaseURL: "https://api.toy.example",
		Operations: []vendors.Operation{{Name: "add", Path: "/add?site={site}"}},
		Encodings:  []vendors.Encoding{vendors.JSON},
		Settings: []vendors.Setting{
			{Name: "key", Env: "TOY_KEY", Secret: true, Required: true},
			{Name: "site", Env: "TOY_SITE", Required: true, Tenant: true},
			{Name: "mode", Default: "plain", Values: []string{"plain", "fancy"}},
		},
		Headers:  []vendors.Header{{Name: "X-Key", Value: "{key}"}, {Name: "Date", Value: "{now}"}, {Name: "X-None", Value: "{nothing}"}},
		Fields:   []vendors.WireField{{Name: "mail", From: mapping.Email, Need: vendors.Required()}},
		Identity: []mapping.Field{mapping.Email},
		Read:     readToy,
		Rules: []vendors.Rule{
			{Status: []int{400}, Text: "taken", Class: vendors.Exists, Then: "taken"},
			{Status: []int{400}, Field: "*", Class: vendors.Rejected, Then: "wrong"},
			{Status: []int{418}, Class: vendors.Fatal, Then: "teapot"},
		},
	}
}

func readToy(_ int, _ http.Header, body []byte) vendors.Answer {
	doc, ok := vendors.ParseJSON(body)
	if !ok || !doc.Member("ok").IsBool() {
		return vendors.Answer{}
	}
	answer := vendors.Answer{Recognized: true, Confirmed: doc.Member("ok").IsTrue(), ID: doc.Member("id").Scalar()}
	for i, name := range doc.Member("errors").Names() {
		text, _ := doc.Member("errors").Items()[i].Text()
		answer.Errors = append(answer.Errors, vendors.Reported{Field: name, Message: text})
	}
	return answer
}

const toyKey = "k3y-of-the-toy"

func noon() time.Time { return time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC) }

func toyLookup(env string) (string, bool, error) {
	value, ok := map[string]string{"TOY_KEY": toyKey, "TOY_SITE": "site 1"}[env]
	return value, ok, nil
}

// toyAccount binds the toy to a base URL; "" = its own.
func toyAccount(t testing.TB, baseURL string) *vendors.Account {
	t.Helper()
	a, problems := toy().Bind(vendors.Binding{Lookup: toyLookup, BaseURL: baseURL, Now: noon, Nonce: "test"})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return a
}

// toyRequest is a request for jane@example.com.
func toyRequest(t testing.TB, a *vendors.Account) vendors.Request {
	t.Helper()
	var c mapping.Customer
	c.SetText(mapping.Email, "Jane@example.com")
	r, faults := a.Prepare(&c)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return r
}
