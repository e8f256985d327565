package source

import (
	"bytes"
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// extended returns the text that an object of MongoDB's Extended JSON (both versions, canonical and relaxed) stands for, such as {"$oid": "…"} or
// {"$date": …}: a date as an instant in UTC by RFC 3339. ok is false for any other object. raw is the object, well-formed.
func extended(raw []byte) (text string, ok bool) {
	name, value, ok := onlyMember(raw)
	if !ok {
		return "", false
	}
	kind := jsontext.Value(value).Kind()
	switch name {
	case "$oid", "$numberLong", "$numberInt", "$numberDouble", "$numberDecimal", "$symbol", "$uuid":
		if kind != '"' {
			return "", false
		}
		return unquoted(value), true
	case "$date":
		return extendedDate(value, kind)
	case "$undefined":
		return "", kind == 't'
	}
	return "", false
}

// onlyMember returns the only member of an object, its value as it stands.
func onlyMember(raw []byte) (name string, value []byte, ok bool) {
	d := jsontext.NewDecoder(bytes.NewReader(raw))
	if token, err := d.ReadToken(); err != nil || token.Kind() != '{' || d.PeekKind() != '"' {
		return "", nil, false
	}
	token, err := d.ReadToken()
	if err != nil {
		return "", nil, false
	}
	name = token.String()
	read, err := d.ReadValue()
	value = bytes.Clone(read)
	return name, value, err == nil && d.PeekKind() == '}'
}

func unquoted(value []byte) string {
	text, err := jsontext.AppendUnquote(nil, value)
	if err != nil {
		return ""
	}
	return string(text)
}

// extendedDate reads a $date: milliseconds since 1970, as a number or as $numberLong, or an instant as a text. What is beyond the years of RFC 3339
// stays as it is written.
func extendedDate(value []byte, kind jsontext.Kind) (string, bool) {
	number := string(value)
	switch kind {
	case '"':
		text := unquoted(value)
		for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700"} {
			if at, err := time.Parse(layout, text); err == nil {
				return instant(at), true
			}
		}
		return text, true
	case '{':
		name, within, ok := onlyMember(value)
		if !ok || name != "$numberLong" || jsontext.Value(within).Kind() != '"' {
			return "", false
		}
		number = unquoted(within)
	case '0':
	default:
		return "", false
	}
	ms, err := strconv.ParseInt(number, 10, 64)
	if at := time.UnixMilli(ms).UTC(); err == nil && at.Year() >= 1 && at.Year() <= 9999 {
		return instant(at), true
	}
	return number, true
}

func instant(at time.Time) string { return at.UTC().Format(time.RFC3339Nano) }
