package faultproxy

import (
	_ "embed"
	"fmt"
	"strings"
)

// page is docs/faults.md without its tables.
//
//go:embed faults_page.md
var page string

// Markdown is the classification table as docs/faults.md holds it.
func Markdown() string {
	before, after, _ := strings.Cut(page, "{table}\n")
	var b strings.Builder
	b.WriteString(before)
	for _, part := range parts() {
		fmt.Fprintf(&b, "## %s\n\n%s\n\n| fault | where | connection | class | code | why |\n|---|---|---|---|---|---|\n", part.title, part.text)
		for _, r := range part.rows {
			class, code := r.verdicts()
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", list(r.Faults), list(r.At), list(r.On), class, code, r.Why)
		}
		b.WriteByte('\n')
	}
	b.WriteString(after)
	return b.String()
}

type part struct {
	title, text string
	rows        []Row
}

func parts() []part {
	return []part{
		{"Connecting", "No connection, no bytes: the row is sent again automatically.", connectRows()},
		{"While the request leaves", "One byte is enough for doubt. *Before the first byte* the peer's window is shut: the write took nothing.", requestRows()},
		{"While the answer comes", "Only a whole confirmation is a confirmation. The rows with *idle* are about the connection before the request.", answerRows()},
		{"What the answer is", "These come after the vendor has registered the person, but for 401, 403 and 429, which say that it did not.", formRows()},
		{"The answer's status", "The bodies are a gateway's HTML, but for those *around the success*. 401, 403 and 429 say that the vendor did not act, and here it did not.", statusRows()},
		{"How long to wait", "Retry-After in seconds or as a date (RFC 9110, 10.2.3), with a gateway's HTML.", waitRows()},
		{"The vendor's own words", "What each vendor's stand-in says, as the vendor's pages have it; where the vendors differ the row names them.", ownRows()},
	}
}

// verdicts are a row's class and code, followed by those of vendors that say otherwise.
func (r Row) verdicts() (class, code string) {
	class, code = r.Class.String(), "`"+r.Code+"`"
	for _, o := range r.Vendors {
		if o.Class != r.Class {
			class += "; " + o.Vendor + ": " + o.Class.String()
		}
		code += "; " + o.Vendor + ": `" + o.Code + "`"
	}
	return class, code
}

// list writes names one after the other.
func list[T ~string](names []T) string {
	texts := make([]string, len(names))
	for i, n := range names {
		texts[i] = string(n)
	}
	return strings.Join(texts, "; ")
}
