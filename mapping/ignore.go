package mapping

import (
	"fmt"
	"slices"
	"strings"
)

// ignores holds what Spec.Ignore says: names and patterns of columns.
type ignores struct {
	names    map[string]bool
	patterns []string // those with a *, which stands for any text
}

// Ignores returns whether a column is ignored by names and patterns as `ignore` of a job file has them.
func Ignores(texts []string) func(column string) bool { return newIgnores(texts).has }

// DrawsOn reports whether a field, a wire field or the condition reads a column, as far as the job file shows: an expression that has the name as a text is
// taken to read it.
func (s Spec) DrawsOn(column string) bool {
	named := func(expr string) bool { return expr != "" && strings.Contains(expr, column) }
	draws := func(f FieldSpec) bool {
		return named(f.Expr) || slices.ContainsFunc(f.Columns, func(name string) bool { return Trim(name) == column })
	}
	if _, standard := ParseField(column); len(s.Fields) == 0 && (standard || strings.HasPrefix(column, MetadataPrefix)) {
		return true // see Compile
	}
	return slices.ContainsFunc(s.Fields, draws) || slices.ContainsFunc(s.Wire, draws) || named(s.Where)
}

func newIgnores(texts []string) ignores {
	ig := ignores{names: map[string]bool{}}
	for _, text := range texts {
		text = Trim(text)
		ig.names[text] = true
		if strings.Contains(text, "*") {
			ig.patterns = append(ig.patterns, text)
		}
	}
	return ig
}

// has reports whether a column is ignored: by its name, by that of a member above it (a covers a.b and a[0].c), or by a pattern for either.
func (ig ignores) has(name string) bool {
	if ig.covers(name) {
		return true
	}
	for i := 1; i < len(name); i++ {
		if (name[i] == '.' || name[i] == '[') && ig.covers(Trim(name[:i])) {
			return true
		}
	}
	return false
}

func (ig ignores) covers(name string) bool {
	if ig.names[name] {
		return true
	}
	for _, p := range ig.patterns {
		if fits(p, name) {
			return true
		}
	}
	return false
}

// fits reports whether a pattern stands for a text. Every character but * stands for itself.
func fits(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	first, last := parts[0], parts[len(parts)-1]
	if !strings.HasPrefix(text, first) || len(text) < len(first)+len(last) || !strings.HasSuffix(text, last) {
		return false
	}
	text = text[len(first) : len(text)-len(last)]
	for _, part := range parts[1 : len(parts)-1] {
		at := strings.Index(text, part)
		if at < 0 {
			return false
		}
		text = text[at+len(part):]
	}
	return true
}

// maxIgnoreLine is how long a line for the job file may get in a hint; a longer one helps nobody.
const maxIgnoreLine = 300

// ignoreHint says how to ignore columns: by a line that can be pasted into the job file, with what it ignores already.
func ignoreHint(ignored, columns []string) string {
	const all = `ignore: ["*"]`
	what := "it"
	if len(columns) > 1 {
		what = "these columns"
	}
	var texts []string
	for _, name := range append(ignored[:len(ignored):len(ignored)], together(columns)...) {
		texts = append(texts, Scalar(name))
	}
	line := "ignore: [" + strings.Join(texts, ", ") + "]"
	if len(line) > maxIgnoreLine {
		return "or ignore whatever is new by the job file's line " + all
	}
	return fmt.Sprintf("or ignore %s by the job file's line %s; %s ignores whatever is new", what, line, all)
}

// together puts the name above them in the place of members of one object or list.
func together(columns []string) (names []string) {
	members := map[string]int{}
	for _, name := range columns {
		members[above(name)]++
	}
	for _, name := range columns {
		if parent := above(name); parent != "" && members[parent] > 1 {
			name = parent
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// above is the name of the outermost object or list that a column is a member of; "" for none.
func above(name string) string {
	if at := strings.IndexAny(name, ".["); at > 0 {
		return name[:at]
	}
	return ""
}
