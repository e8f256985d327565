package source

import (
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/transform"
)

// newUTF16Reader converts a UTF-16 stream to UTF-8. What is no character (half of a surrogate pair, an odd byte at the end) becomes
// bytes that are not UTF-8, so that the row that has it, and no other, is broken by the check that every row goes through. (The decoders of
// golang.org/x/text make U+FFFD of it, which a list may hold.)
func newUTF16Reader(src io.Reader, encoding string) io.Reader {
	if encoding == UTF16BE {
		return transform.NewReader(src, utf16Decoder{order: binary.BigEndian})
	}
	return transform.NewReader(src, utf16Decoder{order: binary.LittleEndian})
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
