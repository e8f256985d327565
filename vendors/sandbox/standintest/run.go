// Package standintest checks a stand-in against the vendor's page: its examples work, every error of the page can be had, and what is not on the
// page is refused. A stand-in's test is a table of cases and one call of [Run].
package standintest

import (
	"cmp"
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"importer/vendors/sandbox"
)

// Case is one request, made from an example by edits, and what must come back.
type Case struct {
	Name    string
	Shape   string // of the sandbox; "" is the stand-in's default
	Example int    // the example it starts from
	Method  string // "" leaves the example's
	Path    string // "" leaves the example's
	Header  [2]string
	Replace [][2]string // in the body, each exactly once
	Body    string      // instead of the example's; "" leaves it
	Before  []string    // bodies sent first, each of which must succeed
	Status  int
	Text    string // must be in the answer's body
}

// Run sends every example and every case to a fresh sandbox, then what no vendor may accept.
func Run(t *testing.T, standin sandbox.Standin, cases []Case) {
	for _, e := range standin.Examples {
		t.Run("example "+e.Title, func(t *testing.T) {
			status, body := send(t, open(t, standin, ""), standin, e)
			if status != e.Status {
				t.Errorf("status %d, want %d: %s", status, e.Status, body)
			}
		})
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) { runCase(t, standin, c) })
	}
	for _, c := range strict(standin.Examples[0]) {
		t.Run("strict "+c.Name, func(t *testing.T) { runRefused(t, standin, c) })
	}
}

// Request is an example as a request against a vendor's base URL.
func Request(e sandbox.Example, base string, now time.Time) (*http.Request, error) {
	r, err := http.NewRequestWithContext(context.Background(), e.Method, base+e.Path, strings.NewReader(e.Body))
	if err != nil {
		return nil, err
	}
	for _, h := range e.Header {
		r.Header.Set(h[0], strings.ReplaceAll(h[1], "{date}", now.UTC().Format(http.TimeFormat)))
	}
	return r, nil
}

func runCase(t *testing.T, standin sandbox.Standin, c Case) {
	s := open(t, standin, c.Shape)
	for _, body := range c.Before {
		e := standin.Examples[c.Example]
		e.Body = body
		if status, answer := send(t, s, standin, e); status >= 300 {
			t.Fatalf("a body that must succeed got %d: %s", status, answer)
		}
	}
	status, body := send(t, s, standin, c.apply(t, standin.Examples[c.Example]))
	if status != c.Status || !strings.Contains(body, c.Text) {
		t.Errorf("got %d %s\nwant %d with %q", status, body, c.Status, c.Text)
	}
}

// runRefused asks for any refusal, and that nobody was registered.
func runRefused(t *testing.T, standin sandbox.Standin, c Case) {
	s := open(t, standin, "")
	status, body := send(t, s, standin, c.apply(t, standin.Examples[0]))
	if status < 400 {
		t.Errorf("got %d %s, want a refusal", status, body)
	}
	if !strings.HasPrefix(body, "{") {
		t.Errorf("the refusal is not in the vendor's form: %s", body)
	}
	if n := s.Register(standin.Name).Summary().Acts; n != 0 {
		t.Errorf("%d people were registered by a refused request", n)
	}
}

func (c Case) apply(t *testing.T, e sandbox.Example) sandbox.Example {
	t.Helper()
	e.Method = cmp.Or(c.Method, e.Method)
	e.Path = cmp.Or(c.Path, e.Path)
	e.Body = cmp.Or(c.Body, e.Body)
	for _, r := range c.Replace {
		if strings.Count(e.Body, r[0]) != 1 {
			t.Fatalf("%q is not exactly once in %s", r[0], e.Body)
		}
		e.Body = strings.Replace(e.Body, r[0], r[1], 1)
	}
	if c.Header[0] != "" {
		e.Header = withHeader(e.Header, c.Header)
	}
	return e
}

// withHeader sets a header, or takes it away where the value is empty.
func withHeader(header [][2]string, h [2]string) [][2]string {
	out := slices.DeleteFunc(slices.Clone(header), func(old [2]string) bool { return strings.EqualFold(old[0], h[0]) })
	if h[1] != "" {
		out = append(out, h)
	}
	return out
}

// strict are edits of a working example that no vendor may accept.
func strict(e sandbox.Example) []Case {
	cases := []Case{
		{Name: "method", Method: http.MethodPut},
		{Name: "path", Path: "/v9" + e.Path},
		{Name: "query", Path: e.Path + join(e.Path) + "debug=1"},
		{Name: "content type", Header: [2]string{"Content-Type", "text/plain"}},
		{Name: "trailing garbage", Body: e.Body + "\n{}"},
		{Name: "cut body", Body: e.Body[:len(e.Body)/2]},
		{Name: "empty body", Body: " "},
	}
	if strings.HasPrefix(e.Body, "{") {
		cases = append(cases,
			Case{Name: "array", Body: "[" + e.Body + "]"},
			Case{Name: "duplicate member", Body: `{"email": "a@example.com", ` + e.Body[1:]},
			Case{Name: "unknown member", Body: `{"Email": "a@example.com", ` + e.Body[1:]},
			Case{Name: "invalid UTF-8", Body: strings.Replace(e.Body, "@", "\xff@", 1)})
	}
	for _, h := range e.Header {
		cases = append(cases,
			Case{Name: "without " + h[0], Header: [2]string{h[0], ""}},
			Case{Name: "wrong " + h[0], Header: [2]string{h[0], "wrong"}})
	}
	return cases
}

func join(path string) string {
	if strings.Contains(path, "?") {
		return "&"
	}
	return "?"
}

func open(t *testing.T, standin sandbox.Standin, shape string) *sandbox.Sandbox {
	t.Helper()
	s, err := sandbox.New([]sandbox.Standin{standin}, sandbox.Options{Shape: shape})
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

func send(t *testing.T, s *sandbox.Sandbox, standin sandbox.Standin, e sandbox.Example) (int, string) {
	t.Helper()
	r, err := Request(e, "http://127.0.0.1/"+standin.Name, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w.Code, w.Body.String()
}
