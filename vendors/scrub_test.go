package vendors_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"importer/vendors"
)

// message is what becomes of a vendor's message when these values are the row's own.
func message(t *testing.T, text string, values ...string) string {
	t.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	body := `{"ok":false,"errors":{"mail":` + string(quoted) + `}}`
	return toyAccount(t, "").Classify(vendors.Reply{Status: http.StatusBadRequest, Body: []byte(body)}, values).Message
}

func TestMessagesAreScrubbed(t *testing.T) {
	for _, c := range []struct {
		text   string
		values []string
		want   string
	}{
		{"the e-mail address is wrong", nil, "the e-mail address is wrong"},
		{"key " + toyKey + " is wrong", nil, "key [secret] is wrong"},
		{"key " + strings.ToUpper(toyKey), nil, "key [secret]"},
		{"Ann cannot use ann@example.com, ANN!", []string{"Ann"}, "*** cannot use ***, ***!"},
		{"no user other.person@example.com", nil, "no user ***"},
		{"+353861234567 or 353861234567", []string{"+353861234567"}, "*** or ***"},
		{"a Jo b", []string{"Jo"}, "a Jo b"},
		{"pass=hunter2hunter", []string{"hunter2"}, "pass=***hunter"},
		{"Authorization: Bearer abcdefghijkl.x-y_z", nil, "Authorization: ***"},
		{"got 0123456789abcdef0123456789ABCDEF", nil, "got ***"},
		{"see https://x.example/?q=a%2Bb%40c", []string{"a+b@c"}, "see https://x.example/?q=***"},
		{"Zoë and ZOË", []string{"Zoë"}, "*** and ***"},
		{"hex 68756e74657232", []string{"hunter2"}, "hex ***"},
		{"HEX 68756E74657232 end", []string{"hunter2"}, "HEX *** end"},
		{"b64 aHVudGVyMg== end", []string{"hunter2"}, "b64 ***g== end"},
		{"user:hunter2 is dXNlcjpodW50ZXIy", []string{"hunter2"}, "user:*** is dXNlcjp***"},
		{"key " + base64.StdEncoding.EncodeToString([]byte(toyKey)), nil, "key [secret]k="},
	} {
		if got := message(t, c.text, c.values...); got != c.want {
			t.Errorf("%q with %q: %q, want %q", c.text, c.values, got, c.want)
		}
	}
}

func TestMessagesAreEscapedAndCut(t *testing.T) {
	got := message(t, "a\x1b[2Jb\r\nc\u202ed\x00e")
	if strings.ContainsAny(got, "\x1b\r\n\u202e\x00") || !strings.HasPrefix(got, "a") || !strings.HasSuffix(got, "e") {
		t.Errorf("%q", got)
	}
	got = message(t, strings.Repeat("é ", 50_000))
	if n := utf8.RuneCountInString(got); n > 301 || !utf8.ValidString(got) {
		t.Errorf("%d runes: %q", n, got)
	}
}

func TestIDsAreScrubbed(t *testing.T) {
	id := func(raw string, values ...string) string {
		t.Helper()
		quoted, _ := json.Marshal(raw)
		return toyAccount(t, "").Classify(vendors.Reply{Status: 200, Body: []byte(`{"ok":true,"id":` + string(quoted) + `}`)}, values).VendorID
	}
	for raw, want := range map[string]string{
		"10042": "10042", "0123456789abcdef0123456789abcdef": "0123456789abcdef0123456789abcdef", toyKey: "[secret]", "jane@example.com": "***",
		"": "",
	} {
		if got := id(raw, "jane@example.com"); got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	}
	if got := id(strings.Repeat("x", 1000) + "\x1b"); utf8.RuneCountInString(got) > 101 {
		t.Errorf("%q", got)
	}
}
