package mapping

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// windows1252 is what nearly every double decoding went through.
var windows1252 = charmap.Windows1252

// wrongReadings are the encodings that UTF-8 is read as by mistake. It is never changed.
var wrongReadings = []*charmap.Charmap{
	charmap.Windows1252, charmap.Windows1250, charmap.Macintosh, charmap.Windows1251, charmap.Windows1254, charmap.Windows1257, charmap.Windows1253,
	charmap.CodePage850, charmap.CodePage437,
}

// maxDoubled is the longest text that is looked at; a longer one is a fault anyway.
const maxDoubled = maxText

// looksDoubled reports UTF-8 that was read as another encoding: every letter outside ASCII is part of a sequence that UTF-8 has,
// and what the sequences stand for looks like text, which they themselves do not.
func looksDoubled(s string, _ texture) bool { return len(singles(s)) > 0 }

// undoubled takes one double decoding back. It is false where two encodings give different texts.
func undoubled(s string) (string, bool) {
	found := singles(s)
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}

// singles returns the different texts of which s can be a double decoding.
func singles(s string) (found []string) {
	if isASCII(s) || len(s) > maxDoubled {
		return nil
	}
	for _, wrong := range wrongReadings {
		if whole, ok := decodedOnce(s, wrong); ok && !slices.Contains(found, whole) {
			found = append(found, whole)
		}
	}
	return found
}

// decodedOnce writes a text in an encoding and reads it as UTF-8.
func decodedOnce(s string, wrong *charmap.Charmap) (string, bool) {
	raw := make([]byte, 0, len(s))
	for i, r := range s {
		if r < utf8.RuneSelf {
			raw = append(raw, byte(r))
			continue
		}
		b, ok := byteOf(r, wrong)
		switch {
		case !ok, r == utf8.RuneError && startsBroken(s[i:]):
			return "", false
		case b < 0xC2 && (len(raw) == 0 || raw[len(raw)-1] < utf8.RuneSelf): // no sequence begins so
			return "", false
		}
		raw = append(raw, b)
	}
	whole := string(raw)
	if !utf8.ValidString(whole) || !looksMeant(whole) || isProper(s) && !strings.ContainsAny(s, halfMarks) && !isProper(whole) || couldBeMeant(s) {
		return "", false
	}
	return whole, true
}

// byteOf returns the byte of a character; a C1 control is the byte that the encoding leaves undefined.
func byteOf(r rune, in *charmap.Charmap) (byte, bool) {
	if b, ok := in.EncodeRune(r); ok {
		return b, true
	}
	if isC1(r) {
		return byte(r), true
	}
	return 0, false
}

// looksMeant reports whether the letters outside ASCII of a decoded text are those that people write.
func looksMeant(s string) bool {
	all := []rune(s)
	strange := 0 // letters of other scripts
	for i, r := range all {
		switch {
		case r < utf8.RuneSelf:
		case isEuropean(r):
		case r == 0x259 || r == 0x18F: // Azeri
			if i+1 == len(all) || !unicode.IsLetter(all[i+1]) {
				return false
			}
		case r < 0x300:
			return false
		case 0x300 <= r && r <= 0x36F:
			if i == 0 || !unicode.IsLetter(all[i-1]) || utf8.RuneCountInString(norm.NFC.String(string(all[i-1:i+1]))) > 1 {
				return false
			}
		case unicode.IsLetter(r) || unicode.IsMark(r):
			if i > 0 && isLetterByte(all[i-1]) || i+1 < len(all) && isLetterByte(all[i+1]) {
				return false // half of a word in one script, half in another
			}
			strange++
		case unicode.IsPunct(r), unicode.IsSymbol(r), unicode.IsSpace(r), r == 0xFEFF, r == utf8.RuneError, 0x200B <= r && r <= 0x200F, r == 0xFE0F:
		default:
			return false
		}
	}
	return strange != 1
}

