package vendors

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"
)

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
		b.WriteString("--" + boundary + "\r\nContent-Disposition: form-data; name=\"")
		b.WriteString(multipartName(m.name))
		b.WriteString("\"\r\n\r\n")
		b.WriteString(strings.ToValidUTF8(m.value.Text, "\ufffd"))
		b.WriteString("\r\n")
	}
	b.WriteString("--" + boundary + "--\r\n")
	return b.Bytes(), "multipart/form-data; boundary=" + boundary
}

func freeBoundary(members []member) string {
	for n := 0; ; n++ {
		boundary := "importer-form-" + strconv.Itoa(n)
		if !anyContains(members, boundary) {
			return boundary
		}
	}
}

func anyContains(members []member, part string) bool {
	for _, m := range members {
		if strings.Contains(m.value.Text, part) || strings.Contains(m.name, part) {
			return true
		}
	}
	return false
}

// multipartName escapes what would end the quoted name, as browsers do.
func multipartName(name string) string {
	return strings.NewReplacer(`"`, "%22", "\r", "%0D", "\n", "%0A").Replace(name)
}
