package mapping

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/expr-lang/expr"
)

type function struct {
	name, usage, doc string
	call             func(args ...any) (any, error)
	like             any // a pointer to the function's type, for the type checker
}

// maxResult is the longest text a function returns, in bytes.
const maxResult = 64 << 10

// errResult is what a function says of a result over maxResult.
var errResult = errors.New("the text gets longer than 64 KiB")

var (
	text1 = new(func(string) string)
	text3 = new(func(string, string, string) string)
	cut   = new(func(string, int) string)
	many  = new(func(...string) string)
)

// functions are what expressions can call, in the order of the documentation. Besides, they know + == != < <= > >= and or not, contains,
// startsWith, endsWith, in, c ? a : b, and row["Column"], the raw text of a cell. There are no loops and no variables, so the cost of an
// expression is bounded by its length. Never changed.
var functions = []function{
	{"upper", "upper(s)", "in upper case", func(a ...any) (any, error) { return limited(strings.ToUpper(a[0].(string))) }, text1},
	{"lower", "lower(s)", "in lower case", func(a ...any) (any, error) { return limited(strings.ToLower(a[0].(string))) }, text1},
	{"title", "title(s)", "each word with a capital, the rest in lower case", func(a ...any) (any, error) { return limited(titleCase(a[0].(string))) }, text1},
	{"trim", "trim(s)", "without white space and invisible characters at the ends", func(a ...any) (any, error) { return Trim(a[0].(string)), nil }, text1},
	{"digits", "digits(s)", "only the digits 0 to 9", func(a ...any) (any, error) { return onlyDigits(a[0].(string)), nil }, text1},
	{"left", "left(s, n)", "the first n characters", func(a ...any) (any, error) { return left(a[0].(string), a[1].(int)), nil }, cut},
	{"right", "right(s, n)", "the last n characters", func(a ...any) (any, error) { return right(a[0].(string), a[1].(int)), nil }, cut},
	{"part", "part(s, separator, n)", "the n-th piece between separators, trimmed; 1 is the first, -1 the last; empty when there is none", callPart, new(func(string, string, int) string)},
	{"replace", "replace(s, old, new)", "every old replaced by new", callReplace, text3},
	{"concat", "concat(s, …)", "the texts one after the other", func(a ...any) (any, error) { return limited(strings.Join(texts(a), "")) }, many},
	{"join", "join(separator, s, …)", "the texts that are not blank, trimmed, with the separator between them", callJoin, new(func(string, ...string) string)},
	{"firstNonEmpty", "firstNonEmpty(s, …)", "the first text that is not blank, trimmed", callFirstNonEmpty, many},
	{"padLeft", "padLeft(s, n, fill)", "filled up on the left to n characters", callPadLeft, new(func(string, int, string) string)},
	{"len", "len(s)", "how many characters", func(a ...any) (any, error) { return utf8.RuneCountInString(a[0].(string)), nil }, new(func(string) int)},
}

func functionNames() []string {
	names := make([]string, len(functions))
	for i, f := range functions {
		names[i] = f.name
	}
	return names
}

func functionOptions() []expr.Option {
	options := make([]expr.Option, len(functions))
	for i, f := range functions {
		options[i] = expr.Function(f.name, f.call, f.like)
	}
	return options
}

func limited(s string) (any, error) {
	if len(s) > maxResult {
		return nil, errResult
	}
	return s, nil
}

func texts(args []any) []string {
	all := make([]string, len(args))
	for i, a := range args {
		all[i] = a.(string)
	}
	return all
}

func callPart(a ...any) (any, error) {
	s, separator, n := a[0].(string), a[1].(string), a[2].(int)
	if separator == "" || n == 0 {
		return "", nil
	}
	pieces := strings.Split(s, separator)
	if n < 0 {
		n += len(pieces) + 1
	}
	if n < 1 || n > len(pieces) {
		return "", nil
	}
	return Trim(pieces[n-1]), nil
}

func callReplace(a ...any) (any, error) {
	s, old, with := a[0].(string), a[1].(string), a[2].(string)
	if old == "" {
		return s, nil
	}
	if grows := len(with) - len(old); grows > 0 && len(s)+strings.Count(s, old)*grows > maxResult {
		return nil, errResult
	}
	return limited(strings.ReplaceAll(s, old, with))
}

func callJoin(a ...any) (any, error) {
	var kept []string
	for _, s := range texts(a[1:]) {
		if s = Trim(s); s != "" {
			kept = append(kept, s)
		}
	}
	return limited(strings.Join(kept, a[0].(string)))
}

func callFirstNonEmpty(a ...any) (any, error) {
	for _, s := range texts(a) {
		if s = Trim(s); s != "" {
			return s, nil
		}
	}
	return "", nil
}

func callPadLeft(a ...any) (any, error) {
	s, n, fill := a[0].(string), a[1].(int), a[2].(string)
	missing := n - utf8.RuneCountInString(s)
	if missing <= 0 || utf8.RuneCountInString(fill) != 1 {
		return s, nil
	}
	if missing > maxResult {
		return nil, errResult
	}
	return limited(strings.Repeat(fill, missing) + s)
}

// titleCase begins a word at each letter that follows no letter, digit or apostrophe: "o'neill-smith" is "O'neill-Smith".
func titleCase(s string) string {
	inside := false
	return strings.Map(func(r rune) rune {
		start := !inside
		inside = unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\'' || r == '’'
		if start {
			return unicode.ToTitle(r)
		}
		return unicode.ToLower(r)
	}, s)
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}

func left(s string, n int) string {
	for i := range s {
		if n <= 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func right(s string, n int) string {
	skip := utf8.RuneCountInString(s) - max(0, n)
	for i := range s {
		if skip <= 0 {
			return s[i:]
		}
		skip--
	}
	return ""
}
