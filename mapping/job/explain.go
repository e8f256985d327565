package job

import (
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"importer/mapping"
	"importer/mapping/problem"
)

// Problem makes an error of kind [problem.Input] at a place of the file, or of one that it extends, with the source line for the caret.
// Message and hint are lower case without full stop; the hint may be empty.
func (f *File) Problem(pos mapping.Pos, message, hint string) *problem.Error {
	p := pos.Problem(message, hint)
	if f == nil {
		return p
	}
	lines := f.sources[pos.File]
	if pos.Line < 1 || pos.Line > len(lines) {
		return p
	}
	p.Source = hideCredentials(lines[pos.Line-1])
	if belowPassword(lines, pos.Line-1) {
		p.Source = hide(belowIt, p.Source)
	}
	p.Width = width(p.Source, pos.Column)
	return p
}

// Explain adds source lines to the problems joined in err, as [mapping.Compile] returns them; any other error comes back as it is.
func (f *File) Explain(err error) error {
	all := problem.All(err)
	for i, one := range all {
		if p, ok := one.(*problem.Error); ok && p.Source == "" {
			all[i] = f.Problem(mapping.Pos{File: p.File, Line: int(p.Line), Column: p.Column}, p.Message, p.Fix)
		}
	}
	if len(all) == 1 {
		return all[0]
	}
	return errors.Join(all...)
}

// plainText is a text without quotes, up to the next mark.
var plainText = regexp.MustCompile(`^(?:[^:,}\]#]|:[^ ,}\]#])*`)

// width says how many runes from column on belong to what is there: a text in quotes, brackets with all in them, or all up to the next mark.
func width(line string, column int) int {
	runes := []rune(line)
	if column < 1 || column > len(runes) {
		return 1
	}
	rest := runes[column-1:]
	if closing, ok := map[rune]rune{'"': '"', '\'': '\'', '{': '}', '[': ']'}[rest[0]]; ok {
		return upTo(rest, closing)
	}
	return max(1, utf8.RuneCountInString(strings.TrimRight(plainText.FindString(string(rest)), " ")))
}

// upTo counts the runes up to the mark that closes what rest begins with, or up to the end of the line.
func upTo(rest []rune, mark rune) int {
	depth := 0
	for i, r := range rest {
		switch {
		case i > 0 && r == mark:
			if depth--; depth <= 0 {
				return i + 1
			}
		case r == rest[0]:
			depth++
		}
	}
	return len(rest)
}

// credential is a key that a credential goes by, and the scalar after it. Credentials have no place in a job file, and this is how a person
// hears of it; the message must not carry the credential into a terminal's history or a log.
var credential = regexp.MustCompile(`(?i)([\w.-]*(?:key|token|secret|client_?id)["']?\s*:\s*)("[^"]*"?|'[^']*'?|[^\s,}\]\[{#&*|>][^,}\]#]*)`)

// constant is a constant of a field, which is a credential where the field is a password.
var constant = regexp.MustCompile(`(?i)((?:value|default)["']?\s*:\s*)("[^"]*"?|'[^']*'?|[^\s,}\]\[{#&*|>][^,}\]#]*)`)

// hideCredentials puts stars in place of what follows such keys, as many as it had characters: carets below the line stay right. Of a password on the
// line the constants go too.
func hideCredentials(line string) string {
	line = hide(credential, line)
	if strings.Contains(strings.ToLower(line), "password") {
		line = hide(constant, line)
	}
	return line
}

// belowIt is what stands on a line of the block of a password, but for what says where it comes from or how it is made.
var belowIt = regexp.MustCompile(`^(\s*(?:-|(?:value|values|default|empty|expr|format)["']?\s*:)\s*)(\S.*)$`)

// belowPassword reports whether a line is in the block of a password: a key above it, which is indented less, names one.
func belowPassword(lines []string, at int) bool {
	indent := func(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
	depth := indent(lines[at])
	for i := at - 1; i >= 0 && depth > 0; i-- {
		if strings.TrimSpace(lines[i]) == "" || indent(lines[i]) >= depth {
			continue
		}
		depth = indent(lines[i])
		if key, _, _ := strings.Cut(lines[i], ":"); strings.Contains(strings.ToLower(key), "password") {
			return true
		}
	}
	return false
}

func hide(credential *regexp.Regexp, line string) string {
	return credential.ReplaceAllStringFunc(line, func(found string) string {
		parts := credential.FindStringSubmatch(found)
		value := strings.TrimRight(parts[2], " \t\r")
		return parts[1] + strings.Repeat("*", utf8.RuneCountInString(value)) + parts[2][len(value):]
	})
}
