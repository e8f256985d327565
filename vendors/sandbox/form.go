package sandbox

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"
	"unicode/utf8"
)

// ParseForm reads a body of the given Content-Type as named texts: multipart/form-data (RFC 7578), application/x-www-form-urlencoded, or a
// JSON object. A repeated name, a file, invalid UTF-8 and any other type are errors.
func ParseForm(contentType string, body []byte) (*Object, error) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return nil, errors.New("the Content-Type header cannot be read")
	}
	switch kind {
	case "application/json":
		return ParseObject(body)
	case "application/x-www-form-urlencoded":
		return parseURLEncoded(string(body))
	case "multipart/form-data":
		return parseMultipart(body, params["boundary"])
	}
	return nil, fmt.Errorf("the Content-Type %q is not accepted", kind)
}

func parseURLEncoded(body string) (*Object, error) {
	o := &Object{}
	for pair := range strings.SplitSeq(body, "&") {
		rawName, rawValue, _ := strings.Cut(pair, "=")
		name, err1 := url.QueryUnescape(rawName)
		value, err2 := url.QueryUnescape(rawValue)
		if err1 != nil || err2 != nil || name == "" {
			return nil, errors.New("the form is not urlencoded")
		}
		if err := addText(o, name, value); err != nil {
			return nil, err
		}
	}
	return o, nil
}

func parseMultipart(body []byte, boundary string) (*Object, error) {
	if boundary == "" {
		return nil, errors.New("the multipart form names no boundary")
	}
	o := &Object{}
	parts := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return o, multipartEnd(body, boundary)
		}
		if err != nil {
			return nil, errors.New("the multipart form cannot be read")
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return nil, errors.New("the multipart form ends too early")
		}
		if part.FileName() != "" || part.FormName() == "" {
			return nil, errors.New("the multipart form holds a part that is no field")
		}
		if err := addText(o, part.FormName(), string(value)); err != nil {
			return nil, err
		}
	}
}

// multipartEnd refuses anything after the closing boundary.
func multipartEnd(body []byte, boundary string) error {
	_, rest, found := bytes.Cut(body, []byte("--"+boundary+"--"))
	if !found || len(bytes.TrimSpace(rest)) != 0 {
		return errors.New("the multipart form does not end with its boundary")
	}
	return nil
}

func addText(o *Object, name, value string) error {
	if !utf8.ValidString(name) || !utf8.ValidString(value) {
		return errors.New("the form is not UTF-8")
	}
	if !o.add(name, Value{Kind: String, Text: value}) {
		return errors.New("the form has a field twice")
	}
	return nil
}
