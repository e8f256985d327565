package source

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"
)

// The encodings, as File.Encoding has them.
const (
	UTF8        = "utf-8"
	Windows1252 = "windows-1252"
	UTF16LE     = "utf-16le"
	UTF16BE     = "utf-16be"
)

const (
	utf16ByMark = "utf-16" // a setting: one of the two, by the byte order mark, and without one by the place of the NULs
	utf32       = "utf-32" // which is recognised, and not read
)

// encodingNamed returns the encoding that a person's setting means, empty when it is none we read.
// As on the web (https://encoding.spec.whatwg.org/#names-and-labels), latin1 is a name of windows-1252.
func encodingNamed(name string) string {
	return map[string]string{
		"utf-8": UTF8, "utf8": UTF8, "utf-16le": UTF16LE, "utf-16be": UTF16BE, "utf-16": utf16ByMark, "utf16": utf16ByMark,
		"windows-1252": Windows1252, "cp1252": Windows1252, "latin1": Windows1252, "iso-8859-1": Windows1252,
	}[strings.ToLower(strings.TrimSpace(name))]
}

// markOf returns the encoding of the byte order mark at the beginning of head, and the mark's length; "" without one. UTF-32 comes first,
// since its little-endian mark begins with that of UTF-16.
func markOf(head []byte) (encoding string, length int) {
	for _, m := range []struct{ mark, encoding string }{
		{"\xEF\xBB\xBF", UTF8}, {"\xFF\xFE\x00\x00", utf32}, {"\x00\x00\xFE\xFF", utf32}, {"\xFF\xFE", UTF16LE}, {"\xFE\xFF", UTF16BE},
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

// decode1252 returns s, which is windows-1252, as UTF-8; ok is false when it has one of the five bytes without a meaning
// (0x81, 0x8d, 0x8f, 0x90, 0x9d), which become U+FFFD.
func decode1252(s string) (text string, ok bool) {
	if isASCII(s) {
		return s, true
	}
	ok = true
	var b strings.Builder
	b.Grow(len(s) + len(s)/2)
	for i := range len(s) {
		r, known := rune1252(s[i])
		ok = ok && known
		b.WriteRune(r)
	}
	return b.String(), ok
}

func rune1252(c byte) (r rune, known bool) {
	switch c {
	case 0x81, 0x8d, 0x8f, 0x90, 0x9d:
		return utf8.RuneError, false
	}
	return charmap.Windows1252.DecodeByte(c), true
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
			r, _ = rune1252(s[i])
		}
		b.WriteRune(r)
		i += n
	}
	return b.String()
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
