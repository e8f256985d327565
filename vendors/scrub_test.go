package vendors_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strconv"
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
		{"see https://x.example/?q=a%2Bb%40c", []string{"a+b@c"}, "see https:***"}, // what is before the @ may be of the address
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

// TestEchoesAreScrubbed sends values back as a vendor's page, log or error text may hold them: escaped for JSON, HTML and URLs, several times over, in
// base64 that is broken into lines, and in the wrong encoding.
func TestEchoesAreScrubbed(t *testing.T) {
	values := []string{`Summer"2026!x`, `back\\slash\tab`, "a&b<c>d'e", "50%+10/7=x", "p&amp;q%41z", "Zoë Müller-Ó", "日本語パス", `\u0041bc\"`, "Ann Marie"}
	inside := func(s string) string { return s[1 : len(s)-1] }
	jsonText := func(s string) string { return inside(marshal(t, s)) }
	plainJSON := func(s string) string { return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) }
	ascii := func(s string) string { return inside(strconv.QuoteToASCII(s)) }
	percent := func(s string) string {
		var b strings.Builder
		for _, c := range []byte(s) {
			fmt.Fprintf(&b, "%%%02x", c)
		}
		return b.String()
	}
	numbers := func(s string) string {
		var b strings.Builder
		for _, r := range s {
			fmt.Fprintf(&b, "&#x%X;", r)
		}
		return b.String()
	}
	lines := func(s string) string {
		text := base64.StdEncoding.EncodeToString([]byte("user=" + s + "&and more of the request"))
		var b strings.Builder
		for i, c := range text {
			if i%8 == 7 {
				b.WriteString("\r\n")
			}
			b.WriteRune(c)
		}
		return b.String()
	}
	latin := func(s string) string { // the bytes of UTF-8 read as ISO 8859-1
		var b strings.Builder
		for _, c := range []byte(s) {
			b.WriteRune(rune(c))
		}
		return b.String()
	}
	ways := map[string]func(string) string{
		"JSON": jsonText, "plain JSON": plainJSON, "ASCII": ascii, "HTML": html.EscapeString, "percent": percent, "query": url.QueryEscape, "path": url.PathEscape,
		"numbers": numbers, "base64 in lines": lines,
	}
	for name, way := range ways {
		for second, outer := range ways {
			if second == "base64 in lines" && (name == second || name == "percent" || name == "numbers" || name == "ASCII") {
				continue // in base64, values are looked for as they are and as forms and JSON usually have them
			}
			packed := name == "base64 in lines" || second == "base64 in lines"
			for _, value := range values {
				text := "got [" + outer(way(value)) + "]"
				if got := message(t, text, values...); got != "got [***]" && !(packed && strings.Contains(got, "***")) {
					t.Errorf("%s in %s: %q of %q is shown as %q", name, second, text, value, got)
				}
			}
		}
	}
	for _, value := range []string{"Zoë Müller", "Ólafur"} {
		if got := message(t, "got "+latin(value), value); got != "got ***" {
			t.Errorf("in the wrong encoding: %q is shown as %q", latin(value), got)
		}
	}
	if got := message(t, "no ann&#64;example.com, bob%40example.com or eve\\u0040example.com"); strings.Contains(got, "example") {
		t.Errorf("addresses: %q", got)
	}
}

func marshal(t *testing.T, s string) string {
	t.Helper()
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
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
