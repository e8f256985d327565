package reports

import (
	"strings"
	"unicode/utf8"
)

// wrapAt returns a function that breaks texts between words into lines of at most width columns, each behind the indent. What stands between backticks is to be
// pasted, and is broken only where it is longer than a line.
func wrapAt(width int) func(indent string, texts ...string) string {
	return func(indent string, texts ...string) string {
		var lines []string
		line := ""
		for _, word := range unbroken(strings.Fields(strings.Join(texts, " ")), width-utf8.RuneCountInString(indent)) {
			switch {
			case line == "":
				line = indent + word
			case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width:
				lines, line = append(lines, line), indent+word
			default:
				line += " " + word
			}
		}
		return strings.Join(append(lines, line), "\n")
	}
}

// unbroken joins the words between two backticks, as far as they fit most columns.
func unbroken(words []string, most int) (joined []string) {
	for len(words) > 0 {
		n := 1
		if opens(words[0]) {
			for end := 1; end < len(words); end++ {
				if opens(words[end]) {
					n = end + 1
					break
				}
			}
		}
		span := strings.Join(words[:n], " ")
		if utf8.RuneCountInString(span) > most {
			n, span = 1, words[0]
		}
		joined, words = append(joined, span), words[n:]
	}
	return joined
}

// opens reports a word with one end of a span between backticks, and not both.
func opens(word string) bool { return strings.Count(word, "`")%2 == 1 }
