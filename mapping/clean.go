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
// joiners, byte order marks, soft hyphens, marks of writing direction. What is between two visible characters stays.
func Trim(s string) string {
	return strings.TrimFunc(s, isBlank)
}

func isBlank(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || '\t' <= r && r <= '\r'
	}
	return unicode.IsSpace(r) || problem.IsInvisible(r)
}

// readText checks text that a vendor gets as it is.
func readText(s string) (value, *flaw) {
	if len(s) > maxText {
		return value{}, newFlaw(CodeTooLong, "longer than 4096 bytes")
	}
	for i, r := range s {
		switch {
		case ' ' <= r && r <= '~':
		case problem.IsControl(r):
			return value{}, controlFlaw(r)
		case r == utf8.RuneError && startsBroken(s[i:]):
			return value{}, newFlaw(CodeControlCharacter, "has bytes that are not UTF-8 text")
		}
	}
	return value{text: s}, nil
}

// clean returns a cell as it is read, and what was done to it: white space is cut off both ends, characters that show nothing
// (soft hyphens, zero-width spaces, byte order marks, marks of writing direction) are taken out everywhere, and
// no-break spaces become plain ones. Zero-width joiners stay between letters that are written otherwise without them
// (Persian, Hindi, emoji). Line breaks and tabs inside stay: they are reported, not removed.
func clean(cell string) (string, noteSet) {
	if len(cell) > 0 && cell[0] > ' ' && cell[len(cell)-1] > ' ' && isASCII(cell) {
		return cell, 0
	}
	var did noteSet
	text := strings.TrimFunc(cell, func(r rune) bool {
		switch {
		case problem.IsInvisible(r):
			did |= removedInvisible
		case isBlank(r):
			did |= trimmedEnds
		default:
			return false
		}
		return true
	})
	if isASCII(text) || !strings.ContainsFunc(text, isOdd) {
		return text, did
	}
	inside, more := cleanInside(text)
	return inside, did | more
}

// cleaned is clean for texts of the job file.
func cleaned(s string) string {
	text, _ := clean(s)
	return text
}

func cleanInside(text string) (string, noteSet) {
	var did noteSet
	var b strings.Builder
	b.Grow(len(text))
	before, broken := rune(0), false // what was written last, and whether that is no character
	for i, r := range text {
		_, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError:
			b.WriteString(text[i : i+n]) // broken bytes stay: readText reports them
		case isSpecialSpace(r):
			b.WriteByte(' ')
			did |= replacedSpaces
		case isJoiner(r) && joins(before, text[i+n:]):
			b.WriteRune(r)
		case isOdd(r) && !(broken && startsBroken(text[i+n:])): // which together might be a character that was never there
			did |= removedInvisible
			continue
		default:
			b.WriteRune(r)
		}
		before, broken = r, r == utf8.RuneError && n == 1
	}
	return b.String(), did
}

// startsBroken reports whether s begins with a byte that is no UTF-8.
func startsBroken(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return r == utf8.RuneError && n == 1
}

// isOdd reports what cleanInside looks at. Line and paragraph separators are no part of it: they are line breaks.
func isOdd(r rune) bool {
	return isSpecialSpace(r) || problem.IsInvisible(r) && r != 0x2028 && r != 0x2029
}

// isSpecialSpace reports spaces that look like a plain one. The ideographic space is as wide as the letters around it.
func isSpecialSpace(r rune) bool {
	return r == 0xA0 || r == 0x202F || r == 0x205F || 0x2000 <= r && r <= 0x200A
}

func isJoiner(r rune) bool { return r == 0x200C || r == 0x200D }

// joins reports whether a joiner between before and what rest begins with can be seen.
func joins(before rune, rest string) bool {
	after, _ := utf8.DecodeRuneInString(rest)
	plain := func(r rune) bool { return r < 0x80 || unicode.Is(unicode.Latin, r) || isOdd(r) }
	return !plain(before) && !plain(after)
}

// isASCII looks at eight bytes at a time: every cell of every row comes this way.
func isASCII(s string) bool {
	all := byte(0)
	for ; len(s) >= 8; s = s[8:] {
		all |= s[0] | s[1] | s[2] | s[3] | s[4] | s[5] | s[6] | s[7]
	}
	for i := range len(s) {
		all |= s[i]
	}
	return all < utf8.RuneSelf
}
