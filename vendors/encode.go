package vendors

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

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

const (
	contentJSON = "application/json"
	contentForm = "application/x-www-form-urlencoded"
)

// encodeForm writes members in their order as application/x-www-form-urlencoded.
func encodeForm(members []member) []byte {
	var dst []byte
	for i, m := range members {
		if i > 0 {
			dst = append(dst, '&')
		}
		dst = append(dst, url.QueryEscape(m.name)...)
		dst = append(dst, '=')
		dst = append(dst, url.QueryEscape(strings.ToValidUTF8(m.value.Text, "\ufffd"))...)
	}
	return dst
}

// encodeMultipart writes members in their order as multipart/form-data (RFC 7578) and returns the content type with its boundary. The
// boundary is the same for the same members and occurs in none of them.
func encodeMultipart(members []member) (body []byte, contentType string) {
	boundary := freeBoundary(members)
	var b bytes.Buffer
	for _, m := range members {
		text := strings.ToValidUTF8(m.value.Text, "\ufffd")
		fmt.Fprintf(&b, "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", boundary, inQuotes.Replace(m.name), text)
	}
	b.WriteString("--" + boundary + "--\r\n")
	return b.Bytes(), "multipart/form-data; boundary=" + boundary
}

func freeBoundary(members []member) string {
	for n := 0; ; n++ {
		boundary := "importer-form-" + strconv.Itoa(n)
		holds := func(m member) bool {
			return strings.Contains(m.value.Text, boundary) || strings.Contains(m.name, boundary)
		}
		if !slices.ContainsFunc(members, holds) {
			return boundary
		}
	}
}

// inQuotes escapes what would end a quoted name, as browsers do.
var inQuotes = strings.NewReplacer(`"`, "%22", "\r", "%0D", "\n", "%0A")
