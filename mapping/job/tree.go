package job

import (
	"fmt"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"importer/mapping"
)

// shape is what a node of the tree is.
type shape uint8

const (
	nothing shape = iota // null, or a value that could not be read: that is reported already
	scalar
	list
	table
)

// node is a YAML value without its syntax. Aliased nodes are shared, not copied.
type node struct {
	shape   shape
	text    string // of a scalar
	isBool  bool   // a scalar written true or false without quotes
	pos     mapping.Pos
	entries []entry // of a table, in file order; keys are distinct
	items   []*node // of a list
	weight  int     // how many nodes a walk over it visits
	bad     bool    // nothing, because of a problem that is reported already
}

type entry struct {
	key   Scalar
	value *node
}

// maxNodes bounds what aliases may expand to.
const maxNodes = 100_000

// tree builds nodes from goccy's syntax tree, gathering problems.
type tree struct {
	file    string
	anchors map[string]*node
	report  func(pos mapping.Pos, message, hint string)
	full    bool // the bound was passed and reported
}

func (t *tree) pos(tok *token.Token) mapping.Pos {
	if tok == nil || tok.Position == nil {
		return mapping.Pos{File: t.file, Line: 1, Column: 1}
	}
	return mapping.Pos{File: t.file, Line: max(1, tok.Position.Line), Column: max(1, tok.Position.Column)}
}

// build never returns nil.
func (t *tree) build(n ast.Node) *node {
	if n == nil {
		return &node{weight: 1, pos: t.pos(nil)}
	}
	tok := n.GetToken()
	out := &node{pos: t.pos(tok), weight: 1}
	switch n := n.(type) {
	case *ast.NullNode:
	case *ast.BoolNode:
		out.shape, out.text, out.isBool = scalar, tok.Value, true
	case *ast.StringNode:
		out.shape, out.text = scalar, n.Value
	case *ast.LiteralNode:
		out.shape, out.text = scalar, n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		out.shape, out.text = scalar, tok.Value
	case *ast.MappingNode:
		if len(n.Values) > 0 && !n.IsFlowStyle {
			out.pos = t.pos(n.Values[0].Key.GetToken()) // goccy gives the colon
		}
		t.table(out, n.Values)
	case *ast.MappingValueNode:
		out.pos = t.pos(n.Key.GetToken())
		t.table(out, []*ast.MappingValueNode{n})
	case *ast.SequenceNode:
		t.list(out, n.Values)
	case *ast.AnchorNode:
		return t.anchor(n)
	case *ast.AliasNode:
		return t.alias(n)
	case *ast.TagNode:
		t.refuse(out, "tags have no meaning in job files", "put a text in quotes instead")
	default:
		t.refuse(out, "this has no meaning in job files", "")
	}
	return out
}

func (t *tree) refuse(n *node, message, hint string) {
	n.bad = true
	t.report(n.pos, message, hint)
}

func (t *tree) list(out *node, values []ast.Node) {
	out.shape = list
	for _, v := range values {
		item := t.build(v)
		out.items = append(out.items, item)
		t.grow(out, item)
	}
}

func (t *tree) table(out *node, values []*ast.MappingValueNode) {
	out.shape = table
	first := map[string]mapping.Pos{}
	var merged []*node
	for _, v := range values {
		if v.Key.IsMergeKey() {
			merged = append(merged, t.build(v.Value))
			continue
		}
		key, ok := t.key(v.Key)
		value := t.build(v.Value)
		if !ok {
			continue
		}
		if before, twice := first[key.Text]; twice {
			t.report(key.Pos, "key "+quoted(key.Text)+" is set twice", fmt.Sprintf("it is on line %d already", before.Line))
			continue
		}
		first[key.Text] = key.Pos
		out.entries = append(out.entries, entry{key, value})
		t.grow(out, value)
	}
	for _, m := range merged {
		t.merge(out, m, first)
	}
}

// merge adds the entries of `<<`, a table or a list of tables, as far as their keys are not set.
func (t *tree) merge(out, from *node, have map[string]mapping.Pos) {
	switch {
	case from.bad:
	case from.shape == list:
		for _, item := range from.items {
			if item.shape == list {
				t.refuse(item, "a list of lists can't be merged", "")
				continue
			}
			t.merge(out, item, have)
		}
	case from.shape == table:
		for _, e := range from.entries {
			if _, ok := have[e.key.Text]; ok {
				continue
			}
			have[e.key.Text] = e.key.Pos
			out.entries = append(out.entries, e)
			t.grow(out, e.value)
		}
	default:
		t.refuse(from, "<< takes an alias of a table", "")
	}
}

// key reads a key, which may be anything that is one text: true, 007 and null are keys as written.
func (t *tree) key(n ast.MapKeyNode) (Scalar, bool) {
	pos := t.pos(n.GetToken())
	switch n := n.(type) {
	case *ast.StringNode:
		return Scalar{n.Value, pos}, true
	case *ast.BoolNode, *ast.IntegerNode, *ast.FloatNode, *ast.NullNode, *ast.InfinityNode, *ast.NanNode:
		return Scalar{n.GetToken().Value, pos}, true
	}
	t.report(pos, "a key must be one text", "put it in quotes")
	return Scalar{}, false
}

// anchor notes a value under its name once it is whole, so that no value can hold itself.
func (t *tree) anchor(n *ast.AnchorNode) *node {
	value := t.build(n.Value)
	if n.Name != nil {
		t.anchors[n.Name.GetToken().Value] = value
	}
	return value
}

func (t *tree) alias(n *ast.AliasNode) *node {
	name := ""
	if n.Value != nil {
		name = n.Value.GetToken().Value
	}
	if value, ok := t.anchors[name]; ok {
		return value
	}
	out := &node{pos: t.pos(n.GetToken()), weight: 1}
	t.refuse(out, "there is no anchor &"+name+" before this", quotesHint)
	return out
}

// grow adds the weight of a child. What grows beyond all bounds is emptied, so that nobody walks it.
func (t *tree) grow(out, child *node) {
	out.weight += child.weight
	if out.weight <= maxNodes {
		return
	}
	if !t.full {
		t.full = true
		t.report(out.pos, "the aliases expand to too much", "write less with them")
	}
	*out = node{pos: out.pos, weight: 1, bad: true}
}
