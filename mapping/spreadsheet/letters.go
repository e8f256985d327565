package spreadsheet

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// misread are the encodings for which UTF-8 is taken: those of Windows, of older Macs, and of the command line.
var misread = []*charmap.Charmap{charmap.Windows1252, charmap.Macintosh, charmap.CodePage850, charmap.CodePage437, charmap.Windows1250, charmap.Windows1251, charmap.ISO8859_1}

// letters reports a text whose letters beyond ASCII were read in another encoding, once or twice, or replaced.
func letters(before, after string) bool {
	if isASCII(before) {
		return false
	}
	if replaced(before, after) {
		return true
	}
	for _, m := range misread {
		once := readAs(m, before)
		if same(once, after) || same(readAs(m, once), after) {
			return true
		}
	}
	return false
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// readAs is the text that a program sees that takes UTF-8 for another encoding.
func readAs(m *charmap.Charmap, s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(m.DecodeByte(s[i]))
	}
	return b.String()
}

// same compares a garbled text with what is there. Bytes that the encoding does not have are shown as anything or nothing.
func same(garbled, after string) bool {
	shown := func(s string) string {
		return plainSpace(strings.Map(func(r rune) rune {
			if r == utf8.RuneError || r >= 0x80 && r < 0xa0 {
				return -1
			}
			return r
		}, s))
	}
	return shown(garbled) == shown(after)
}

// replaced reports a text in which letters beyond ASCII, and nothing else, became ?, _ or the replacement character: one for each letter, or for each of
// its bytes.
func replaced(before, after string) bool {
	return replacedBy(before, after, func(rune) int { return 1 }) || replacedBy(before, after, utf8.RuneLen)
}

func replacedBy(before, after string, marks func(rune) int) bool {
	rest, lost := after, false
	for _, r := range before {
		next, size := utf8.DecodeRuneInString(rest)
		if size > 0 && next == r {
			rest = rest[size:]
			continue
		}
		if r < utf8.RuneSelf {
			return false
		}
		lost = true
		for range marks(r) {
			if next, size = utf8.DecodeRuneInString(rest); size == 0 || !isMark(next) {
				return false
			}
			rest = rest[size:]
		}
	}
	return lost && rest == ""
}

func isMark(r rune) bool { return r == '?' || r == '_' || r == utf8.RuneError }
