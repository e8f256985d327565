package sandbox

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

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
