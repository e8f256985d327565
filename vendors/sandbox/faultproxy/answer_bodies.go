package faultproxy

import (
	"bytes"
	"compress/gzip"
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
)

// bodies are well-framed answers with another body.
func bodies(f Fault, a reply, request []byte) script {
	header := ""
	switch f {
	case Gzip:
		a.body, header = compressed(a.body), "Content-Encoding: gzip\r\n"
	case GzipBomb:
		a.body, header = compressed(bytes.Repeat([]byte(" "), 1<<20)), "Content-Encoding: gzip\r\n"
	case Deflate, Brotli, Identity:
		header = string(f) + "\r\n"
	case EmptyAnswer:
		a.body = nil
	case HTML:
		a.body, a.kind = []byte(page), "text/html"
	case HTML404:
		a.status, a.body, a.kind = "404 Not Found", []byte(page), "text/html"
	case Echo:
		a.status, a.kind = "400 Bad Request", "text/html"
		a.body = []byte("<pre>" + html.EscapeString(string(request)) + "</pre>")
	case Latin1:
		a.kind = "application/json; charset=iso-8859-1"
	case NoType:
		a.kind = "text/html"
	case UTF16:
		a.body, a.kind = wide(a.body), "application/json; charset=utf-16"
	default:
		a.body = document(f, a.body)
	}
	return lasting(a.with(header+"Content-Length: "+strconv.Itoa(len(a.body)), a.body))
}

// document is another body that is called JSON, made of the vendor's own.
func document(f Fault, body []byte) []byte {
	switch f {
	case GzipUnlabelled:
		return compressed(body)
	case Blanks:
		return []byte(" \r\n\t ")
	case BOM:
		return append([]byte("\xef\xbb\xbf"), body...)
	case BadUTF8:
		return bytes.Replace(body, []byte(`"`), []byte("\"\xe9\xff"), 1)
	case Null, EmptyObject, EmptyList, Word:
		return []byte(strings.TrimPrefix(string(f), "the JSON value "))
	case Deep:
		return bytes.Repeat([]byte("["), 20000)
	case MemberTwice:
		return bytes.Replace(body, []byte("{"), []byte(`{"twice":1,"twice":2,`), 1)
	case WordBehind:
		return append(bytes.Clone(body), " ok"...)
	case OtherVendor:
		return []byte(`{"ok":true,"user":{"uid":4711}}`)
	case SuccessTwice:
		return append(bytes.Clone(body), body...)
	}
	return body // SentTwice: the vendor's second answer as it is
}

func compressed(body []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(body) // into memory: cannot fail
	w.Close()
	return b.Bytes()
}

func wide(body []byte) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(string(body))) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}
