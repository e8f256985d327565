package problem

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Detail returns the error as people read it, over several lines: its text, the source line with a caret below what is meant, and the hint:
//
//	job.yaml:7:11: unknown key "colum"
//	    7 |   phone: {colum: Mobile}
//	      |           ^^^^^ did you mean "column"?
//
// Without a source line the hint stands on a line of its own.
func (e *Error) Detail() string {
	text, hint := e.Error(), e.Hint()
	if excerpt := e.Excerpt(); excerpt != "" {
		text += "\n" + excerpt
		if hint != "" {
			text += " " + hint
		}
		return text
	}
	if hint != "" {
		text += "\n    hint: " + hint
	}
	return text
}

// maxSource is how many runes of a source line are shown.
const maxSource = 160

// Excerpt returns the source line and the line with the caret, without a newline at the end; "" where no source is known.
func (e *Error) Excerpt() string {
	if e.Source == "" || e.Column < 1 {
		return ""
	}
	line := []rune(printable(e.Source))
	from := min(e.Column-1, len(line))
	start := max(0, from-maxSource/2)
	if from <= maxSource/2 {
		start = 0
	}
	end := min(len(line), start+maxSource)
	width := max(1, min(e.Width, end-from))
	number := fmt.Sprintf("%5d", e.Line)
	return fmt.Sprintf("%s | %s\n%s | %s%s", number, string(line[start:end]),
		strings.Repeat(" ", utf8.RuneCountInString(number)), strings.Repeat(" ", from-start), strings.Repeat("^", width))
}

// printable replaces what would move the cursor, one rune for one rune, so that carets stay below what they mean.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case !unicode.IsPrint(r):
			return '?'
		}
		return r
	}, s)
}