func isLetterByte(r rune) bool { return r < utf8.RuneSelf && isLetter(byte(r)) }

// isEuropean reports the letters and marks of languages in Latin script.
func isEuropean(r rune) bool {
	return 0x80 <= r && r <= 0x17F || 0x218 <= r && r <= 0x21B || r == 0x1A0 || r == 0x1A1 || r == 0x1AF || r == 0x1B0 || 0x1E00 <= r && r <= 0x1EFF ||
		0x2010 <= r && r <= 0x2044 || r == 0x20AC || r == 0x2122 || r == 0x192 || r == 0x2C6 || r == 0x2DC // the last of windows-1252, where it was decoded three times
}

// couldBeMeant reports texts in which each sequence can be what somebody wrote: capitals beside capitals, as in KŘÍŽ, or a capital at
// the end of a word of capitals with a sign of the trade behind it.
func couldBeMeant(s string) bool {
	all := []rune(s)
	for i := 0; i < len(all); i++ {
		if all[i] < utf8.RuneSelf {
			continue
		}
		end := i + 1
		for end < len(all) && all[end] >= utf8.RuneSelf {
			end++
		}
		pair := all[i:end]
		if len(pair) != 2 || !unicode.IsUpper(pair[0]) || !isWrittenBehind(all, i+1) {
			return false
		}
		i = end - 1
	}
	return true
}

// isWrittenBehind reports whether the character at all[at] can stand behind a capital of a word in capitals.
func isWrittenBehind(all []rune, at int) bool {
	loud := at > 1 && unicode.IsUpper(all[at-2]) && (at+1 == len(all) || !unicode.IsLower(all[at+1]))
	switch r := all[at]; {
	case !loud:
		return false
	case r == 'Œ' || r == 'Ÿ' || r == 'ƒ':
		return false
	case unicode.IsUpper(r):
		return true
	case r == '®', r == '™', r == '…':
		return at+1 == len(all) || all[at+1] == ' '
	}
	return false
}

// isProper reports whether every word is written as words are: all in capitals, or with capitals only where parts of it begin.
func isProper(s string) bool {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		lower, upper, first := 0, 0, false
		for i, r := range w {
			switch {
			case unicode.IsUpper(r):
				upper++
				first = first || i == 0
			case unicode.IsLower(r):
				lower++
			}
		}
		if lower > 0 && (upper > 1 || upper == 1 && !first) {
			return false
		}
	}
	return true
}

// isHalfLead reports what is left of a letter decoded twice when the other half was cut off with the blanks: Ã and Â.
func isHalfLead(r rune) bool { return r == 'Ã' || r == 'Â' }

// halfMarks are what stands behind the first half of a letter decoded twice, and never behind a letter that was meant.
const halfMarks = "¡¢£¤¥¦§¨©«¬¯°±²³´µ¶¸¹¼½¾¿€‚ƒ„†‡ˆ‰‹Œ˜›Ÿ"

// looksHalfDoubled reports sequences of UTF-8 that was read as windows-1252 in a text that cannot be taken back as a whole: it is mixed, or what
// reads the list has changed it.
func looksHalfDoubled(s string, _ texture) bool {
	if isASCII(s) {
		return false
	}
	all := []rune(s)
	for i, r := range all {
		ahead := rune(0)
		if i+1 < len(all) {
			ahead = all[i+1]
		}
		switch {
		case isHalfLead(r) && i > 0 && unicode.IsLower(all[i-1]) && !unicode.IsUpper(ahead): // MarÃa
			return true
		case strings.ContainsRune("ÃÂÄÅâãÐÑÎÏ", r) && ahead != 0 && strings.ContainsRune(halfMarks, ahead):
			return true
		case (r == 'å' || r == 'ä') && i+2 < len(all) && strings.ContainsRune(halfMarks, ahead) && unicode.IsLetter(all[i+2]): // in small letters
			return true
		}
	}
	return false
}
