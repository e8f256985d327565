package all

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"importer/vendors/sandbox"
	"importer/vendors/sandbox/standintest"
)

// TestBannerCommands reads every curl command out of the banner as a shell would, sends it, and expects the status the example names.
func TestBannerCommands(t *testing.T) {
	s := newSandbox(t, sandbox.Options{})
	banner := s.Banner("http://127.0.0.1")
	for _, standin := range Standins() {
		for _, e := range standin.Examples {
			command := e.Curl("http://127.0.0.1/" + standin.Name)
			if !strings.Contains(banner, strings.ReplaceAll(command, "\n", "\n  ")) {
				t.Errorf("the banner does not have %s", command)
			}
			w := httptest.NewRecorder()
			s.Handler().ServeHTTP(w, curl(t, command))
			if w.Code != e.Status {
				t.Errorf("%s\ngot %d %s, want %d", command, w.Code, w.Body, e.Status)
			}
		}
		for name, value := range standin.Credentials() {
			if !strings.Contains(banner, name+"="+value) {
				t.Errorf("the banner does not have %s", name)
			}
		}
	}
}

// curl is the request of a command as [sandbox.Example.Curl] writes it.
func curl(t *testing.T, command string) *http.Request {
	t.Helper()
	date := `$(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')`
	words := shellWords(strings.ReplaceAll(command, date, time.Now().UTC().Format(http.TimeFormat)))
	if len(words) < 5 || words[0] != "curl" || words[1] != "-sS" || words[2] != "-X" {
		t.Fatalf("not a curl command: %q", words)
	}
	header, body := http.Header{}, ""
	for i := 5; i+1 < len(words); i += 2 {
		if words[i] == "-d" {
			body = words[i+1]
			continue
		}
		name, value, _ := strings.Cut(words[i+1], ": ")
		header.Set(name, value)
	}
	r, err := http.NewRequest(words[3], words[4], strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = header
	return r
}

// shellWords splits a command at spaces outside quotes; a backslash outside quotes takes the next character as it is, or joins lines.
func shellWords(command string) (words []string) {
	var word strings.Builder
	var quote rune
	inside, escaped := false, false
	for _, r := range command + " " {
		switch {
		case escaped:
			if escaped = false; r != '\n' {
				word.WriteRune(r)
				inside = true
			}
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, inside = r, true
		case r == '\\':
			escaped = true
		case r == ' ' || r == '\n':
			if inside {
				words = append(words, word.String())
			}
			word.Reset()
			inside = false
		default:
			word.WriteRune(r)
			inside = true
		}
	}
	return words
}

func TestStandinByName(t *testing.T) {
	for _, want := range Standins() {
		if got, ok := Standin(want.Name); !ok || got.Page != want.Page {
			t.Errorf("%s: %v", want.Name, ok)
		}
	}
	if _, ok := Standin("nobody"); ok {
		t.Error("there is a stand-in of nobody")
	}
}

// TestRefusals has every vendor refuse for every reason, in its own shape.
func TestRefusals(t *testing.T) {
	want := map[string]map[string]int{
		"auth":      {"distinct": 401, "epixel": 401, "jframework": 401, "pelcro": 401, "thanx": 401},
		"forbidden": {"distinct": 403, "epixel": 403, "jframework": 403, "pelcro": 403, "thanx": 403},
		"429":       {"distinct": 429, "epixel": 429, "jframework": 429, "pelcro": 429, "thanx": 429},
		"500":       {"distinct": 500, "epixel": 500, "jframework": 500, "pelcro": 500, "thanx": 500},
		"inactive":  {"distinct": 500, "epixel": 403, "jframework": 209, "pelcro": 403, "thanx": 403},
	}
	for kind, statuses := range want {
		s := newSandbox(t, sandbox.Options{Fault: func(int, *http.Request) sandbox.Fault { return sandbox.Fault{Kind: sandbox.FaultKind(kind)} }})
		for _, standin := range Standins() {
			status, body := example(t, s, standin)
			if status != statuses[standin.Name] || !strings.HasPrefix(body, "{") {
				t.Errorf("%s %s: %d %s, want %d", standin.Name, kind, status, body, statuses[standin.Name])
			}
			if kind == "inactive" && standin.Name == "distinct" && !strings.Contains(body, "Event is not active, Please report this issue to the support team.") {
				t.Errorf("distinct says %s", body)
			}
		}
	}
}

// TestExamplesAreOwn changes the examples of one copy of each stand-in: the next copy must not see it.
func TestExamplesAreOwn(t *testing.T) {
	for i, standin := range Standins() {
		standin.Examples[0].Body = "changed"
		if again := Standins()[i]; again.Examples[0].Body == "changed" {
			t.Errorf("%s: a caller's change of an example is seen by others", standin.Name)
		}
	}
}

// TestTooLarge sends a body over the limit.
func TestTooLarge(t *testing.T) {
	s := newSandbox(t, sandbox.Options{})
	for _, standin := range Standins() {
		standin.Examples[0].Body += strings.Repeat(" ", sandbox.MaxBody)
		if status, body := example(t, s, standin); status != http.StatusRequestEntityTooLarge || !strings.HasPrefix(body, "{") {
			t.Errorf("%s: %d %s", standin.Name, status, body)
		}
	}
}

func example(t *testing.T, s *sandbox.Sandbox, standin sandbox.Standin) (int, string) {
	t.Helper()
	r, err := standintest.Request(standin.Examples[0], sandbox.BaseURL(standin.Name), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	body, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Code, string(body)
}

func newSandbox(t testing.TB, o sandbox.Options) *sandbox.Sandbox {
	t.Helper()
	s, err := sandbox.New(Standins(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// BenchmarkStandins measures the handler's work for one accepted registration.
func BenchmarkStandins(b *testing.B) {
	for _, standin := range Standins() {
		b.Run(standin.Name, func(b *testing.B) {
			s := newSandbox(b, sandbox.Options{Unseeded: true})
			e := standin.Examples[0]
			e.Body = strings.NewReplacer("5555555555", "NNNNNNNNN", "+12345678900", "+1NNNNNNNNN", "%2B353861234567", "1NNNNNNNNN",
				"john.doe", "u.NNNNNNNNN", "jane.smith", "u.NNNNNNNNN", "jane_smith", "uNNNNNNNNN", "steve.bang", "uNNNNNNNNN",
				`"username": "username"`, `"username": "uNNNNNNNNN"`).Replace(e.Body)
			model, err := standintest.Request(e, sandbox.BaseURL(standin.Name), time.Now())
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				r := *model
				body := strings.ReplaceAll(e.Body, "NNNNNNNNN", fmt.Sprintf("%09d", 200000000+i))
				r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
				w := httptest.NewRecorder()
				if s.Handler().ServeHTTP(w, &r); w.Code >= 300 {
					b.Fatalf("%d %s", w.Code, w.Body)
				}
			}
		})
	}
}
