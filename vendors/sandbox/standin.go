package sandbox

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"text/template"
	"time"
)

// Standin is one vendor's registration API, written from the vendor's public pages alone. It decodes for itself and shares no type with
// the client that it is there to judge. A Standin is a value without state: who is registered lives in the Call's Register.
type Standin struct {
	Name     string             `json:"name"`        // the vendor's name, and the first segment of its path in a sandbox: "distinct" is served under /distinct
	Page     string             `json:"page"`        // the public page it was written from
	Tenant   map[string]string  `json:"settings"`    // what it expects, by the vendor's own setting names
	Keys     map[string]string  `json:"credentials"` // the demo credentials it expects, by environment name
	Shapes   []string           `json:"shapes"`      // the forms of answer the pages leave open, the default first; Options.Shape chooses
	Examples []Example          `json:"examples"`
	Refusals map[Refusal]Answer `json:"refusals"` // the answer for each reason that has nothing to do with the row, in the vendor's own form

	Answer func(*Call) Answer `json:"-"` // what the vendor answers; registers the person where it accepts
}

// ParseStandin reads the data of a stand-in: a JSON object with the members of [Standin] and no others. The body of an example or a refusal is a
// JSON object as it goes over the wire; that of an example may also be a string, the text of a form. What is wrong with the data is a fault of
// the program: ParseStandin panics.
func ParseStandin(data []byte) Standin {
	var file struct {
		Standin
		Examples []struct {
			Example
			Body json.RawMessage `json:"body"`
		} `json:"examples"`
		Refusals map[Refusal]struct {
			Status int             `json:"status"`
			Body   json.RawMessage `json:"body"`
		} `json:"refusals"`
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		panic("sandbox: embedded data: " + err.Error())
	}
	s := file.Standin
	for _, e := range file.Examples {
		if json.Unmarshal(e.Body, &e.Example.Body) != nil {
			e.Example.Body = string(e.Body)
		}
		s.Examples = append(s.Examples, e.Example)
	}
	s.Refusals = map[Refusal]Answer{}
	for why, r := range file.Refusals {
		s.Refusals[why] = Answer{Status: r.Status, Body: r.Body}
	}
	return s
}

// Answering returns a copy of the stand-in with what it answers. Its examples are the copy's own: a caller may change them.
func (s Standin) Answering(answer func(*Call) Answer) Standin {
	s.Examples = slices.Clone(s.Examples)
	s.Answer = answer
	return s
}

// Settings returns a copy of Tenant; it is never nil.
func (s Standin) Settings() map[string]string { return copied(s.Tenant) }

// Credentials returns a copy of Keys; it is never nil.
func (s Standin) Credentials() map[string]string { return copied(s.Keys) }

func copied(m map[string]string) map[string]string { return maps.Collect(maps.All(m)) }

// Call is one request as a stand-in sees it. It is valid during Answer only.
type Call struct {
	Method   string
	Path     string // the vendor's own path, escaped as sent, without the sandbox's prefix
	RawQuery string
	Header   http.Header
	Body     []byte
	Now      time.Time
	Shape    string // one of the stand-in's Shapes
	Register *Register
}

// Only returns the value of a header that must be there exactly once. It is false when the header is missing, empty or repeated.
func (c *Call) Only(name string) (string, bool) {
	values := c.Header.Values(name)
	if len(values) != 1 || values[0] == "" {
		return "", false
	}
	return values[0], true
}

// Answer is what goes back. An empty Type is application/json.
type Answer struct {
	Status int // 100 to 999: some pages list statuses above 599
	Type   string
	Body   []byte
	Header http.Header // more headers; may be nil
}

// JSON is an answer with v as its body.
func JSON(status int, v any) Answer {
	body, err := json.Marshal(v)
	if err != nil {
		return Answer{Status: http.StatusInternalServerError}
	}
	return Answer{Status: status, Body: body}
}

// Refusal is a reason to refuse a request that has nothing to do with the row.
type Refusal string

const (
	Unauthorized Refusal = "unauthorized" // wrong or missing credentials
	Forbidden    Refusal = "forbidden"    // right credentials from the wrong place (an address list)
	Throttled    Refusal = "throttled"    // too many requests
	Broken       Refusal = "broken"       // the vendor's own server error
	Inactive     Refusal = "inactive"     // the event is not active, the plan is used up
	TooLarge     Refusal = "too_large"    // the request body is larger than MaxBody
)

// Example is a request that works against a sandbox with the demo credentials. Its header values may hold {date}, the current HTTP date.
type Example struct {
	Title  string      `json:"title"`
	Method string      `json:"method"`
	Path   string      `json:"path"` // the vendor's own path and query
	Header [][2]string `json:"header"`
	Body   string      `json:"-"`
	Status int         `json:"status"` // what the sandbox answers the first time
}

// TokenMark begins every live token that a stand-in gives away, so that a test can look for tokens where they must not be.
const TokenMark = "5a4db0c5"

// dateCommand prints the current time as an HTTP date in a shell.
const dateCommand = `$(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')`

// Curl writes the example as a shell command against a vendor's base URL (http://127.0.0.1:8080/distinct).
func (e Example) Curl(base string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "curl -sS -X %s '%s%s'", e.Method, base, e.Path)
	for _, h := range e.Header {
		if strings.Contains(h[1], "{date}") {
			fmt.Fprintf(&b, " \\\n  -H \"%s: %s\"", h[0], strings.ReplaceAll(h[1], "{date}", dateCommand))
			continue
		}
		fmt.Fprintf(&b, " \\\n  -H '%s: %s'", h[0], h[1])
	}
	if e.Body != "" {
		fmt.Fprintf(&b, " \\\n  -d '%s'", strings.ReplaceAll(e.Body, "'", `'\''`))
	}
	return b.String()
}

//go:embed banner.tmpl
var bannerText string

var bannerTemplate = template.Must(template.New("banner").Funcs(template.FuncMap{
	"indent": func(text string) string { return strings.ReplaceAll(text, "\n", "\n  ") },
}).Parse(bannerText))

// Banner says what is served at an address (http://127.0.0.1:8080): each vendor's base URL, demo credentials and settings, and a command to
// try it with.
func (s *Sandbox) Banner(address string) string {
	var b strings.Builder
	if err := bannerTemplate.Execute(&b, map[string]any{"Address": address, "Vendors": s.endpoints}); err != nil {
		panic(err) // into memory, from a fixed text: cannot fail
	}
	return b.String()
}
