package problem_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"importer/mapping/problem"
)

// hinted is an error of another type that knows what to do.
type hinted string

func (h hinted) Error() string { return "hinted" }
func (h hinted) Hint() string  { return string(h) }

func TestError(t *testing.T) {
	t.Parallel()
	cause := errors.New("cause")
	for want, e := range map[string]*problem.Error{
		"":                            {},
		"message":                     {Message: "message", Fix: "fix"},
		"cause":                       {Err: cause},
		"message: cause":              {Message: "message", Err: cause},
		"job.yaml":                    {File: "job.yaml"},
		"job.yaml: message":           {File: "job.yaml", Message: "message", Column: 3},
		"job.yaml:7: message":         {File: "job.yaml", Line: 7, Message: "message"},
		"job.yaml:7:3: message":       {File: "job.yaml", Line: 7, Column: 3, Message: "message", Source: "ab: c"},
		"7:3: message":                {Line: 7, Column: 3, Message: "message"},
		"list.csv:12: message: cause": {File: "list.csv", Line: 12, Message: "message", Err: cause},
	} {
		if got := e.Error(); got != want {
			t.Errorf("%+v is %q, want %q", e, got, want)
		}
	}
	if err := problem.Wrap(problem.Storage, nil, "fix"); err != nil {
		t.Errorf("no error wrapped is %v", err)
	}
	if err := problem.Wrap(problem.Storage, cause, "fix"); !errors.Is(err, cause) || err.Error() != "cause" {
		t.Errorf("a wrapped error is %v", err)
	}
}

// TestTree asks trees of errors for their parts, their hint and their kind.
func TestTree(t *testing.T) {
	t.Parallel()
	plain := errors.New("plain")
	usage, input := problem.New(problem.Usage, "usage", "fix the usage"), problem.New(problem.Input, "input", "fix the input")
	bare := &problem.Error{Message: "bare"}
	for name, c := range map[string]struct {
		err  error
		all  []string
		hint string
		kind problem.Kind
	}{
		"nothing":                 {nil, nil, "", problem.Internal},
		"a plain error":           {plain, []string{"plain"}, "", problem.Internal},
		"one":                     {usage, []string{"usage"}, "fix the usage", problem.Usage},
		"a wrapped one":           {fmt.Errorf("more: %w", input), []string{"more: input"}, "fix the input", problem.Input},
		"joined":                  {errors.Join(plain, usage, nil, input), []string{"plain", "usage", "input"}, "fix the usage", problem.Usage},
		"nested joins":            {errors.Join(errors.Join(input, errors.Join(plain)), usage), []string{"input", "plain", "usage"}, "fix the input", problem.Input},
		"a sentence of several":   {fmt.Errorf("%w, and %w", plain, input), []string{"plain, and input"}, "fix the input", problem.Input},
		"a sentence of a join":    {fmt.Errorf("both: %w", errors.Join(usage, input)), []string{"both: usage\ninput"}, "fix the usage", problem.Usage},
		"a sentence in a join":    {errors.Join(fmt.Errorf("%w, %w", plain, plain), bare), []string{"plain, plain", "bare"}, "", problem.Internal},
		"an Error around a join":  {problem.Wrap(problem.Busy, errors.Join(usage, input), ""), []string{"usage\ninput"}, "fix the usage", problem.Busy},
		"the outer hint wins":     {problem.Wrap(problem.Storage, usage, "fix the store"), []string{"usage"}, "fix the store", problem.Storage},
		"the cause's hint":        {problem.Wrap(problem.Storage, fmt.Errorf("x: %w", usage), ""), []string{"x: usage"}, "fix the usage", problem.Storage},
		"the cause's kind":        {&problem.Error{Message: "outer", Err: input, Fix: "outer fix"}, []string{"outer: input"}, "outer fix", problem.Input},
		"a sibling's kind":        {errors.Join(bare, input), []string{"bare", "input"}, "fix the input", problem.Input},
		"another type's hint":     {&problem.Error{Kind: problem.Busy, Err: hinted("wait")}, []string{"hinted"}, "wait", problem.Busy},
		"an empty hint is none":   {errors.Join(hinted(""), input), []string{"hinted", "input"}, "fix the input", problem.Input},
		"a sentinel keeps its is": {problem.Wrap(problem.Canceled, context.Canceled, ""), []string{"context canceled"}, "", problem.Canceled},
	} {
		var all []string
		for _, one := range problem.All(c.err) {
			all = append(all, one.Error())
		}
		if !slices.Equal(all, c.all) {
			t.Errorf("%s: parts %q, want %q", name, all, c.all)
		}
		if got := problem.Hint(c.err); got != c.hint {
			t.Errorf("%s: hint %q, want %q", name, got, c.hint)
		}
		if got := problem.KindOf(c.err); got != c.kind {
			t.Errorf("%s: kind %d, want %d", name, got, c.kind)
		}
	}
}

func TestDetail(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 399) + "HERE" + strings.Repeat("y", 400)
	for name, c := range map[string]struct {
		err  *problem.Error
		want string
	}{
		"source and hint": {&problem.Error{File: "job.yaml", Line: 7, Column: 11, Message: `unknown key "colum"`, Fix: `did you mean "column"?`, Source: "  phone: {colum: Mobile}", Width: 5},
			"job.yaml:7:11: unknown key \"colum\"\n    7 |   phone: {colum: Mobile}\n      |           ^^^^^ did you mean \"column\"?"},
		"no hint":       {&problem.Error{Line: 7, Column: 1, Message: "m", Source: "ab", Width: 2}, "7:1: m\n    7 | ab\n      | ^^"},
		"no source":     {&problem.Error{File: "job.yaml", Line: 2, Column: 1, Message: "no source", Fix: "a hint"}, "job.yaml:2:1: no source\n    hint: a hint"},
		"no column":     {&problem.Error{Line: 2, Message: "m", Source: "ab", Fix: "h"}, "2: m\n    hint: h"},
		"the text only": {&problem.Error{Message: "nowhere"}, "nowhere"},
		"cause's hint":  {&problem.Error{Message: "m", Err: problem.New(problem.Usage, "cause", "fix it")}, "m: cause\n    hint: fix it"},
		"tabs and what shows nothing": {&problem.Error{Line: 123456, Column: 3, Message: "m", Source: "\t\té\u202ex", Width: 99},
			"123456:3: m\n123456 |   é?x\n       |   ^^^"},
		"controls and bidi": {&problem.Error{Line: 1, Column: 1, Message: "m", Source: "\x1b[2J\x7f\u0085\u00ad\u200b\u200d\u2028\u2060\u2066\ufeff\u180e\u00a0e\u0301"},
			"1:1: m\n    1 | ?[2J??????????\u00a0e\u0301\n      | ^"},
		"far to the right": {&problem.Error{Line: 1, Column: 400, Message: "m", Source: long, Width: 4},
			"1:400: m\n    1 | " + strings.Repeat("x", 80) + "HERE" + strings.Repeat("y", 76) + "\n      | " + strings.Repeat(" ", 80) + "^^^^"},
		"a long line from its start": {&problem.Error{Line: 1, Column: 2, Message: "m", Source: long, Width: 900},
			"1:2: m\n    1 | " + strings.Repeat("x", 160) + "\n      |  " + strings.Repeat("^", 159)},
		"past the end": {&problem.Error{Line: 1, Column: 9, Message: "m", Source: "ab"}, "1:9: m\n    1 | ab\n      |   ^"},
	} {
		if got := c.err.Detail(); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
	}
}
