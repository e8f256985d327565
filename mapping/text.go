package mapping

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"importer/mapping/problem"
)

// maxText is the longest text of a field, in bytes. No vendor takes as much; a longer cell is a mark of a broken file.
const maxText = 4096

// Trim cuts white space of every kind off both ends of s, and the characters that show nothing: zero-width spaces and
// joiners, byte order marks, soft hyphens, marks of writing direction. What stands between two visible characters stays.
func Trim(s string) string {
	for len(s) > 0 && s[0] > ' ' && s[0] < utf8.RuneSelf && s[len(s)-1] > ' ' && s[len(s)-1] < utf8.RuneSelf {
		return s // the common case: nothing to cut
	}
	return strings.TrimFunc(s, isBlank)
}

func isBlank(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || '\t' <= r && r <= '\r'
	}
	return unicode.IsSpace(r) || problem.IsInvisible(r)
}

// readText checks text that a vendor gets as it stands.
func readText(s string) (value, *flaw) {
	if len(s) > maxText {
		return value{}, flawTextTooLong
	}
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf {
			return readWideText(s)
		} else if c < ' ' || c == 0x7F {
			return value{}, controlFlaw(rune(c))
		}
	}
	return value{text: s}, nil
}

func readWideText(s string) (value, *flaw) {
	for i, r := range s {
		if problem.IsControl(r) {
			return value{}, controlFlaw(r)
		}
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return value{}, flawBrokenText
			}
		}
	}
	return value{text: s}, nil
}
