package mapping

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/expr-lang/expr"
)

// function is one function of expressions. Its call takes and returns texts and whole numbers; a text may come with an error.
type function struct {
	name, usage, doc string
	call             any
}

// maxResult is the longest text a function returns, in bytes.
const maxResult = 64 << 10

// errResult is what a function says of a result over maxResult.
var errResult = errors.New("the text gets longer than 64 KiB")

// functions are what expressions can call, in the order of the documentation. Besides, they know + == != < <= > >= and or not, contains,
// startsWith, endsWith, in, c ? a : b, and row["Column"], the raw text of a cell. There are no loops and no variables, so the cost of an
// expression is bounded by its length. Never changed.
var functions = []function{
	{"upper", "upper(s)", "in upper case", strings.ToUpper},
	{"lower", "lower(s)", "in lower case", strings.ToLower},
	{"title", "title(s)", "each word with a capital, the rest in lower case", titleCase},
	{"trim", "trim(s)", "without white space and invisible characters at the ends", Trim},
	{"digits", "digits(s)", "only the digits 0 to 9", onlyDigits},
	{"left", "left(s, n)", "the first n characters", left},
	{"right", "right(s, n)", "the last n characters", right},
	{"part", "part(s, separator, n)", "the n-th piece between separators, trimmed; 1 is the first, -1 the last; empty when there is none", piece},
	{"replace", "replace(s, old, new)", "every old replaced by new", replace},
	{"concat", "concat(s, …)", "the texts one after the other", func(all ...string) string { return strings.Join(all, "") }},
	{"join", "join(separator, s, …)", "the texts that are not blank, trimmed, with the separator between them", join},
	{"firstNonEmpty", "firstNonEmpty(s, …)", "the first text that is not blank, trimmed", firstNonEmpty},
	{"padLeft", "padLeft(s, n, fill)", "filled up on the left to n characters", padLeft},
	{"len", "len(s)", "how many characters", utf8.RuneCountInString},
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
		options[i] = expr.Function(f.name, f.run, f.call)
	}
	return options
}

// run calls the function; the type checker has seen to its arguments.
func (f function) run(args ...any) (any, error) {
	text := func(i int) string { return args[i].(string) }
	switch call := f.call.(type) {
	case func(string) int:
		return call(text(0)), nil
	case func(string) string:
		return limited(call(text(0)), nil)
	case func(string, int) string:
		return limited(call(text(0), args[1].(int)), nil)
	case func(string, string, int) string:
		return limited(call(text(0), text(1), args[2].(int)), nil)
	case func(string, int, string) (string, error):
		return limited(call(text(0), args[1].(int), text(2)))
	case func(string, string, string) (string, error):
		return limited(call(text(0), text(1), text(2)))
	case func(...string) string:
		return limited(call(texts(args)...), nil)
	case func(string, ...string) string:
		return limited(call(text(0), texts(args[1:])...), nil)
	}
	return nil, errors.New("a function of another kind")
}

func limited(s string, err error) (any, error) {
	if err == nil && len(s) > maxResult {
		err = errResult
	}
	return s, err
}

func texts(args []any) []string {
	all := make([]string, len(args))
	for i, a := range args {
		all[i] = a.(string)
	}
	return all
}

func piece(s, separator string, n int) string {
	if separator == "" || n == 0 {
		return ""
	}
	pieces := strings.Split(s, separator)
	if n < 0 {
		n += len(pieces) + 1
	}
	if n < 1 || n > len(pieces) {
		return ""
	}
	return Trim(pieces[n-1])
}

func replace(s, old, with string) (string, error) {
	if old == "" {
		return s, nil
	}
	if grows := len(with) - len(old); grows > 0 && len(s)+strings.Count(s, old)*grows > maxResult {
		return "", errResult
	}
	return strings.ReplaceAll(s, old, with), nil
}

func join(separator string, all ...string) string {
	var kept []string
	for _, s := range all {
		if s = Trim(s); s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, separator)
}

func firstNonEmpty(all ...string) string {
	for _, s := range all {
		if s = Trim(s); s != "" {
			return s
		}
	}
	return ""
}

func padLeft(s string, n int, fill string) (string, error) {
	missing := n - utf8.RuneCountInString(s)
	if missing <= 0 || utf8.RuneCountInString(fill) != 1 {
		return s, nil
	}
	if missing > maxResult {
		return "", errResult
	}
	return strings.Repeat(fill, missing) + s, nil
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
