package reports

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Guard makes a text harmless for a spreadsheet: one that a spreadsheet would run as a formula gets an apostrophe in front. All others
// are returned unchanged. [Unguard] undoes exactly this: Unguard(Guard(s)) == s for every s.
//
// What starts a formula: = + - @ tab and the line ends, also behind blanks, and the full-width forms (OWASP, "CSV Injection",
// https://owasp.org/www-community/attacks/CSV_Injection).
func Guard(s string) string {
	if startsFormula(s) {
		return "'" + s
	}
	return s
}

// Unguard removes the apostrophe that [Guard] added, and nothing else.
func Unguard(s string) string {
	if rest, found := strings.CutPrefix(s, "'"); found && startsFormula(rest) {
		return rest
	}
	return s
}

// startsFormula looks behind apostrophes too: so a text that had its own apostrophe differs from a guarded one.
func startsFormula(s string) bool {
	s = strings.TrimLeft(s, "' ")
	if s == "" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("=+-@\t\r\n＝＋－＠", r)
}

// Shown returns s safe to show on a terminal, on a page and in one line of a file: control characters, escapes, marks that change the
// writing direction and bytes that are not UTF-8 are written as \n, \t, \r, \u001b or \xff. Shown(Shown(s)) == Shown(s).
func Shown(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r == utf8.RuneError || hidden(r) }) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case hidden(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

// hidden reports whether a character acts on a terminal or on the text around it instead of being seen. Joiners inside words and emoji are not hidden.
func hidden(r rune) bool {
	return unicode.IsControl(r) || r > unicode.MaxLatin1 && strings.ContainsRune("\u2028\u2029\ufeff\u200e\u200f\u061c", r) ||
		r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}
