package vendors

import "github.com/go-json-experiment/json/jsontext"

// appendJSONString appends s as a JSON string. Invalid UTF-8 becomes U+FFFD; the output is always valid JSON and valid UTF-8.
func appendJSONString(dst []byte, s string) []byte {
	dst, _ = jsontext.AppendQuote(dst, s) // its error is about invalid UTF-8
	return dst
}

// encodeJSON writes members in their order, wrapped in the envelope if there is one.
func encodeJSON(envelope string, members []member) []byte {
	dst := append(make([]byte, 0, jsonSize(envelope, members)), '{')
	if envelope != "" {
		dst = append(appendJSONString(dst, envelope), ":{"...)
	}
	for i, m := range members {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendJSONString(dst, m.name), ':')
		if m.value.Kind == TextValue {
			dst = appendJSONString(dst, m.value.Text)
		} else {
			dst = append(dst, m.value.Text...)
		}
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
