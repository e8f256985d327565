package sandbox

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// Kind is the JSON type of a value.
type Kind uint8

const (
	Null Kind = iota
	String
	Bool
	Number
	Members // an object
	List    // an array; its elements are not kept
)

// String names the kind as a refusal text does.
func (k Kind) String() string {
	return [...]string{"null", "a string", "a boolean", "a number", "an object", "an array"}[k]
}

// Value is one JSON value: the text of a string, or the literal as sent for numbers and booleans, or the members of an object.
type Value struct {
	Kind   Kind
	Text   string
	Object *Object
}

// Object is a JSON object, its members in the order sent.
type Object struct {
	names  []string
	values []Value
}

// Get returns a member. A missing member is false; a null one is there, with Kind Null.
func (o *Object) Get(name string) (Value, bool) {
	if o == nil {
		return Value{}, false
	}
	if i := slices.Index(o.names, name); i >= 0 {
		return o.values[i], true
	}
	return Value{}, false
}

// Text returns the text of a member, "" where it is missing or null.
func (o *Object) Text(name string) string {
	v, _ := o.Get(name)
	return v.Text
}

// Len is the number of members.
func (o *Object) Len() int { return len(o.names) }

// At returns the i-th member.
func (o *Object) At(i int) (string, Value) { return o.names[i], o.values[i] }

// add appends a member; false when the name is there already.
func (o *Object) add(name string, v Value) bool {
	if _, ok := o.Get(name); ok {
		return false
	}
	o.names, o.values = append(o.names, name), append(o.values, v)
	return true
}

const maxDepth = 8

// ParseObject reads a body that must hold exactly one JSON object (RFC 8259). Duplicate members, invalid UTF-8 and anything after the
// object are errors.
func ParseObject(body []byte) (*Object, error) {
	d := jsontext.NewDecoder(bytes.NewBuffer(body))
	if d.PeekKind() != '{' {
		if _, err := d.ReadToken(); err != nil {
			return nil, fmt.Errorf("the body is not JSON: %s", plain(err))
		}
		return nil, errors.New("the body must be a JSON object")
	}
	v, err := readValue(d, 0)
	if err != nil {
		return nil, fmt.Errorf("the body is not valid JSON: %s", plain(err))
	}
	if _, err := d.ReadToken(); err != io.EOF {
		return nil, errors.New("something follows the JSON object in the body")
	}
	return v.Object, nil
}

// plain is the error without the values that the body holds: a syntax error names an offset, and that is enough.
func plain(err error) string {
	switch syntax, ok := errors.AsType[*jsontext.SyntacticError](err); {
	case errors.Is(err, io.EOF):
		return "it is empty"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "it ends too early"
	case errors.Is(err, jsontext.ErrDuplicateName):
		return "a member is there twice"
	case ok:
		return fmt.Sprintf("syntax error at byte %d", syntax.ByteOffset)
	}
	return err.Error()
}

func readValue(d *jsontext.Decoder, depth int) (Value, error) {
	switch d.PeekKind() {
	case '{':
		if depth == maxDepth {
			return Value{}, errors.New("it is nested too deeply")
		}
		return readObject(d, depth)
	case '[':
		return Value{Kind: List}, d.SkipValue()
	}
	t, err := d.ReadToken()
	if err != nil {
		return Value{}, err
	}
	switch t.Kind() {
	case '"':
		return Value{Kind: String, Text: t.String()}, nil
	case '0':
		return Value{Kind: Number, Text: t.String()}, nil
	case 't', 'f':
		return Value{Kind: Bool, Text: t.String()}, nil
	}
	return Value{Kind: Null}, nil
}

func readObject(d *jsontext.Decoder, depth int) (Value, error) {
	if _, err := d.ReadToken(); err != nil {
		return Value{}, err
	}
	o := &Object{names: make([]string, 0, 12), values: make([]Value, 0, 12)}
	for d.PeekKind() != '}' {
		t, err := d.ReadToken()
		if err != nil {
			return Value{}, err
		}
		name := t.String()
		v, err := readValue(d, depth+1)
		if err != nil {
			return Value{}, err
		}
		o.names, o.values = append(o.names, name), append(o.values, v)
	}
	_, err := d.ReadToken()
	return Value{Kind: Members, Object: o}, err
}
