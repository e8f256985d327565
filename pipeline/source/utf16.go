package source

import (
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// utf16Reader converts a UTF-16 stream to UTF-8. What is no character (half of a surrogate pair, an odd byte at the end) becomes
// bytes that are not UTF-8, so that the row that has it, and no other, is broken by the check that every row goes through.
type utf16Reader struct {
	src   io.Reader
	order binary.ByteOrder
	in    []byte // bytes read
	r, w  int    // in[r:w] is not yet converted
	buf   []byte // memory of out
	out   []byte // converted, not yet handed on
	err   error
}

func newUTF16Reader(src io.Reader, encoding string) *utf16Reader {
	var order binary.ByteOrder = binary.LittleEndian
	if encoding == UTF16BE {
		order = binary.BigEndian
	}
	return &utf16Reader{src: src, order: order, in: make([]byte, 64<<10)}
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for len(u.out) == 0 {
		if u.err != nil {
			return 0, u.err
		}
		copy(u.in, u.in[u.r:u.w])
		u.w, u.r = u.w-u.r, 0
		var n int
		n, u.err = u.src.Read(u.in[u.w:])
		u.w += n
		u.buf = u.convert(u.buf[:0])
		u.out = u.buf
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}

// convert appends what is whole of in[r:w] to out; at the end of the stream, all of it.
func (u *utf16Reader) convert(out []byte) []byte {
	for u.w-u.r >= 2 {
		r := rune(u.order.Uint16(u.in[u.r:]))
		if !utf16.IsSurrogate(r) {
			out = utf8.AppendRune(out, r)
			u.r += 2
			continue
		}
		if u.w-u.r < 4 && u.err == nil {
			return out
		}
		if u.w-u.r >= 4 {
			if pair := utf16.DecodeRune(r, rune(u.order.Uint16(u.in[u.r+2:]))); pair != utf8.RuneError {
				out = utf8.AppendRune(out, pair)
				u.r += 4
				continue
			}
		}
		out = append(out, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F) // as UTF-8 would have it, were it a character
		u.r += 2
	}
	if u.err != nil && u.w > u.r {
		out = append(out, 0xFF)
		u.r = u.w
	}
	return out
}
