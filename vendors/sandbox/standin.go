package sandbox

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Standin is one vendor's registration API, written from the vendor's public pages alone. It decodes for itself and shares no type with
// the client that it is there to judge. A Standin is a value without state: who is registered lives in the Call's Register.
type Standin struct {
	Name string // the vendor's name, and the first segment of its path in a sandbox: "distinct" is served under /distinct
	Page string // the public page it was written from

	Settings    func() map[string]string // the tenant it expects, by the vendor's own setting names; a fresh map each time
	Credentials func() map[string]string // the demo credentials it expects, by environment name; a fresh map each time

	Shapes   []string // the forms of answer the pages leave open, the default first; Options.Shape chooses
	Examples []Example

	Answer   func(*Call) Answer // what the vendor answers; registers the person where it accepts
	Refusals map[Refusal]Answer // the answer for each reason that lies outside the row, in the vendor's own form
}

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

// Refusal is a reason to refuse a request that lies outside the row.
type Refusal uint8

const (
	Unauthorized Refusal = iota + 1 // wrong or missing credentials
	Forbidden                       // right credentials from the wrong place (an address list)
	Throttled                       // too many requests
	Broken                          // the vendor's own server error
	Inactive                        // the event is not active, the plan is used up
	TooLarge                        // the request body is larger than MaxBody
)

// Example is a request that works against a sandbox with the demo credentials. Its header values may hold {date}, the current HTTP date.
type Example struct {
	Title  string
	Method string
	Path   string // the vendor's own path and query
	Header [][2]string
	Body   string
	Status int // what the sandbox answers the first time
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

// Banner says what is served at an address (http://127.0.0.1:8080): each vendor's base URL, demo credentials and settings, and a command to
// try it with.
func (s *Sandbox) Banner(address string) string {
	var b strings.Builder
	for _, d := range s.endpoints {
		base := address + "/" + d.Name
		fmt.Fprintf(&b, "%s  %s\n", d.Name, base)
		printPairs(&b, "  environment", d.Credentials())
		printPairs(&b, "  settings   ", d.Settings())
		for _, e := range d.Examples {
			fmt.Fprintf(&b, "  # %s\n  %s\n", e.Title, strings.ReplaceAll(e.Curl(base), "\n", "\n  "))
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "who is registered   curl -sS '%s/_sandbox/register?entries=1'\n", address)
	fmt.Fprintf(&b, "forget everybody    curl -sS -X POST '%s/_sandbox/reset'\n", address)
	return b.String()
}

func printPairs(b *strings.Builder, title string, pairs map[string]string) {
	if len(pairs) == 0 {
		return
	}
	b.WriteString(title)
	for _, k := range slices.Sorted(maps.Keys(pairs)) {
		fmt.Fprintf(b, " %s=%s", k, pairs[k])
	}
	b.WriteByte('\n')
}
