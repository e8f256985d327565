package source

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// codePage is an encoding of one byte a character: the characters of the bytes from 0x80 on, and utf8.RuneError where a byte means none. The
// other bytes are ASCII.
type codePage [128]rune

var windows1252 = newCodePage(charmap.Windows1252)

// newCodePage makes one. The control characters from U+0080 to U+009F, which stand for bytes without a meaning, are no text.
func newCodePage(m *charmap.Charmap) *codePage {
	var p codePage
	for i := range p {
		if p[i] = m.DecodeByte(byte(0x80 + i)); p[i] < 0xA0 {
			p[i] = utf8.RuneError
		}
	}
	return &p
}

// char is the character of a byte.
func (p *codePage) char(c byte) rune {
	if c < 0x80 {
		return rune(c)
	}
	return p[c-0x80]
}

// decode returns s as UTF-8; ok is false when it has a byte without a meaning, which becomes U+FFFD.
func (p *codePage) decode(s string) (text string, ok bool) {
	if isASCII(s) {
		return s, true
	}
	ok = true
	var b strings.Builder
	b.Grow(len(s) + len(s)/2)
	for i := range len(s) {
		r := p.char(s[i])
		ok = ok && r != utf8.RuneError
		b.WriteRune(r)
	}
	return b.String(), ok
}

// encode returns a text in the bytes of the code page; false where it has a character that the code page has not.
func (p *codePage) encode(text string) (string, bool) {
	var b strings.Builder
	for _, r := range text {
		switch i := slices.Index(p[:], r); {
		case r < 0x80:
			b.WriteByte(byte(r))
		case i < 0 || r == utf8.RuneError:
			return "", false
		default:
			b.WriteByte(byte(0x80 + i))
		}
	}
	return b.String(), true
}
