package mapping

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"
)

// Bounds of an expression. Its text has no loops, so its nodes bound its steps, and its functions bound what they return.
const (
	maxExpr      = 4096 // bytes
	maxExprNodes = 500
)

// expression is a compiled `expr`. It is safe for concurrent use.
type expression struct {
	program *vm.Program
	idle    *sync.Pool // of *machine
	text    string     // as the job file has it
	columns []int      // that it draws on
}

// machine is what one evaluation needs and the next can use again.
type machine struct {
	vm  vm.VM
	env environment
}

// environment is what an expression sees. The compiler turns row["Column"] into an index into Row.
type environment struct {
	Row []string `expr:"row"`
}

// expression compiles the step's expression, claims its columns, and checks that its result suits the field.
func (c *compiler) expression(st *step, s *FieldSpec) {
	pos := s.at("expr", "")
	if len(s.Expr) > maxExpr {
		c.addf(pos, "split the work into several columns", "the expression of %q is longer than %d bytes", s.Name, maxExpr)
		return
	}
	tree, err := parser.ParseWithConfig(s.Expr, exprConfig())
	if err != nil {
		c.addf(pos, exprHint(err), "the expression of %q does not compile: %s", s.Name, exprMessage(err))
		return
	}
	uses := &columnUses{compiler: c, pos: pos, name: s.Name, at: map[string]int{}}
	before := len(c.problems)
	uses.walk(tree.Node, false)
	if len(c.problems) > before {
		return
	}
	program, err := expr.Compile(s.Expr, exprOptions(uses.at)...)
	if err != nil {
		c.addf(pos, exprHint(err), "the expression of %q does not compile: %s", s.Name, exprMessage(err))
		return
	}
	c.resultKind(st, program.Node().Type(), pos)
	st.columns = slices.Compact(slices.Sorted(maps.Values(uses.at)))
	st.expr = &expression{program: program, idle: &sync.Pool{New: func() any { return new(machine) }}, text: s.Expr, columns: st.columns}
}

// resultKind refuses at once what would fail on every row: a number for a name, say.
func (c *compiler) resultKind(st *step, t reflect.Type, pos Pos) {
	if t == nil {
		return
	}
	kind := "list or table"
	switch t.Kind() {
	case reflect.String, reflect.Interface:
		return
	case reflect.Bool:
		if st.kind == Bool {
			return
		}
		kind = "yes or no"
	case reflect.Int, reflect.Int64, reflect.Float64:
		if st.kind == Bool || st.pairKind == PairNumber {
			return
		}
		kind = "number"
	}
	c.addf(pos, "its result must be a text", "the expression of %q gives a %s", st.name, kind)
}

func exprOptions(at map[string]int) []expr.Option {
	return append(functionOptions(),
		expr.Env(environment{}),
		expr.DisableAllBuiltins(),
		expr.MaxNodes(maxExprNodes),
		expr.Patch(&columnPatch{at: at}),
	)
}

// exprConfig is what exprOptions make of an empty configuration: for parsing without compiling.
func exprConfig() *conf.Config {
	config := conf.CreateNew()
	for _, option := range exprOptions(nil) {
		option(config)
	}
	for name := range config.Disabled {
		delete(config.Builtins, name)
	}
	return config
}

// bare returns the row with the text formulas in the columns of the expression replaced by their texts. A cell that holds an error of a spreadsheet is a
// flaw, unless the expression names that text: its result might hold it where nobody looks.
func (e *expression) bare(cells []string) ([]string, noteSet, *flaw) {
	var did noteSet
	for _, i := range e.columns {
		if len(cells[i]) < 3 {
			continue
		}
		text := Trim(cells[i])
		inner, armoured := TextFormula(text)
		if armoured {
			if did == 0 {
				cells, did = slices.Clone(cells), removedEscape
			}
			cells[i] = inner
			text = Trim(inner)
		}
		if IsCellError(text) && !strings.Contains(e.text, text) {
			return cells, did, cellError(text).withHint("fix the cell in the spreadsheet and export the list, or save the workbook, again, or say in the expression what " + text + " stands for")
		}
	}
	return cells, did, nil
}

