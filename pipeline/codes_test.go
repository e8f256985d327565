package pipeline_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"importer/mapping/problem"
	"importer/pipeline"
	"importer/pipeline/source"
)

// TestEveryCodeHasAHint: the constants of a package and the lines of its codes.txt are the same codes.
func TestEveryCodeHasAHint(t *testing.T) {
	t.Parallel()
	for file, c := range map[string]struct {
		codes []problem.Code
		extra []string // codes that are no constants of the file
		none  []string // constants that no row ends with
	}{
		"codes.go":       {pipeline.Codes(), []string{"ready", "not_reached", "outcome_unknown"}, []string{"repeated_after_doubt"}},
		"source/rows.go": {source.Codes(), nil, nil},
	} {
		hints := map[string]string{}
		for _, code := range c.codes {
			if code.Hint == "" || hints[code.Name] != "" {
				t.Errorf("%s: %q has no hint, or two", file, code.Name)
			}
			hints[code.Name] = code.Hint
		}
		known := append(c.extra, c.none...)
		for _, name := range constants(t, file) {
			known = append(known, name)
			if hints[name] == "" && !slices.Contains(c.none, name) {
				t.Errorf("%s: code %s has no line in codes.txt", file, name)
			}
		}
		for name := range hints {
			if !slices.Contains(known, name) {
				t.Errorf("%s: codes.txt has %s, which is no code", file, name)
			}
		}
	}
}

// constants are the values of the string constants of a file whose names begin with Code.
func constants(t *testing.T, file string) (values []string) {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && strings.HasPrefix(spec.Names[0].Name, "Code") && len(spec.Values) == 1 {
			if lit, ok := spec.Values[0].(*ast.BasicLit); ok {
				value, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				values = append(values, value)
			}
		}
		return true
	})
	return values
}
