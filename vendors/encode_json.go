package vendors

import (
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

// appendJSONString appends s as a JSON string. Invalid UTF-8 becomes U+FFFD; the output is always valid JSON and valid UTF-8.
func appendJSONString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				dst = append(dst, s[start:i]...)
				dst = append(dst, "\ufffd"...)
				start = i + 1
			}
			i += size
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' && c != 0x7f {
			i++
			continue
		}
		dst = append(dst, s[start:i]...)
		dst = appendEscape(dst, c)
		i++
		start = i
	}
	return append(append(dst, s[start:]...), '"')
}

func appendEscape(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	}
	return append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&0xf])
}

func appendJSONValue(dst []byte, v Value) []byte {
	if v.Kind == TextValue {
		return appendJSONString(dst, v.Text)
	}
	return append(dst, v.Text...)
}

// encodeJSON writes members in their order, wrapped in the envelope if there is one.
func encodeJSON(envelope string, members []member) []byte {
	dst := make([]byte, 0, jsonSize(envelope, members))
	dst = append(dst, '{')
	if envelope != "" {
		dst = appendJSONString(dst, envelope)
		dst = append(dst, ':', '{')
	}
	for i, m := range members {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendJSONString(dst, m.name)
		dst = append(dst, ':')
		dst = appendJSONValue(dst, m.value)
	}
	if envelope != "" {
		dst = append(dst, '}')
	}
	return append(dst, '}')
}

// jsonSize guesses the length: right unless something must be escaped.
func jsonSize(envelope string, members []member) int {
	n := len(envelope) + 8
	for _, m := range members {
		n += len(m.name) + len(m.value.Text) + 6
	}
	return n
}