// run evaluates the expression over a row. Its flaw never quotes a cell.
func (e *expression) run(cells []string) (string, *flaw) {
	m := e.idle.Get().(*machine)
	m.env.Row = cells
	out, err := m.vm.Run(e.program, &m.env)
	m.env.Row = nil
	e.idle.Put(m)
	if err != nil {
		if errors.Is(err, errResult) {
			return "", newFlaw(CodeExpressionFailed, "the expression's text gets longer than 64 KiB")
		}
		return "", flawExpression
	}
	switch out := out.(type) {
	case string:
		return out, nil
	case bool:
		return strconv.FormatBool(out), nil
	case int:
		return strconv.Itoa(out), nil
	case float64:
		if math.IsInf(out, 0) || math.IsNaN(out) {
			return "", flawExpression
		}
		return strconv.FormatFloat(out, 'f', -1, 64), nil
	case nil:
		return "", nil
	}
	return "", newFlaw(CodeExpressionFailed, "the expression gives no text")
}

var flawExpression = newFlaw(CodeExpressionFailed, "the expression cannot be evaluated for this row")

// columnUses walks an expression, noting its columns and refusing what is not part of our language.
type columnUses struct {
	compiler *compiler
	pos      Pos
	name     string
	at       map[string]int // by the name as the expression writes it
}

func (u *columnUses) refuse(hint, format string, args ...any) {
	u.compiler.addf(u.pos, hint, "the expression of %q %s", u.name, fmt.Sprintf(format, args...))
}

// columnOf recognises row["X"] and row.X.
func columnOf(n ast.Node) (string, bool) {
	member, ok := n.(*ast.MemberNode)
	if !ok {
		return "", false
	}
	row, ok := member.Node.(*ast.IdentifierNode)
	if !ok || row.Value != "row" {
		return "", false
	}
	name, ok := member.Property.(*ast.StringNode)
	if !ok {
		return "", false
	}
	return name.Value, true
}

// walk visits a node; callee says that it is the name of a function.
func (u *columnUses) walk(n ast.Node, callee bool) {
	if column, ok := columnOf(n); ok {
		if i, ok := u.compiler.column(column, u.pos); ok {
			u.at[column] = i
		}
		return
	}
	switch n := n.(type) {
	case *ast.IdentifierNode:
		switch name := n.Value; {
		case callee && slices.Contains(functionNames(), name):
		case callee:
			u.refuseFunction(name)
		case name == "row":
			u.refuse(`write row["Column"]`, "uses row or brackets without the name of a column")
		default:
			u.refuse(fmt.Sprintf("write row[%q] for a cell, %q for a text", name, name), "uses the unknown name %s", name)
		}
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
	case *ast.MemberNode:
		u.refuse(`write row["Column"]`, "uses row or brackets without the name of a column")
	case *ast.UnaryNode:
		u.walk(n.Node, false)
	case *ast.BinaryNode:
		if n.Operator == ".." || n.Operator == "matches" || n.Operator == "**" || n.Operator == "|" {
			u.refuse("see the list of functions", "uses %s, which is not part of the language", n.Operator)
			return
		}
		u.walk(n.Left, false)
		u.walk(n.Right, false)
	case *ast.ConditionalNode:
		u.walk(n.Cond, false)
		u.walk(n.Exp1, false)
		u.walk(n.Exp2, false)
	case *ast.ArrayNode:
		for _, item := range n.Nodes {
			u.walk(item, false)
		}
	case *ast.CallNode:
		u.walk(n.Callee, true)
		for _, a := range n.Arguments {
			u.walk(a, false)
		}
	case *ast.BuiltinNode:
		u.refuseFunction(n.Name)
	default:
		u.refuse(`cells are written row["Column"]; `+functionsHint(), "uses something that is not part of the language")
	}
}

func (u *columnUses) refuseFunction(name string) {
	u.refuse(didYouMean(name, functionNames(), functionsHint()), "calls %s(), which does not exist", name)
}

func functionsHint() string { return "the functions are " + strings.Join(functionNames(), ", ") }

// columnPatch turns row["X"] into the cell's place in the row, so that a row needs no map.
type columnPatch struct{ at map[string]int }

func (p *columnPatch) Visit(node *ast.Node) {
	name, ok := columnOf(*node)
	if !ok {
		return
	}
	if i, ok := p.at[name]; ok {
		(*node).(*ast.MemberNode).Property = &ast.IntegerNode{Value: i}
	}
}

// exprMessage is the first line of the library's message, with the place inside the expression.
func exprMessage(err error) string {
	var at *file.Error
	if errors.As(err, &at) {
		return fmt.Sprintf("%s (character %d)", Escape(strings.TrimSpace(at.Message), 120), at.Column+1)
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return Escape(first, 120)
}

func exprHint(err error) string {
	if strings.Contains(err.Error(), "unknown name") || strings.Contains(err.Error(), "unexpected token") {
		return `cells are written row["Column"], texts "in quotes"`
	}
	return functionsHint()
}
