package job

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// credential is a key that a credential goes by, and the scalar after it. Credentials have no place in a job file, and this is how a person
// hears of it; the message must not carry the credential into a terminal's history or a log.
var credential = regexp.MustCompile(`(?i)([\w.-]*(?:key|token|secret|client_?id)["']?\s*:\s*)("[^"]*"?|'[^']*'?|[^\s,}\]\[{#&*|>][^,}\]#]*)`)

// conceal puts stars in place of what stands after such keys, as many as it had characters: carets below the line stay right.
func conceal(line string) string {
	spans := credential.FindAllStringSubmatchIndex(line, -1)
	if spans == nil {
		return line
	}
	var b strings.Builder
	end := 0
	for _, at := range spans {
		value := strings.TrimRight(line[at[4]:at[5]], " \t\r")
		b.WriteString(line[end:at[4]])
		b.WriteString(strings.Repeat("*", utf8.RuneCountInString(value)))
		end = at[4] + len(value)
	}
	b.WriteString(line[end:])
	return b.String()
}
