package problem

import (
	"fmt"
	"strings"
)

// Detail returns the error as people read it, over several lines: its text, the source line with a caret below what is meant, and the hint:
//
//	job.yaml:7:11: unknown key "colum"
//	    7 |   phone: {colum: Mobile}
//	      |           ^^^^^ did you mean "column"?
//
// Without a source line the hint is on a line of its own.
func (e *Error) Detail() string {
	text, hint, excerpt := e.Error(), e.Hint(), e.Excerpt()
	switch {
	case excerpt != "":
		return strings.TrimSuffix(text+"\n"+excerpt+" "+hint, " ")
	case hint != "":
		return text + "\n    hint: " + hint
	}
	return text
}

// maxSource is how many runes of a source line are shown.
const maxSource = 160

// Excerpt returns the source line and the line with the caret, without a newline at the end; "" where no source is known. Of a long line it shows
// the part around the caret.
func (e *Error) Excerpt() string {
	if e.Source == "" || e.Column < 1 {
		return ""
	}
	line := []rune(printable(e.Source))
	from := min(e.Column-1, len(line))
	start := max(0, from-maxSource/2)
	end := min(len(line), start+maxSource)
	width := max(1, min(e.Width, end-from))
	number := fmt.Sprintf("%5d", e.Line)
	return fmt.Sprintf("%s | %s\n%s | %s%s", number, string(line[start:end]),
		strings.Repeat(" ", len(number)), strings.Repeat(" ", from-start), strings.Repeat("^", width))
}

// printable replaces what would move the cursor or show nothing, one rune for one rune, so that carets stay below what they mean.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case IsControl(r) || IsInvisible(r):
			return '?'
		}
		return r
	}, s)
}

// IsControl reports the C0 and C1 control characters and DEL.
func IsControl(r rune) bool { return r < 0x20 || 0x7F <= r && r < 0xA0 }

// IsInvisible reports characters that take no room, or turn the direction of the text around them.
func IsInvisible(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0xAD, // soft hyphen
		r == 0x180E,                // Mongolian vowel separator
		0x200B <= r && r <= 0x200F, // zero-width space, joiners, direction marks
		0x2028 <= r && r <= 0x202E, // line and paragraph separators, direction embeddings
		0x2060 <= r && r <= 0x2064, // word joiner, invisible operators
		0x2066 <= r && r <= 0x206F, // direction isolates
		r == 0xFEFF:                // byte order mark
		return true
	}
	return false
}
