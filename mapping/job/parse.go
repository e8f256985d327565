package job

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"importer/mapping"
)

// parse returns the tree of a file's only document; nil after a problem that leaves nothing to read.
func (r *reading) parse(name string, data []byte) *node {
	start := mapping.Pos{File: name, Line: 1, Column: 1}
	text := strings.TrimPrefix(string(data), "\ufeff")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	if len(data) > maxFile {
		r.report(start, "the file is larger than 1 MiB", "a job file is a page of YAML; is this the list itself?")
		return nil
	}
	if pos, message := invalidText(text); message != "" {
		pos.File = name
		r.report(pos, message, "save the file as UTF-8 text")
		return nil
	}
	r.file.sources[name] = strings.Split(text, "\n")
	for i, line := range r.file.sources[name] {
		if len(line) > maxLine {
			r.report(mapping.Pos{File: name, Line: i + 1, Column: 1}, "the line is longer than 16 KiB", "break it up")
			return nil
		}
	}
	t := &tree{file: name, anchors: map[string]*node{}, report: r.report}
	tokens, parsed, err := parseYAML(text)
	over, message := tooMuch(tokens)
	switch {
	case over != nil:
		r.report(t.pos(over), message, "a job file is a page of YAML")
	case err != nil:
		pos, message := syntaxError(t, err)
		r.report(pos, message, "")
	default:
		return r.document(t, parsed)
	}
	return nil
}

// parseYAML returns the syntax tree, or what is wrong; it does not parse tokens that are too much. The library is known
// to have panicked over broken texts; such a text is an error like any other.
func parseYAML(text string) (tokens token.Tokens, parsed *ast.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			parsed, err = nil, errors.New("the text is broken in a way that has no name")
		}
	}()
	tokens = lexer.Tokenize(text)
	if over, _ := tooMuch(tokens); over != nil {
		return tokens, nil, nil
	}
	parsed, err = parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	return tokens, parsed, err
}

func (r *reading) document(t *tree, parsed *ast.File) *node {
	var body ast.Node
	docs := 0
	for _, d := range parsed.Docs {
		if d.Body == nil {
			continue
		}
		if docs++; docs == 2 {
			r.report(t.pos(d.Body.GetToken()), "a job file holds one document", "put the second one into a file of its own")
		}
		if body == nil {
			body = d.Body
		}
	}
	if body == nil {
		return nil
	}
	return t.build(body)
}

func syntaxError(t *tree, err error) (mapping.Pos, string) {
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) {
		return t.pos(syntax.Token), "this is no YAML: " + mapping.Escape(syntax.Message, 200)
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return t.pos(nil), "this is no YAML: " + mapping.Escape(first, 200)
}

// tooMuch returns the first token past a bound: brackets within brackets, lists begun within lists on one line, or tokens
// as such. The parser follows nesting on its stack, and its time grows faster than the number of tokens.
func tooMuch(tokens token.Tokens) (*token.Token, string) {
	depth, dashes, line := 0, 0, 0
	for i, tok := range tokens {
		if tok.Position.Line != line {
			line, dashes = tok.Position.Line, 0
		}
		switch tok.Type {
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		case token.SequenceEntryType, token.MappingKeyType:
			dashes++
		}
		switch {
		case depth > maxNesting:
			return tok, fmt.Sprintf("more than %d brackets within brackets", maxNesting)
		case dashes > maxNesting:
			return tok, fmt.Sprintf("more than %d lists within lists", maxNesting)
		case i >= maxTokens:
			return tok, fmt.Sprintf("more than %d keys, values and marks", maxTokens)
		}
	}
	return nil, ""
}

// invalidText finds bytes that are no text: broken UTF-8 and control characters other than tab and line feed.
func invalidText(text string) (mapping.Pos, string) {
	line, column := 1, 1
	for i, r := range text {
		switch {
		case r == '\n':
			line, column = line+1, 1
			continue
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\ufffd"):
			return mapping.Pos{Line: line, Column: column}, "the file is not UTF-8 text"
		case r < ' ' && r != '\t', r == 0x7F:
			return mapping.Pos{Line: line, Column: column}, fmt.Sprintf("the file holds the control character %U", r)
		}
		column++
	}
	return mapping.Pos{}, ""
}
