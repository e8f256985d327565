package vendors

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// view is a text as it reads after some rounds of decoding, and where in the original each of its bytes comes from.
type view struct {
	text     string
	from, to []int // of each byte of text: its span of the original
}

// maxRounds is how deep encodings are undone: JSON in JSON in a URL in HTML takes four.
const maxRounds = 6

// viewsOf returns the text as it is, and after each round of decoding that changes it. A round undoes the escapes of JSON, HTML and URLs wherever they
// are, once. When nothing is left to undo, references to characters without their semicolon are.
func viewsOf(text string) []view {
	plain := view{text: text, from: make([]int, len(text)), to: make([]int, len(text))}
	for i := range len(text) {
		plain.from[i], plain.to[i] = i, i+1
	}
	views := []view{plain}
	for _, reference := range []*regexp.Regexp{closedReference, openReference} {
		for range maxRounds {
			next, changed := views[len(views)-1].decoded(reference)
			if !changed {
				break
			}
			views = append(views, next)
		}
	}
	return views
}

// decoded is the view with each escape in it undone.
func (v view) decoded(reference *regexp.Regexp) (out view, changed bool) {
	var b strings.Builder
	for i := 0; i < len(v.text); {
		piece, n := unescape(v.text[i:], reference)
		if n == 0 {
			piece, n = v.text[i:i+1], 1
		} else {
			changed = true
		}
		b.WriteString(piece)
		for range len(piece) {
			out.from, out.to = append(out.from, v.from[i]), append(out.to, v.to[i+n-1])
		}
		i += n
	}
	out.text = b.String()
	return out, changed
}

// squeezed is the view without white space, for base64 and hex that are broken into lines.
func (v view) squeezed() view {
	var b strings.Builder
	var out view
	for i := range len(v.text) {
		if c := v.text[i]; c > ' ' {
			b.WriteByte(c)
			out.from, out.to = append(out.from, v.from[i]), append(out.to, v.to[i])
		}
	}
	out.text = b.String()
	return out
}

// span is a part of the original text that is to be masked, and by what.
type span struct {
	from, to int
	with     string
}

// span is the part of the original behind text[i:j].
func (v view) span(i, j int, with string) span { return span{v.from[i], v.to[j-1], with} }

// unescape returns what the escape at the beginning of s stands for, and its length; 0 where there is none.
func unescape(s string, reference *regexp.Regexp) (string, int) {
	switch s[0] {
	case '\\':
		return unescapeJSON(s)
	case '%':
		if len(s) >= 3 {
			if c, err := strconv.ParseUint(s[1:3], 16, 8); err == nil {
				return string([]byte{byte(c)}), 3
			}
		}
	case '&':
		if entity := reference.FindString(s); entity != "" {
			if text := html.UnescapeString(entity); text != entity {
				return text, len(entity)
			}
		}
	}
	return "", 0
}

// References to characters at the beginning of a text, as HTML has them: whole, and without the semicolon, which browsers take as well.
var (
	closedReference = regexp.MustCompile(`^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});`)
	openReference   = regexp.MustCompile(`^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});?`)
)

// unescapeJSON undoes an escape of JSON strings (RFC 8259, section 7), and \x41 and \', which other languages have.
func unescapeJSON(s string) (string, int) {
	if len(s) < 2 {
		return "", 0
	}
	switch c := s[1]; c {
	case '"', '\\', '/', '\'':
		return s[1:2], 2
	case 'b', 'f', 'n', 'r', 't':
		return map[byte]string{'b': "\b", 'f': "\f", 'n': "\n", 'r': "\r", 't': "\t"}[c], 2
	case 'x':
		if n, ok := hexDigits(s[2:], 2); ok {
			return string(n), 4
		}
	case 'u':
		high, ok := hexDigits(s[2:], 4)
		if !ok {
			return "", 0
		}
		if utf16.IsSurrogate(high) && strings.HasPrefix(s[6:], `\u`) {
			if low, ok := hexDigits(s[8:], 4); ok {
				if r := utf16.DecodeRune(high, low); r != utf8.RuneError {
					return string(r), 12
				}
			}
		}
		return string(high), 6
	}
	return "", 0
}

// hexDigits reads the first n characters of s.
func hexDigits(s string, n int) (rune, bool) {
	if len(s) < n {
		return 0, false
	}
	r, err := strconv.ParseUint(s[:n], 16, 32)
	return rune(r), err == nil
}
