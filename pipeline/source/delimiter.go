package source

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDelimiter is how many characters a delimiter may have.
const maxDelimiter = 8

// delimiterNames are the names that people write for delimiters that are hard to type or to see.
func delimiterNames() map[string]string {
	return map[string]string{
		"tab": "\t", `\t`: "\t", "comma": ",", "semicolon": ";", "colon": ":", "pipe": "|", "bar": "|", "space": " ",
		"soh": "\x01", "stx": "\x02", "etx": "\x03", "fs": "\x1c", "gs": "\x1d", "rs": "\x1e", "us": "\x1f",
	}
}

var (
	escapedHex   = regexp.MustCompile(`^(?i:\\x|0x|\\u|u\+)([0-9a-fA-F]{2,4})$`)
	escapedOctal = regexp.MustCompile(`^\\(0[0-7]{2})$`)
	caret        = regexp.MustCompile(`^\^[A-Z\[\\\]^_]$`)
)

// ReadDelimiter returns the characters that a person means who cannot type them: tab, SOH, \x01, \u0001, 0x01, \001 and ^A are names of
// characters. Any other text means itself; Survey judges it.
func ReadDelimiter(text string) string {
	if known, ok := delimiterNames()[strings.ToLower(text)]; ok {
		return known
	}
	code, base := "", 16
	if m := escapedHex.FindStringSubmatch(text); m != nil {
		code = m[1]
	} else if m := escapedOctal.FindStringSubmatch(text); m != nil {
		code, base = m[1], 8
	} else if caret.MatchString(text) {
		return string(rune(text[1] - '@'))
	}
	if n, err := strconv.ParseUint(code, base, 32); err == nil {
		return string(rune(n))
	}
	return text
}

// checkDelimiter returns an error for what cannot stand between cells. More than one character is a delimiter only where none of them is a letter
// or a digit: a word is a name that is not known, or a slip.
func checkDelimiter(d string) error {
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	size := utf8.RuneCountInString(d)
	if !utf8.ValidString(d) || strings.ContainsAny(d, "\x00\r\n\"\x7f\ufffd") || size > maxDelimiter ||
		strings.ContainsFunc(d, word) && (size > 1 || d[0] >= utf8.RuneSelf) {
		return unusable(`write the characters between the cells, such as ";", "||", tab or "\x01", after delimiter: under input: in the job file`,
			"%q cannot separate cells", d)
	}
	return nil
}

// delimiterName shows a delimiter so that it can be seen, and pasted after delimiter: in a job file.
func delimiterName(d string) string {
	if d == "\t" {
		return "tab"
	}
	return strconv.Quote(d)
}

// delimiterBytes are the bytes of a delimiter in a content of that encoding as it is split; "" where it has none.
func delimiterBytes(d, encoding string) string {
	page := pageOf(encoding)
	if page == nil || isASCII(d) {
		return d
	}
	encoded, ok := page.encode(d)
	if !ok {
		return ""
	}
	return encoded
}

// overlapsItself reports whether a delimiter can begin within another, as || does in |||: where a cell ends may then not be certain.
func overlapsItself(d string) bool {
	for i := 1; i < len(d); i++ {
		if strings.HasPrefix(d, d[i:]) {
			return true
		}
	}
	return false
}

// at returns where the first delimiter begins in text, -1 without one.
func (s *syntax) at(text string) int {
	if len(s.delimiter) == 1 {
		return strings.IndexByte(text, s.delimiter[0])
	}
	return strings.Index(text, s.delimiter)
}

// unclear reports whether text, which begins with a delimiter, could have its delimiters elsewhere: a|||b is "a" and "|b", or "a|" and "b".
// Delimiters one after the other, with empty cells between them, are clear.
func (s *syntax) unclear(text string) bool {
	if !s.overlaps {
		return false
	}
	end := len(s.delimiter)
	for i := 1; i < end; i++ {
		if strings.HasPrefix(text[i:], s.delimiter) {
			end = i + len(s.delimiter)
		}
	}
	return end%len(s.delimiter) != 0 || text[:end] != strings.Repeat(s.delimiter, end/len(s.delimiter))
}

// rareDelimiters are recognised where a list has none of the usual ones, or has them only within these.
func rareDelimiters() []string {
	return []string{"||", "|||", "::", ";;", "\t\t", "~|~", "|~|", "^|^", "[|]", "@|@", "#|#", "~~", "##", "$$", "^^", "@@", "\x01", "\x1f", "\x1e", "\x1c", "¦", "§", "；", "，", "~", "^"}
}

// rareDelimiter finds the rare delimiter that the header has: in place of the usual one, where every record has it as often, or around every usual one.
func rareDelimiter(head []byte, f *File, usual string, l Limits) (string, bool) {
	known := fitOf(head, usual, f.dialect, l)
	for _, d := range rareDelimiters() {
		if !bytes.Contains(head, []byte(delimiterBytes(d, f.Encoding))) {
			continue
		}
		fit := fitOf(head, delimiterBytes(d, f.Encoding), f.dialect, l)
		within := strings.Count(d, usual)
		instead := known.header == 0 && fit.records >= 2 && fit.same == fit.records
		around := within > 0 && known.header == fit.header*within && fit.same >= known.same
		if fit.header > 0 && (instead || around) {
			return d, true
		}
	}
	return "", false
}
