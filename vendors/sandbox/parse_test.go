package sandbox

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestParseObject(t *testing.T) {
	for _, good := range []string{`{}`, ` {"a":1} `, `{"a":{"b":null},"c":[1,{"d":2}],"e":"\u00e9"}`} {
		if _, err := ParseObject([]byte(good)); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for bad, want := range map[string]string{
		``: "empty", ` `: "empty", `[]`: "must be a JSON object", `"a"`: "must be a JSON object", `{"a":1,"a":2}`: "twice", `{"a":1`: "too early",
		`{"a":1}{}`: "something follows", `{"a":1} x`: "something follows", `{"a":1,}`: "syntax error", `{'a':1}`: "syntax error", `{"a":01}`: "syntax error",
		"{\"a\":\"\xff\"}": "syntax error", `x`: "not JSON", `{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":{}}}}}}}}}`: "too deeply",
	} {
		if _, err := ParseObject([]byte(bad)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", bad, err, want)
		}
	}
}

func FuzzParseObject(f *testing.F) {
	f.Add([]byte(`{"a":1,"b":{"c":"d"},"e":[true,null]}`))
	f.Add([]byte(`{"a":1,"a":2}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		o, err := ParseObject(body)
		if err != nil {
			return
		}
		var members map[string]json.RawMessage
		if err := json.Unmarshal(body, &members); err != nil || len(members) != o.Len() {
			t.Errorf("read %d members, encoding/json %d, %v", o.Len(), len(members), err)
		}
	})
}

func FuzzParseForm(f *testing.F) {
	f.Add("application/x-www-form-urlencoded", []byte("a=1&b=%20"))
	f.Add("multipart/form-data; boundary=x", []byte("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n"))
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		o, err := ParseForm(kind, body)
		if err != nil || kind != "application/x-www-form-urlencoded" {
			return
		}
		if values, err := url.ParseQuery(string(body)); err == nil && len(values) != o.Len() {
			t.Errorf("read %d fields, net/url %d", o.Len(), len(values))
		}
	})
}

func TestParseRates(t *testing.T) {
	if rates, err := ParseRates("5/s, 2000/15m"); err != nil || rates[0] != (Rate{5, time.Second}) || rates[1] != (Rate{2000, 15 * time.Minute}) {
		t.Errorf("got %v, %v", rates, err)
	}
	for _, bad := range []string{"5", "0/s", "-1/s", "5/", "5/x", "x/s", "5/0s", "5/s,"} {
		if _, err := ParseRates(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

// TestWindows compares the ring with a plain count over all admitted times.
func TestWindows(t *testing.T) {
	rate := Rate{7, time.Second}
	w := newWindows([]Rate{rate})
	now := time.Unix(0, 0)
	var admitted []time.Time
	for i := range 3000 {
		now = now.Add(time.Duration(chance(1, "toy", i, 0) * float64(200*time.Millisecond)))
		inside := 0
		for _, at := range admitted {
			if now.Sub(at) < rate.Per {
				inside++
			}
		}
		wait, ok := w.admit(now)
		if ok != (inside < rate.N) {
			t.Fatalf("request %d with %d in the window: admitted %v", i, inside, ok)
		}
		if ok {
			admitted = append(admitted, now)
		} else if again := now.Add(wait); again.Sub(admitted[len(admitted)-rate.N]) != rate.Per {
			t.Fatalf("request %d: told to wait %v", i, wait)
		}
	}
}

func TestRetryAfterForms(t *testing.T) {
	now := time.Date(2026, 11, 21, 1, 32, 20, 0, time.UTC)
	for form, want := range map[RetryAfterForm]string{Seconds: "2", HTTPDate: "Sat, 21 Nov 2026 01:32:22 GMT", Silent: ""} {
		s := newToy(t, Options{RetryAfter: form, Now: func() time.Time { return now }})
		original := Answer{Header: http.Header{"X": {"1"}}}
		if got := s.withRetryAfter(original, 1500*time.Millisecond).Header.Get("Retry-After"); got != want {
			t.Errorf("form %d: %q, want %q", form, got, want)
		}
		if original.Header.Get("Retry-After") != "" {
			t.Error("the stand-in's own header was changed")
		}
	}
}

func TestChecks(t *testing.T) {
	for s, want := range map[string]bool{"a@b.ie": true, "zoë@bücher.de": true, "a.b+c@d-e.org": true, "a": false, "@b.ie": false, "a@b": false,
		"a@b..ie": false, ".a@b.ie": false, "a..b@c.ie": false, "a b@c.ie": false, "a@b@c.ie": false, "a@-b.ie": false, "a\x00@b.ie": false} {
		if IsEmail(s) != want {
			t.Errorf("e-mail %q: %v", s, !want)
		}
	}
	for s, want := range map[string]bool{"+14155550123": true, "+35312345": true, "14155550123": false, "+04155550123": false, "+1 415 5550123": false,
		"+1234567890123456": false, "": false} {
		if IsE164(s) != want {
			t.Errorf("phone %q: %v", s, !want)
		}
	}
	for s, want := range map[string]bool{"application/json": true, "application/json; charset=UTF-8": true, "application/json; charset=latin1": false,
		"text/json": false, "": false} {
		if IsJSON(s) != want {
			t.Errorf("type %q: %v", s, !want)
		}
	}
}
