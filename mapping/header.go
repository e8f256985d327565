package mapping

import (
	"fmt"
	"slices"
	"strings"

	"importer/mapping/problem"
)

// ImportPrefix begins the columns that a failed.csv carries about a row's first life. They are never mapped.
const ImportPrefix = "_import_"

// header is a header being fitted: which of its cells are used, and which are in the way.
type header struct {
	names   []string // trimmed
	claimed []bool
	index   map[string]int
	twice   map[string][]int // further places of names that occur more than once
}

func newHeader(cells []string) *header {
	h := &header{
		names:   make([]string, len(cells)),
		claimed: make([]bool, len(cells)),
		index:   make(map[string]int, len(cells)),
		twice:   map[string][]int{},
	}
	for i, cell := range cells {
		name := Trim(cell)
		h.names[i] = name
		if _, ok := h.index[name]; ok {
			h.twice[name] = append(h.twice[name], i)
			continue
		}
		h.index[name] = i
	}
	return h
}

// claim finds a column by its name and notes that it is used.
func (h *header) claim(name string) (int, bool) {
	name = Trim(name)
	i, ok := h.index[name]
	if ok {
		h.claimed[i] = true
	}
	return i, ok
}

// standardFields makes the Spec of a header that already speaks our names.
func (h *header) standardFields() []FieldSpec {
	var specs []FieldSpec
	for i, name := range h.names {
		if h.index[name] != i {
			continue
		}
		_, standard := ParseField(name)
		key, metadata := strings.CutPrefix(name, MetadataPrefix)
		if standard || metadata && key != "" {
			specs = append(specs, FieldSpec{Name: name, Columns: []string{name}})
		}
	}
	return specs
}

// unclaimed lists the header cells that nobody uses, ignores or can tell apart. missing are the columns that the Spec names in vain.
func (h *header) unclaimed(spec Spec, missing []string) []error {
	ignored := map[string]bool{}
	for _, name := range spec.Ignore {
		ignored[Trim(name)] = true
	}
	var problems []error
	for i, name := range h.names {
		switch {
		case strings.HasPrefix(name, ImportPrefix):
		case h.index[name] != i:
			// Told with its first place below.
		case len(h.twice[name]) > 0 && (h.claimed[i] || !ignored[name]):
			problems = append(problems, h.duplicate(name, i))
		case h.claimed[i] || ignored[name]:
		case name == "":
			problems = append(problems, problem.New(problem.Input, fmt.Sprintf("header cell %d is empty", i+1), `name the column, or add "" to ignore`))
		default:
			message := fmt.Sprintf("column %q (header cell %d) is neither mapped nor ignored", Escape(name, maxShown), i+1)
			problems = append(problems, problem.New(problem.Input, message, unclaimedHint(name, spec, missing)))
		}
	}
	return problems
}

// secretsUnused lists the columns that no field draws on and whose name says that they hold a secret: a password is one though it is ignored.
func (h *header) secretsUnused() (columns []int) {
	for i, name := range h.names {
		if !h.claimed[i] && privacyOf(name) == Hidden {
			columns = append(columns, i)
		}
	}
	return columns
}

func (h *header) duplicate(name string, first int) error {
	places := fmt.Sprint(first + 1)
	for _, at := range h.twice[name] {
		places += fmt.Sprintf(" and %d", at+1)
	}
	if name == "" {
		return problem.New(problem.Input, fmt.Sprintf("header cells %s are empty", places), `name the columns, or add "" to ignore`)
	}
	what := fmt.Sprintf("column %q is in the header more than once (cells %s)", Escape(name, maxShown), places)
	return problem.New(problem.Input, what, "give each column a name of its own")
}

// unclaimedHint offers the column that the job file names in vain, or else the free standard field, that the name is near to.
func unclaimedHint(name string, spec Spec, missing []string) string {
	shown := Escape(name, maxShown)
	if near, ok := Nearest(name, missing); ok {
		return fmt.Sprintf("the job file names %q, which the header lacks: is it this one?", near)
	}
	free := FieldNames()
	for _, s := range spec.Fields {
		free = slices.DeleteFunc(free, func(f string) bool { return f == s.Name })
	}
	if near, ok := Nearest(name, free); ok {
		return fmt.Sprintf("did you mean the field %s? (%s: %s)", near, near, shown)
	}
	if near, ok := Nearest(name, spec.Ignore); ok {
		return fmt.Sprintf("did you mean %q, which is ignored? add this one to ignore too, or map it under fields", near)
	}
	return fmt.Sprintf("map it under fields, or add it to ignore: [%s]", shown)
}

// listed names the header's columns for a hint, as far as they fit.
func (h *header) listed() string {
	if len(h.names) == 0 {
		return "the header is empty"
	}
	var shown []string
	for _, name := range h.names[:min(len(h.names), 12)] {
		shown = append(shown, Escape(name, maxShown))
	}
	if len(h.names) > 12 {
		shown = append(shown, "…")
	}
	return "the header has: " + strings.Join(shown, ", ")
}
