package epixel_test

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"importer/mapping"
	"importer/vendors"
	"importer/vendors/epixel"
)

// vendor answers by path and counts requests.
type vendor struct {
	answers map[string]answer
	asked   []string
	bodies  []string
}

type answer struct {
	status int
	body   string
}

func (v *vendor) RoundTrip(r *http.Request) (*http.Response, error) {
	path := strings.TrimPrefix(r.URL.Path, "/api/v1")
	v.asked = append(v.asked, r.Method+" "+path)
	if r.Body != nil {
		body, _ := io.ReadAll(r.Body)
		v.bodies = append(v.bodies, string(body))
	}
	a, ok := v.answers[path]
	if !ok {
		a = answer{404, "<html>"}
	}
	return &http.Response{StatusCode: a.status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(a.body))}, nil
}

func account(t *testing.T, more map[string]string) *vendors.Account {
	t.Helper()
	settings := map[string]string{"domain": "office.example.com", "api_prefix": "api", "version": "v1", "encoding": "json"}
	for name, value := range more {
		settings[name] = value
	}
	a, problems := epixel.Vendor().Bind(vendors.Binding{Settings: settings, Lookup: func(string) (string, bool, error) { return "k", true, nil }})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return a
}

// ask asks every question about one sponsor, as an engine would.
func ask(t *testing.T, a *vendors.Account, v *vendor, sponsor string) (*mapping.Fault, *vendors.Verdict) {
	t.Helper()
	var c mapping.Customer
	c.SetText(mapping.Sponsor, sponsor)
	for _, p := range a.Probes() {
		key := p.Key(&c)
		if key == "" {
			continue
		}
		before := len(v.asked)
		fault, failed := p.Ask(context.Background(), a, v, key)
		if len(v.asked) > before+1 {
			t.Errorf("probe %s made %d requests", p.Name, len(v.asked)-before)
		}
		if fault != nil || failed != nil {
			return fault, failed
		}
	}
	return nil, nil
}

const (
	list     = "/user/get/sponsors/"
	validate = "/user/validate-sponsor/"
)

func TestSponsors(t *testing.T) {
	known := answer{200, `{"status_code":200,"errors":{},"data":[{"username":"Anna.Sponsor"}]}`}
	notFound := answer{400, `{"status_code":400,"errors":{"sponsor":["The selected sponsor is not found or is in the inactive state."]}}`}
	for name, c := range map[string]struct {
		settings map[string]string
		answers  map[string]answer
		sponsor  string
		asked    []string
		fault    string
		failed   vendors.Class
		none     bool // neither fault nor failure
	}{
		"in the list":            {nil, map[string]answer{list: known}, "anna.sponsor", []string{"GET " + list}, "", 0, true},
		"confirmed":              {nil, map[string]answer{list: known, validate: {200, `{"status_code":200,"errors":{},"data":{}}`}}, "ben", []string{"GET " + list, "POST " + validate}, "", 0, true},
		"not found":              {nil, map[string]answer{list: known, validate: notFound}, "ben", []string{"GET " + list, "POST " + validate}, "sponsor_not_found", 0, false},
		"blocked":                {nil, map[string]answer{validate: {400, `{"status_code":400,"errors":"Sponsor is blocked or inactive."}`}}, "ben", nil, "sponsor_inactive", 0, false},
		"invalid":                {nil, map[string]answer{validate: {400, `{"errors":["Invalid sponsor username."]}`}}, "ben", nil, "sponsor_invalid", 0, false},
		"no list, no validation": {nil, nil, "ben", nil, "", vendors.Unknown, false},
		"unclear is refused":     {map[string]string{"sponsor_unclear": "refuse"}, nil, "ben", nil, "sponsor_unclear", 0, false},
		"token run out":          {nil, map[string]answer{list: {401, `{"detail":"x"}`}}, "ben", []string{"GET " + list}, "", vendors.Fatal, false},
		"throttled":              {nil, map[string]answer{list: known, validate: {429, `{"detail":"x"}`}}, "ben", nil, "", vendors.Throttled, false},
		"validation only":        {map[string]string{"sponsor_check": "validate"}, map[string]answer{validate: notFound}, "anna.sponsor", []string{"POST " + validate}, "sponsor_not_found", 0, false},
		"list only":              {map[string]string{"sponsor_check": "list"}, map[string]answer{list: known}, "ben", []string{"GET " + list}, "", 0, true},
		"off":                    {map[string]string{"sponsor_check": "off"}, nil, "ben", []string{}, "", 0, true},
		"no sponsor":             {nil, nil, "", []string{}, "", 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			v := &vendor{answers: c.answers}
			fault, failed := ask(t, account(t, c.settings), v, c.sponsor)
			if c.asked != nil && !slices.Equal(v.asked, c.asked) {
				t.Errorf("asked %v, want %v", v.asked, c.asked)
			}
			if c.none && (fault != nil || failed != nil) {
				t.Errorf("fault %+v, failure %+v", fault, failed)
			}
			if c.fault != "" && (fault == nil || fault.Code != c.fault || fault.Field != "sponsor" || fault.Hint == "" || strings.Contains(fault.Shown+fault.Message, c.sponsor)) {
				t.Errorf("fault %+v, want %s", fault, c.fault)
			}
			if !c.none && c.fault == "" && (failed == nil || failed.Class != c.failed || failed.Code == "") {
				t.Errorf("failure %+v, want %s", failed, c.failed)
			}
		})
	}
}

func TestSponsorFieldIsASetting(t *testing.T) {
	v := &vendor{answers: map[string]answer{validate: {200, `{"status_code":200}`}}}
	ask(t, account(t, map[string]string{"sponsor_field": "username", "sponsor_check": "validate"}), v, "ben")
	if want := []string{`{"username":"ben"}`}; !slices.Equal(v.bodies, want) {
		t.Errorf("sent %v, want %v", v.bodies, want)
	}
}

func TestSponsorsIn(t *testing.T) {
	for body, want := range map[string][]string{
		`["Anna","ben"]`: {"anna", "ben"},
		`{"data":[{"username":"Anna"},{"user_name":"b"},{"x":1}]}`:    {"anna", "b"},
		`{"results":[{"name":"c"}],"count":1}`:                        {"c"},
		`{"data":{"results":["d"]}}`:                                  {"d"},
		`{"data":{"sponsors":["e"]}}`:                                 {"e"},
		`{"data":{}}`:                                                 nil,
		`<html>`:                                                      nil,
		`{"status_code":400,"errors":{"detail":["not a sponsor"]}}`:   nil,
		`{"data":[{"username":7},{"username":""},["f"],null,"g",{}]}`: {"g"},
	} {
		if got := epixel.SponsorsIn([]byte(body)); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", body, got, want)
		}
	}
}

func FuzzSponsorsIn(f *testing.F) {
	f.Add([]byte(`{"data":[{"username":"Anna"}]}`))
	f.Add([]byte(`["a"]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, name := range epixel.SponsorsIn(body) {
			if name == "" || name != strings.ToLower(name) {
				t.Errorf("name %q", name)
			}
		}
	})
}
