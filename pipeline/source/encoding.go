package source

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// markOf returns the encoding of the byte order mark at the beginning of head, and the mark's length; "" without one. UTF-32 comes first,
// since its little-endian mark begins with that of UTF-16.
func markOf(head []byte) (encoding string, length int) {
	for _, m := range []struct{ mark, encoding string }{
		{"\xEF\xBB\xBF", UTF8}, {"\xFF\xFE\x00\x00", UTF32LE}, {"\x00\x00\xFE\xFF", UTF32BE}, {"\xFF\xFE", UTF16LE}, {"\xFE\xFF", UTF16BE},
	} {
		if bytes.HasPrefix(head, []byte(m.mark)) {
			return m.encoding, len(m.mark)
		}
	}
	return "", 0
}

// utf16ByNUL recognises UTF-16 without a mark: most characters of a list are ASCII, so that every other byte is NUL. It wants at least two
// thirds of the bytes on one side to be NUL and at most a tenth on the other; empty when head is not so.
func utf16ByNUL(head []byte) string {
	var nul [2]int
	for i, c := range head {
		if c == 0 {
			nul[i%2]++
		}
	}
	mostly := func(side int) bool { return nul[side]*3 >= len(head)/2*2 && nul[1-side]*10 <= len(head)/2 }
	switch {
	case len(head) < 4:
		return ""
	case mostly(1):
		return UTF16LE
	case mostly(0):
		return UTF16BE
	}
	return ""
}

// isASCII reports whether s has no byte over 0x7f.
func isASCII[T string | []byte](s T) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// readableUTF8 returns s with its bytes that are not UTF-8 read as windows-1252. It is for people to look at, not for reading.
func readableUTF8(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			r = windows1252.char(s[i])
		}
		b.WriteRune(r)
		i += n
	}
	return b.String()
}

// utf32ByNUL recognises UTF-32 without a mark: every character of a list is below U+110000, so that the highest of its four bytes is NUL and the
// next at most 0x10, and most are ASCII, with three NULs. Empty when head is not so.
func utf32ByNUL(head []byte) string {
	var nul [4]int
	for i, c := range head {
		if c == 0 {
			nul[i%4]++
		}
	}
	all := len(head) / 4
	mostly := func(side int) bool { return nul[side]*3 >= all*2 }
	switch {
	case len(head) < 8:
		return ""
	case nul[3] == all && mostly(1) && mostly(2) && nul[0]*10 <= all:
		return UTF32LE
	case nul[0] >= all && mostly(1) && mostly(2) && nul[3]*10 <= all:
		return UTF32BE
	}
	return ""
}

// newUTF16Reader converts a UTF-16 stream to UTF-8. What is no character (half of a surrogate pair, an odd byte at the end) becomes
// bytes that are not UTF-8, so that the row that has it, and no other, is broken by the check that every row goes through. (The decoders of
// golang.org/x/text make U+FFFD of it, which a list may hold.)
func newUTF16Reader(src io.Reader, encoding string) io.Reader {
	order := map[string]binary.ByteOrder{UTF16LE: binary.LittleEndian, UTF16BE: binary.BigEndian}[encoding]
	return transform.NewReader(src, utf16Decoder{order: order})
}

type utf16Decoder struct {
	transform.NopResetter
	order binary.ByteOrder
}

// Transform is that of transform.Transformer.
func (u utf16Decoder) Transform(dst, src []byte, atEOF bool) (out, in int, err error) {
	for len(src)-in >= 2 {
		if len(dst)-out < utf8.UTFMax {
			return out, in, transform.ErrShortDst
		}
		r, size := rune(u.order.Uint16(src[in:])), 2
		if utf16.IsSurrogate(r) {
			if len(src)-in < 4 && !atEOF {
				return out, in, transform.ErrShortSrc
			}
			if len(src)-in >= 4 {
				if pair := utf16.DecodeRune(r, rune(u.order.Uint16(src[in+2:]))); pair != utf8.RuneError {
					r, size = pair, 4
				}
			}
		}
		if size == 2 && utf16.IsSurrogate(r) { // as UTF-8 would have it, were it a character
			out += copy(dst[out:], []byte{0xE0 | byte(r>>12), 0x80 | byte(r>>6)&0x3F, 0x80 | byte(r)&0x3F})
		} else {
			out += utf8.EncodeRune(dst[out:], r)
		}
		in += size
	}
	switch {
	case in == len(src):
		return out, in, nil
	case !atEOF:
		return out, in, transform.ErrShortSrc
	case out == len(dst):
		return out, in, transform.ErrShortDst
	}
	dst[out] = 0xFF
	return out + 1, in + 1, nil
}
