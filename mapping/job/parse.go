package job

import (
	"errors"
	"fmt"
	"slices"
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
	isYAML, isJob := r.looks(text)
	if !isYAML {
		r.problems = append(r.problems, r.notJob(start))
		return nil
	}
	lines := strings.Split(text, "\n")
	if isJob {
		r.file.sources[name] = lines
	}
	for i, line := range lines {
		if len(line) > maxLine {
			r.report(mapping.Pos{File: name, Line: i + 1, Column: 1}, "the line is longer than 16 KiB", "break it up")
			return nil
		}
	}
	t := &tree{file: name, anchors: map[string]*node{}, report: r.report}
	parsed := t.syntax(text)
	if parsed == nil {
		return nil
	}
	bodies := slices.DeleteFunc(parsed.Docs, func(d *ast.DocumentNode) bool { return d.Body == nil })
	if len(bodies) == 0 {
		return nil
	}
	if len(bodies) > 1 {
		r.report(t.pos(bodies[1].Body.GetToken()), "a job file holds one document", "put the second one into a file of its own")
	}
	return t.build(bodies[0].Body)
}

// quotesHint is what most texts that are no YAML lack.
const quotesHint = "a name with one of : # , { [ * & ! | > @ ` in it needs quotes, such as last_name: \"Notes: internal\""

// syntax returns the syntax tree, nil after a problem. The library is known to have panicked over broken texts; such a text is a problem like any other.
func (t *tree) syntax(text string) (parsed *ast.File) {
	fail := func(tok *token.Token, message string) {
		t.report(t.pos(tok), "this is no YAML: "+mapping.Escape(message, 200), quotesHint)
	}
	defer func() {
		if recover() != nil {
			fail(nil, "the text is broken in a way that has no name")
			parsed = nil
		}
	}()
	tokens := lexer.Tokenize(text)
	if over, message := tooMuch(tokens); over != nil {
		t.report(t.pos(over), message, "a job file is a page of YAML")
		return nil
	}
	parsed, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err == nil {
		return parsed
	}
	if syntax, ok := errors.AsType[*yaml.SyntaxError](err); ok {
		fail(syntax.Token, syntax.Message)
		return nil
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	fail(nil, first)
	return nil
}

// tooMuch returns the first token past a bound: brackets within brackets, lists that begin within lists on one line, or tokens
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
