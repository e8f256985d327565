package mapping

import (
	"strings"
	"unicode"
	"unicode/utf8"
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
	return unicode.IsSpace(r) || isInvisible(r)
}

// isInvisible reports characters that take no room: they get in by copying and paste and mean nothing at the ends of a cell.
func isInvisible(r rune) bool {
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

// isControl reports the C0 and C1 control characters and DEL.
func isControl(r rune) bool { return r < 0x20 || 0x7F <= r && r < 0xA0 }

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
		if isControl(r) {
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
