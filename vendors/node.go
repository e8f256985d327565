package vendors

import (
	"bytes"
	"io"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Node is a value of a JSON document, its members in the document's order. The zero Node is the absence of a value; asking it for a member
// gives the zero Node again, so that a reader can walk into a document of any shape without a check at each step.
type Node struct {
	kind  jsontext.Kind // 0 for the zero Node
	text  string        // of a string: decoded; of a number: as written
	names []string      // of an object, beside items
	items []Node
}

// ParseJSON reads one JSON document. False for what is no JSON, is cut off, names a member twice, nests deeper than 64 levels, or does not
// end with the document. Invalid UTF-8 in strings is taken as U+FFFD.
func ParseJSON(body []byte) (Node, bool) {
	dec := jsontext.NewDecoder(bytes.NewReader(body), jsontext.AllowInvalidUTF8(true))
	n, ok := readNode(dec, 64)
	if !ok {
		return Node{}, false
	}
	if _, err := dec.ReadToken(); err != io.EOF {
		return Node{}, false
	}
	return n, true
}

func readNode(dec *jsontext.Decoder, depth int) (Node, bool) {
	token, err := dec.ReadToken()
	if err != nil || depth == 0 {
		return Node{}, false
	}
	n := Node{kind: token.Kind()}
	switch n.kind {
	case '{', '[':
		return readItems(dec, n, depth)
	case '"', '0':
		n.text = token.String()
	}
	return n, true
}

// readItems reads the rest of an object or array.
func readItems(dec *jsontext.Decoder, n Node, depth int) (Node, bool) {
	for end := n.kind + 2; dec.PeekKind() != end; { // '}' is two after '{', and ']' after '['
		if n.kind == '{' {
			name, err := dec.ReadToken()
			if err != nil {
				return Node{}, false
			}
			n.names = append(n.names, name.String())
		}
		value, ok := readNode(dec, depth-1)
		if !ok {
			return Node{}, false
		}
		n.items = append(n.items, value)
	}
	_, err := dec.ReadToken()
	return n, err == nil
}

// Member returns an object's member of exactly this name; the zero Node when there is none.
func (n Node) Member(name string) Node {
	if i := slices.Index(n.names, name); i >= 0 {
		return n.items[i]
	}
	return Node{}
}

// Names returns an object's member names in order; nil for anything else. The caller must not change it.
func (n Node) Names() []string { return n.names }

// Items returns an array's or object's values in order; nil for anything else. The caller must not change it.
func (n Node) Items() []Node { return n.items }

// Present reports whether there is a value, null included.
func (n Node) Present() bool { return n.kind != 0 }

// IsNull reports whether the value is null or absent.
func (n Node) IsNull() bool { return !n.Present() || n.kind == 'n' }

// IsObject reports whether the value is an object.
func (n Node) IsObject() bool { return n.kind == '{' }

// IsArray reports whether the value is an array.
func (n Node) IsArray() bool { return n.kind == '[' }

// IsTrue reports whether the value is true.
func (n Node) IsTrue() bool { return n.kind == 't' }

// IsBool reports whether the value is true or false.
func (n Node) IsBool() bool { return n.kind == 't' || n.kind == 'f' }

// IsEmpty reports whether the value is absent, null, "", [] or {}.
func (n Node) IsEmpty() bool {
	switch n.kind {
	case '{', '[':
		return len(n.items) == 0
	case '"':
		return n.text == ""
	}
	return n.IsNull()
}

// Text returns a string's text; "" and false for anything else.
func (n Node) Text() (string, bool) { return n.text, n.kind == '"' }

// Scalar returns a string's text or a number as written; "" for anything else.
func (n Node) Scalar() string { return n.text }

// Int returns a whole number from 0 to 999,999, written as a number or as digits in a string; false for anything else.
func (n Node) Int() (int, bool) {
	if len(n.text) == 0 || len(n.text) > 6 || !isDigits(n.text) {
		return 0, false
	}
	i, err := strconv.Atoi(n.text)
	return i, err == nil
}

// Texts returns the texts in a value: a string itself, or the strings in an array or object at any depth, in order. At most 64.
func (n Node) Texts() []string {
	var texts []string
	n.collect(&texts)
	return texts
}

func (n Node) collect(texts *[]string) {
	if len(*texts) == 64 {
		return
	}
	if n.kind == '"' && n.text != "" {
		*texts = append(*texts, n.text)
	}
	for _, item := range n.items {
		item.collect(texts)
	}
}
